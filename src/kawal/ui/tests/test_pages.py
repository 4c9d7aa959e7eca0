"""The gallery shows every component, in both languages."""

import pytest
from django.test import Client


@pytest.mark.parametrize("url", ["/", "/ui/", "/ui/isian", "/ui/daftar", "/ui/selesai"])
def test_pages_render(client: Client, url: str):
    assert client.get(url).status_code == 200
