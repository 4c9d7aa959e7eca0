"""The front door shows what is open, and what went wrong is said with the way on."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from kawal.identity import actions
from kawal.identity.facts import PersonDraft
from kawal.kernel.refusals import NotThere
from kawal.regions import queries
from kawal.regions.facts import OpeningFacts
from kawal.sites.portal import doors, errors

AT = datetime(2026, 11, 24, 2, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def raiser(error: Exception):
    def view(request: HttpRequest) -> HttpResponse:
        raise error

    return view


STATUS = path("status/", raiser(NotThere()), name="status")

urlpatterns = [
    path("bad", raiser(BadRequest())),
    path("denied", raiser(PermissionDenied())),
    path("broken", raiser(RuntimeError("secret detail"))),
    path("gone", raiser(NotThere("agency 7"))),
    STATUS,
    path("", include("kawal.config.urls")),
]
handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.not_found
handler500 = errors.server_error


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("url", "status", "words"),
    [
        ("/bad", 400, "Permintaan ini tidak dapat dibaca."),
        ("/denied", 403, "Halaman ini bukan wewenang Anda."),
        ("/nowhere", 404, "Halaman ini tidak ada."),
        ("/gone", 404, "Halaman ini tidak ada."),
        ("/broken", 500, "Kawal sedang bermasalah."),
    ],
)
@override_settings(ROOT_URLCONF=__name__)
def test_each_fault_has_its_page(visitor: Client, url: str, status: int, words: str):
    answer = visitor.get(url)
    assert answer.status_code == status
    assert words in answer.text
    assert "<h1>" in answer.text
    assert 'class="top"' in answer.text
    assert "secret detail" not in answer.text
    assert "agency 7" not in answer.text


@override_settings(ROOT_URLCONF=__name__)
def test_htmx_gets_the_message_alone(visitor: Client):
    answer = visitor.get("/broken", headers={"HX-Request": "true"})
    assert answer.status_code == 500
    assert "Kawal sedang bermasalah." in answer.text
    assert "<html" not in answer.text


@override_settings(ROOT_URLCONF=__name__)
def test_without_its_shell_the_page_is_still_said(visitor: Client, monkeypatch):
    from kawal.ui import place

    def away() -> place.Place:
        raise RuntimeError("the database is away")

    monkeypatch.setattr(place, "ask", away)
    answer = visitor.get("/broken")
    assert answer.status_code == 500
    assert "Kawal sedang bermasalah." in answer.text
    assert 'class="top"' not in answer.text


@pytest.mark.parametrize("code", [400, 403, 404, 500])
def test_the_gallery_shows_each_fault_but_not_in_a_live_deployment(
    client: Client, settings, code: int
):
    assert client.get(f"/ui/galat/{code}").status_code == code
    settings.DEPLOYMENT = "live"
    assert client.get(f"/ui/galat/{code}").status_code == 404


def test_a_stranger_is_led_to_sign_in_and_somebody_signed_in_to_his_account(
    client: Client, django_user_model
):
    assert 'href="/akun/masuk/"' in client.get("/").text
    person = actions.register_person(PersonDraft(name="Siti"), at=AT)
    login = actions.open_login(person.id, "siti", at=AT)
    client.force_login(django_user_model.objects.get(pk=login.id))
    text = client.get("/").text
    assert 'href="/akun/"' in text
    assert 'href="/akun/keluar/"' in text
    assert 'href="/akun/masuk/"' not in text


def test_a_form_without_its_token_is_refused_with_the_way_on():
    answer = Client(enforce_csrf_checks=True).post("/ui/", {"_key": "0123456789abcdef"})
    assert answer.status_code == 403
    assert "Buka halamannya lagi" in answer.text


def test_a_door_is_not_shown_where_the_product_has_no_such_page(client: Client, monkeypatch):
    door = doors.Door("parks", "parks:nowhere", "Taman", "Semua taman.")
    monkeypatch.setattr(doors, "DOORS", (door,))
    assert doors.seen() == []
    assert "Belum ada yang terbuka" in client.get("/").text


@override_settings(ROOT_URLCONF=__name__)
def test_a_closed_door_says_so_and_an_open_one_names_its_decree(client: Client, monkeypatch):
    closed = client.get("/").text
    assert "Belum dibuka" in closed
    assert 'href="/status/"' not in closed

    opening = OpeningFacts(
        "monitoring", "SK 100/2026", date(2026, 11, 20), datetime(2026, 11, 24, 2, tzinfo=UTC)
    )
    monkeypatch.setattr(queries, "opened_modules", lambda: [opening])
    opened = client.get("/").text
    assert "Dibuka dengan SK 100/2026, sejak 24 November 2026." in opened
    assert 'href="/status/"' in opened
