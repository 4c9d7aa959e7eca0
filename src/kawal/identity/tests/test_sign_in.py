"""Signing in: by name or address, slowly when wrong, and telling strangers nothing."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.utils import timezone

from kawal.identity import actions, failures, rules
from kawal.identity.models import AccessLog, Login, Session, SignInFailure
from kawal.identity.rules import BY_NAME
from kawal.identity.tests.conftest import NOW, PASSWORD

pytestmark = pytest.mark.django_db
WRONG = "Nama pengguna atau kata sandi salah."
WAIT = "Terlalu banyak percobaan."


def sign_in(client, name="siti", password=PASSWORD, **headers):
    return client.post("/akun/masuk/", {"login": name, "password": password}, headers=headers)


@pytest.mark.parametrize("name", ["siti", "SITI ", "siti@binjai.example", "Siti@Binjai.example"])
def test_name_and_address_both_open(client, siti_login, name):
    answer = sign_in(client, name)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/akun/")
    assert client.get("/akun/").status_code == 200


def test_the_session_knows_its_login_and_whence_it_came(client, siti_login):
    client.get("/akun/masuk/")
    before = client.cookies.get("sessionid")
    sign_in(client, **{"User-Agent": "Peramban Uji 1.0"})
    row = Session.objects.get(login_id=siti_login.id)
    assert (row.address, row.agent) == ("127.0.0.1", "Peramban Uji 1.0")
    key = client.cookies["sessionid"].value
    assert key not in {row.session_key, before and before.value}
    assert key not in row.session_data


def test_signing_in_replaces_the_session_that_a_stranger_may_have_planted(client, siti_login):
    session = client.session
    session["planted"] = 1
    session.save()
    planted = session.session_key
    sign_in(client)
    assert client.cookies["sessionid"].value != planted
    assert not client.session.exists(planted)


@pytest.mark.parametrize("name", ["siti", "nobody", "siti@binjai.example", "no@binjai.example"])
def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(client, siti_login, name):
    answer = sign_in(client, name, "not the password")
    assert answer.status_code == 422
    assert WRONG in answer.content.decode()
    assert answer.content.decode().count(WRONG) == 1


def test_the_addresses_of_one_ipv6_line_are_counted_as_one(client, db):
    for name, address in (("satu", "2001:db8:0:7::1"), ("dua", "2001:db8:0:7:ffff::2")):
        form = {"login": name, "password": "wrong"}
        client.post("/akun/masuk/", form, REMOTE_ADDR=address)
    line = failures.subject_of(rules.BY_ADDRESS, "2001:db8:0:7::/64")
    assert SignInFailure.objects.get(pk=line).failures == 2


def test_a_closed_login_looks_like_an_unknown_one(client, siti_login):
    actions.close_login(siti_login.id, at=NOW)
    answer = sign_in(client)
    assert (answer.status_code, WRONG in answer.content.decode()) == (422, True)


def test_known_unknown_and_closed_names_cost_one_hash_each(client, siti_login, monkeypatch):
    hashes = []
    verify = Argon2PasswordHasher.verify
    encode = Argon2PasswordHasher.encode
    monkeypatch.setattr(
        Argon2PasswordHasher, "verify", lambda self, *a: hashes.append("v") or verify(self, *a)
    )
    sign_in(client, "warm-up", "wrong")  # the first unknown name makes the hash to check against
    monkeypatch.setattr(
        Argon2PasswordHasher, "encode", lambda self, *a: hashes.append("e") or encode(self, *a)
    )
    cost = {}
    for name in ("siti", "siti@binjai.example", "nobody", "no@binjai.example"):
        hashes.clear()
        sign_in(client, name, "wrong")
        cost[name] = list(hashes)
    assert set(map(tuple, cost.values())) == {("v",)}


def test_after_five_failures_even_the_right_password_waits_and_later_opens(client, siti_login):
    for _ in range(5):
        assert WRONG in sign_in(client, password="wrong").content.decode()
    held = sign_in(client)
    assert (held.status_code, WAIT in held.content.decode()) == (422, True)
    SignInFailure.objects.update(last_at=timezone.now() - timedelta(seconds=31))
    assert sign_in(client).status_code == 302
    assert not SignInFailure.objects.filter(subject=failures.subject_of(BY_NAME, "siti")).exists()


def test_unknown_names_are_made_to_wait_alike(client):
    for _ in range(5):
        assert WRONG in sign_in(client, "nobody", "wrong").content.decode()
    assert WAIT in sign_in(client, "nobody", "wrong").content.decode()


def test_waits_double_up_to_an_hour_and_are_forgotten_after_a_day():
    waits = [
        rules.locked_until(BY_NAME, failures=n, last_at=NOW) for n in (4, 5, 6, 7, 11, 12, 10**6)
    ]
    seconds = [None if until is None else (until - NOW).total_seconds() for until in waits]
    assert seconds == [None, 30, 60, 120, 1920, 3600, 3600]
    assert not rules.failures_left_behind(BY_NAME, last_at=NOW, at=NOW + timedelta(hours=23))
    assert rules.failures_left_behind(BY_NAME, last_at=NOW, at=NOW + timedelta(hours=24))


def test_an_attempt_during_the_wait_does_not_lengthen_it():
    for n in range(5):
        assert failures.attempt(BY_NAME, "siti", at=NOW + timedelta(seconds=n)) is None
    until = NOW + timedelta(seconds=34)
    for n in range(5, 34):
        assert failures.attempt(BY_NAME, "siti", at=NOW + timedelta(seconds=n)) == until
    assert failures.attempt(BY_NAME, "siti", at=until) is None
    assert failures.attempt(BY_NAME, "siti", at=until) == until + timedelta(seconds=60)


def test_what_was_typed_as_a_name_is_not_kept(client):
    sign_in(client, "my secret password typed here", "x")
    assert b"secret" not in b"".join(bytes(row.subject) for row in SignInFailure.objects.all())
    assert not AccessLog.objects.filter(object_id__contains="secret").exists()


def test_coming_failing_and_leaving_are_in_the_access_log(client, siti, siti_login):
    sign_in(client, password="wrong")
    sign_in(client)
    client.post("/akun/keluar/")
    lines = AccessLog.objects.order_by("pk").values_list("what", "object_id", "person_id")
    login = str(siti_login.id)
    assert list(lines) == [
        ("sign_in.failed", login, None),
        ("sign_in.done", login, siti.id),
        ("sign_in.ended", login, siti.id),
    ]


def test_the_first_page_asked_for_comes_after_signing_in(client, siti_login):
    wanted = client.get("/akun/sesi/")
    assert wanted.headers["Location"] == "/akun/masuk/?next=/akun/sesi/"
    form = {"login": "siti", "password": PASSWORD, "next": "/akun/sesi/"}
    assert client.post("/akun/masuk/", form).headers["Location"] == "/akun/sesi/"


def test_a_stranger_cannot_lead_the_way_elsewhere(client, siti_login):
    form = {"login": "siti", "password": PASSWORD, "next": "https://jahat.example/"}
    assert client.post("/akun/masuk/", form).headers["Location"] == "/akun/"


def test_nobody_can_sign_up(client):
    for path in ("/akun/daftar/", "/akun/signup/", "/accounts/signup/"):
        assert client.get(path).status_code == 404


def test_a_demo_login_is_shown_and_opens_in_a_demo_only(client, siti, settings):
    actions.open_login(siti.id, "siti.demo", at=NOW, password=settings.DEMO_PASSWORD, is_demo=True)
    page = client.get("/akun/masuk/").content.decode()
    assert "siti.demo" in page
    assert settings.DEMO_PASSWORD in page
    settings.DEPLOYMENT = "live"
    assert settings.DEMO_PASSWORD not in client.get("/akun/masuk/").content.decode()
    assert sign_in(client, "siti.demo", settings.DEMO_PASSWORD).status_code == 422


def test_a_session_of_a_closed_login_ends_at_once(client, siti_login):
    sign_in(client)
    Login.objects.filter(pk=siti_login.id).update(is_active=False, closed_at=NOW)
    assert client.get("/akun/").headers["Location"] == "/akun/masuk/?next=/akun/"
