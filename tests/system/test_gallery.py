"""Every component, in every variant: the gallery stands for all the pages."""

import pytest
from playwright.sync_api import Page

from tests.system.browser import four_variants, shoot


@pytest.mark.parametrize("part", ["", "isian", "daftar", "selesai"])
def test_components_are_accessible_in_every_variant(page: Page, part: str):
    four_variants(page, f"/ui/{part}")
    shoot(page, f"gallery-{part or 'states'}")
