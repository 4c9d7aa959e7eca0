"""The home of the budget shows each reader what he may see, and leaves out the rest."""

from typing import Any

import pytest

from kawal.budget.tests.small_budget import YEAR, Small, make_small_budget
from kawal.budget.tests.test_compile_version import enact
from kawal.budget.tests.test_dpa import ratify
from kawal.budget.tests.test_versions_pages import at, see

pytestmark = pytest.mark.django_db
RKA = ("Lembar RKA", f"RKA {YEAR}", f"Pagu {YEAR}")


@pytest.fixture
def small(world: Any) -> Small:
    """Return the small budget, verified."""
    return make_small_budget(world)


def test_the_kuasa_bud_is_told_that_there_is_no_dpa_yet(small: Small) -> None:
    page = see(small, "budi", at("home"))
    assert "DPA, SPD dan sisa dana tampil sesudah APBD ditetapkan." in page
    assert [word for word in RKA if word in page] == []


def test_the_kuasa_bud_sees_papers_and_money_but_no_sheets(small: Small) -> None:
    ratify(small, enact(small))
    page = see(small, "budi", at("home"))
    assert "DPA disahkan 1 dari 1" in page
    assert "SPD ditandatangani 0" in page
    assert "Pagu Rp 650.000.000,15" in page
    assert "Tersedia dengan SPD Rp 0,00" in page
    assert [word for word in RKA if word in page] == []


def test_others_see_the_sheets_and_the_papers_of_their_agencies(small: Small) -> None:
    ratify(small, enact(small))
    siti, lurah = see(small, "siti", at("home")), see(small, "lurah", at("home"))
    assert [word for word in RKA if word in siti] == list(RKA)
    assert "DPA disahkan 1 dari 1" in siti
    assert "Pagu Rp 650.000.000,15" in siti
    assert "Lembar RKA" in lurah
    assert "DPA disahkan" not in lurah
    tapd = see(small, "tapd", at("home"))  # sees no SPD
    assert "DPA disahkan 1 dari 1" in tapd
    assert "SPD ditandatangani" not in tapd


def test_who_sees_nothing_of_the_budget_has_no_home(small: Small) -> None:
    assert small.world.client("joko").get(at("home")).status_code == 403
