"""The kernel's exceptions reach the reader as pages that say all of it."""

from decimal import Decimal

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from kawal.kernel.refusals import NotThere, Reason, Refused, StaleDraft
from kawal.ui import navigation
from kawal.ui.jinja import said
from kawal.ui.refusals import RefusalMiddleware, compared

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_menus(monkeypatch: pytest.MonkeyPatch):
    """These requests come without their middleware, so nobody is there to ask who may."""
    monkeypatch.setattr(navigation, "_items", {})


def answer(error: Exception, **typed: str) -> HttpResponse | None:
    request = asked(**typed)
    return RefusalMiddleware(lambda request: HttpResponse()).process_exception(request, error)


def asked(**typed: str) -> HttpRequest:
    request = RequestFactory().post("/office/x/", typed) if typed else RequestFactory().get("/x/")
    request.session = {}  # type: ignore[assignment]
    request._messages = []  # type: ignore[attr-defined]
    return request


def test_every_reason_of_a_refusal_is_told_with_the_way_to_mend_it():
    reasons = [Reason("a", "Satu %(n)s.", values={"n": 7}), Reason("b", "Dua.", mend="Perbaiki.")]
    page = answer(Refused(reasons))
    assert page is not None
    assert page.status_code == 403
    text = page.content.decode()
    assert "Satu 7." in text
    assert "Dua." in text
    assert "Perbaiki." in text


def test_what_is_not_there_and_what_may_not_be_seen_look_alike():
    page = answer(NotThere("secret name"))
    assert page is not None
    assert page.status_code == 404
    assert "secret name" not in page.content.decode()


def test_an_overtaken_draft_shows_both_copies():
    error = StaleDraft(read=1, current=2, theirs={"name": "Lama", "cost": 5, "other": 1})
    assert compared(asked(name="Baru", cost="5", _key="k" * 16), error) == [
        ("name", "Baru", "Lama"),
        ("cost", "5", "5"),
    ]
    page = answer(error, name="Baru")
    assert page is not None
    assert page.status_code == 409
    assert "Lama" in page.content.decode()


@pytest.mark.parametrize("error", [ValueError("x"), KeyError("y")])
def test_other_exceptions_are_left_alone(error: Exception):
    assert answer(error) is None


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Decimal("1000000.50"), "kurang Rp1.000.000,50"),
        (Decimal("-25000000"), "kurang Rp-25.000.000"),
        (Decimal("2E+3"), "kurang Rp2.000"),
        (Decimal("NaN"), "kurang RpNaN"),
        ("900/12", "kurang Rp900/12"),
    ],
)
def test_amounts_in_a_reason_are_written_as_people_write_them(value: object, words: str) -> None:
    reason = Reason("x.short", "kurang Rp%(short)s", values={"short": value})
    with translation.override("id"):
        assert said(reason) == words
