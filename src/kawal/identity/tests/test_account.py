"""Pages about oneself: sessions end when told, idle or old; my data shows all, and who saw it."""

import time
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kawal.identity import access, queries, registry
from kawal.identity.models import AccessLog, Session
from kawal.identity.presenters import browser_name
from kawal.identity.sessions import ORIGIN, SEEN, digest
from kawal.identity.tests.conftest import PASSWORD, SITI_NIK, SITI_NIP

pytestmark = pytest.mark.django_db


@pytest.fixture
def elsewhere(siti_login) -> Client:
    """Another browser of Siti's."""
    other = Client(headers={"User-Agent": "Ponsel Siti"})
    other.post("/akun/masuk/", {"login": "siti", "password": PASSWORD})
    return other


def key(n: int = 0) -> dict[str, str]:
    return {"_key": f"{n:032}"}


def name_of(client: Client) -> str:
    return digest(client.cookies["sessionid"].value)


def test_one_sees_ones_sessions_and_ends_another(as_siti, elsewhere):
    page = as_siti.get("/akun/sesi/").content.decode()
    assert page.count("Akhiri sesi ini") == 1
    assert "Ponsel Siti" in page
    as_siti.post(f"/akun/sesi/{name_of(elsewhere)}/akhiri/", key())
    assert elsewhere.get("/akun/").status_code == 302
    assert as_siti.get("/akun/").status_code == 200


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; rv:144.0) Gecko/20100101 Firefox/144.0",
            "Firefox, Windows",
        ),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/142.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/142.0 Safari/537.36 Edg/142.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Safari/604.1", "Safari, iPhone"),
        ("curl/8.5", "curl/8.5"),
        ("", "–"),
    ],
)
def test_a_browser_is_named_as_people_call_it(agent, name):
    assert browser_name(agent) == name


def test_ending_the_current_one_is_leaving(as_siti):
    answer = as_siti.post(f"/akun/sesi/{name_of(as_siti)}/akhiri/", key())
    assert answer.headers["Location"] == "/akun/masuk/"
    assert not Session.objects.exclude(login_id=None).exists()


def test_all_others_end_at_once(as_siti, elsewhere):
    as_siti.post("/akun/sesi/lain/akhiri/", key())
    assert elsewhere.get("/akun/").status_code == 302
    assert as_siti.get("/akun/sesi/").content.decode().count("Akhiri sesi ini") == 0


def test_nobody_ends_another_persons_session(as_siti, budi):
    from kawal.identity import actions
    from kawal.identity.tests.conftest import NOW

    actions.open_login(budi.id, "budi", at=NOW, password=PASSWORD, must_change_password=False)
    joko = Client()
    joko.post("/akun/masuk/", {"login": "budi", "password": PASSWORD})
    as_siti.post(f"/akun/sesi/{name_of(joko)}/akhiri/", key())
    assert joko.get("/akun/").status_code == 200


def rewrite(client: Client, **changes: object) -> None:
    session = client.session
    session.update(changes)
    session.save()


def test_a_session_ends_after_a_working_day_however_busy(as_siti):
    origin = as_siti.session[ORIGIN]
    rewrite(as_siti, **{ORIGIN: origin | {"at": time.time() - 12 * 3600 - 1}})
    assert as_siti.get("/ui/").headers["Location"] == "/akun/masuk/"
    assert as_siti.get("/akun/").status_code == 302


def test_an_idle_session_is_over_and_use_moves_its_end(as_siti, siti_login, settings):
    row = Session.objects.get(login_id=siti_login.id)
    idle = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    assert timedelta(0) <= timezone.now() + idle - row.expire_date < timedelta(seconds=30)
    rewrite(as_siti, **{SEEN: time.time() - 61})
    Session.objects.update(expire_date=timezone.now() + timedelta(seconds=5))
    as_siti.get("/ui/")
    moved = Session.objects.get(login_id=siti_login.id)
    assert moved.expire_date > timezone.now() + idle - timedelta(seconds=30)
    assert moved.seen_at is not None
    assert timezone.now() - moved.seen_at < timedelta(seconds=30)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert as_siti.get("/akun/").status_code == 302


def test_whether_somebody_is_signed_in_is_known(as_siti, siti, budi, settings):
    now = timezone.now()
    assert queries.is_signed_in(siti.id, at=now)
    assert not queries.is_signed_in(budi.id, at=now)
    assert not queries.is_signed_in(siti.id, at=now + timedelta(hours=2))


def test_a_busy_session_is_written_once_a_minute_only(as_siti, siti_login):
    before = Session.objects.get(login_id=siti_login.id).expire_date
    as_siti.get("/akun/")
    assert Session.objects.get(login_id=siti_login.id).expire_date == before


def test_my_data_shows_all_that_is_held_and_who_saw_it(as_siti, siti, siti_login, monkeypatch):
    monkeypatch.setattr(
        registry, "_holders", [lambda person_id, at: {"Penugasan": {"PA": "Disdik"}}]
    )
    access.record(siti_login.id, "person.seen", "person", siti.id, at=timezone.now())
    page = as_siti.get("/akun/data-saya/").content.decode()
    for value in ("Dra. Siti Rahmawati, M.Pd.", SITI_NIP, SITI_NIK, "081234567890", "Disdik"):
        assert value in page
    assert "melihat data orang" in page
    assert AccessLog.objects.filter(what="person.seen_by_self", object_id=siti.id).count() == 1


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(
    "path",
    ["", "sesi/", "data-saya/", "sandi/", "keluar/", "faktor/", "faktor/kunci/", "pastikan/"],
)
def test_every_page_about_oneself_answers_in_both_languages(as_siti, path, language):
    answer = as_siti.get(f"/akun/{path}?lang={language}")
    assert answer.status_code == 200
    assert f'lang="{language}"' in answer.content.decode()


@pytest.mark.parametrize("path", ["", "sesi/", "data-saya/", "sandi/", "faktor/"])
def test_a_stranger_is_sent_to_sign_in(client, path):
    assert client.get(f"/akun/{path}").headers["Location"].startswith("/akun/masuk/?next=")
