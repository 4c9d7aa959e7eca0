"""The menu of the desk says on every page of the budget where the reader is."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import resolve

from kawal.budget import urls
from kawal.budget.menu import ITEMS
from kawal.regions.facts import Actor
from kawal.ui import navigation

BELOW = "/office/anggaran/"
NOBODY = Actor(None, None, (), datetime(2026, 11, 24, 5, tzinfo=UTC))


def everything(request: HttpRequest, act: str) -> bool:
    return True


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[str]]:
    """What the menu calls the page of an address, for a reader who may see everything."""
    monkeypatch.setattr(navigation, "permitted", everything)

    def said(address: str) -> list[str]:
        request = RequestFactory().get(BELOW + address)
        request.resolver_match = resolve(request.path)
        vars(request).update(user=AnonymousUser(), actor=NOBODY)
        return [one.label for one in navigation.links(request, "office") if one.current]

    return said


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("", "Ikhtisar"),
        ("tahun-baru/", "Ikhtisar"),
        ("2027/pagu/", "Ikhtisar"),
        ("2027/verifikasi/", "Ikhtisar"),
        ("2027/rka/", "RKA"),
        ("rka/7/wajib/", "RKA"),
        ("2027/pergeseran/4/", "Pergeseran dan perubahan"),
        ("2027/perubahan/", "Pergeseran dan perubahan"),
        ("2027/perubahan/3/putus/", "Pergeseran dan perubahan"),
        ("2027/efisiensi/", "Pergeseran dan perubahan"),
        ("2027/efisiensi/2/", "Pergeseran dan perubahan"),
        ("2027/efisiensi/2/putus/", "Pergeseran dan perubahan"),
        ("2027/sebelum-apbd/", "Pergeseran dan perubahan"),
        ("2027/sebelum-apbd/putus/", "Pergeseran dan perubahan"),
        ("versi/5/", "Versi APBD"),
        ("bandingkan/", "Versi APBD"),
        ("2027/kunci/", "Versi APBD"),
        ("kunci/6/buka/", "Versi APBD"),
        ("2027/kas/3/", "Anggaran kas"),
        ("dana/rincian/9/", "Sisa dana"),
    ],
)
def test_the_menu_names_the_page(line: Callable[[str], list[str]], address: str, expected: str):
    assert line(address) == [expected]


def test_the_lines_name_pages_that_exist_each_once():
    named = [page for item in ITEMS for page in item.pages]
    known = {f"{urls.app_name}:{one.name}" for one in urls.urlpatterns}
    assert set(named) <= known
    assert len(set(named)) == len(named)
