"""The second factor: put in, asked for, replaced by a recovery code, demanded of power."""

import re

import pytest
from allauth.mfa.models import Authenticator

from kawal.identity import actions, queries, registry
from kawal.identity.models import Session
from kawal.identity.tests.conftest import PASSWORD, totp

pytestmark = pytest.mark.django_db


def put_in(client) -> str:
    page = client.get("/akun/faktor/aplikasi/").content.decode()
    shown = re.search(r"<dd>([A-Z2-7]{4}( [A-Z2-7]{4}){7})</dd>", page)
    assert shown, page
    secret = shown[1].replace(" ", "")
    answer = client.post("/akun/faktor/aplikasi/", {"code": totp(secret, -1)})
    assert answer.headers["Location"] == "/akun/faktor/cadangan/"
    return secret


def recovery_codes(client) -> list[str]:
    page = client.get("/akun/faktor/cadangan/").content.decode()
    return re.findall(r"<code>(\d{8})</code>", page)


@pytest.fixture
def secret(as_siti) -> str:
    as_siti.get("/akun/pastikan/")
    as_siti.post("/akun/pastikan/?next=/akun/faktor/", {"password": PASSWORD})
    return put_in(as_siti)


def come_again(client):
    client.post("/akun/keluar/")
    return client.post("/akun/masuk/", {"login": "siti", "password": PASSWORD})


def test_putting_it_in_asks_for_the_password_again_and_proves_the_app(as_siti):
    asked = as_siti.get("/akun/faktor/aplikasi/")
    assert asked.headers["Location"] == "/akun/pastikan/?next=%2Fakun%2Ffaktor%2Faplikasi%2F"
    as_siti.post(asked.headers["Location"], {"password": PASSWORD})
    wrong = as_siti.post("/akun/faktor/aplikasi/", {"code": "000000"})
    assert (wrong.status_code, "Kode salah" in wrong.content.decode()) == (422, True)
    assert not Authenticator.objects.exists()
    put_in(as_siti)
    kinds = Authenticator.objects.order_by("type").values_list("type", flat=True)
    assert list(kinds) == ["recovery_codes", "totp"]


def test_its_secrets_are_sealed_in_the_database(as_siti, secret):
    codes = recovery_codes(as_siti)
    assert len(codes) == 10
    for row in Authenticator.objects.all():
        assert secret not in str(row.data)
        assert not any(code in str(row.data) for code in codes)


def test_signing_in_then_needs_the_code_and_each_code_opens_once(client, as_siti, secret):
    assert come_again(client).headers["Location"] == "/akun/faktor/masuk/"
    assert client.get("/akun/").headers["Location"].startswith("/akun/masuk/")
    code = totp(secret)
    assert client.post("/akun/faktor/masuk/", {"code": code}).headers["Location"] == "/akun/"
    come_again(client)
    again = client.post("/akun/faktor/masuk/", {"code": code})
    assert (again.status_code, "sudah terpakai" in again.content.decode()) == (422, True)


def test_a_recovery_code_opens_once(client, as_siti, secret):
    code = recovery_codes(client)[0]
    come_again(client)
    assert client.post("/akun/faktor/masuk/", {"code": code}).status_code == 302
    come_again(client)
    assert client.post("/akun/faktor/masuk/", {"code": code}).status_code == 422


def test_guessing_codes_is_stopped(client, as_siti, secret):
    come_again(client)
    for n in range(5):
        guess = client.post("/akun/faktor/masuk/", {"code": f"{n:06}"})
        assert "Kode salah" in guess.content.decode()
    held = client.post("/akun/faktor/masuk/", {"code": totp(secret)})
    assert "Terlalu banyak percobaan" in held.content.decode()


def test_resetting_takes_them_away_and_ends_the_sessions(as_siti, siti_login, secret):
    assert queries.login(siti_login.id).has_second_factor
    assert actions.reset_factors(siti_login.id) == 2
    assert not queries.login(siti_login.id).has_second_factor
    assert not Session.objects.filter(login_id=siti_login.id).exists()
    assert as_siti.get("/akun/").status_code == 302


@pytest.fixture
def in_power(siti, settings, monkeypatch):
    settings.SECOND_FACTOR_ENFORCED = True
    monkeypatch.setattr(registry, "privileged", lambda person_id, at: person_id == siti.id)


def test_who_holds_power_is_led_to_put_one_in_before_anything_else(as_siti, in_power):
    led = as_siti.get("/ui/")
    assert (led.status_code, led.headers["Location"]) == (302, "/akun/faktor/")
    assert "Jabatan Anda memerlukan faktor kedua" in as_siti.get("/akun/faktor/").content.decode()


def test_who_has_one_passes(client, as_siti, in_power, secret):
    assert client.get("/ui/").status_code == 200
    come_again(client)
    client.post("/akun/faktor/masuk/", {"code": totp(secret)})
    assert client.get("/ui/").status_code == 200


def test_who_holds_no_power_passes_without(as_siti, settings):
    settings.SECOND_FACTOR_ENFORCED = True
    assert as_siti.get("/ui/").status_code == 200


def test_where_it_is_not_enforced_a_note_says_so(as_siti, in_power, settings):
    settings.SECOND_FACTOR_ENFORCED = False
    assert as_siti.get("/ui/").status_code == 200
    assert "syarat itu dimatikan" in as_siti.get("/akun/").content.decode()


def test_a_passkey_page_offers_the_browser_its_options(as_siti):
    as_siti.post("/akun/pastikan/?next=/akun/faktor/", {"password": PASSWORD})
    page = as_siti.get("/akun/faktor/kunci/baru/").content.decode()
    assert '"creation_options"' in page
    assert 'data-passkey="create"' in page
    faulty = as_siti.post("/akun/faktor/kunci/baru/", {"credential": "{}", "name": "ponsel"})
    assert faulty.status_code == 422


def test_a_stranger_is_given_a_question_for_his_passkey(client):
    asked = client.get("/akun/faktor/kunci/masuk/", headers={"Accept": "application/json"})
    assert asked.json()["request_options"]["publicKey"]["challenge"]
    faulty = client.post("/akun/faktor/kunci/masuk/", {"credential": "{}"})
    assert faulty.headers["Location"] == "/akun/masuk/"
