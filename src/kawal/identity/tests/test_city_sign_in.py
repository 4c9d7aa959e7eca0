"""The city's own sign-in (OIDC), against a provider on loopback: it opens logins that exist."""

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import jwt
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount

from kawal.identity import actions
from kawal.identity.models import Login
from kawal.identity.tests.conftest import NOW

pytestmark = pytest.mark.django_db


class Provider(ThreadingHTTPServer):
    """A provider that knows one visitor, and takes each code once with its verifier."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.visitor: dict[str, Any] = {
            "sub": "siti-at-city",
            "email": "siti@binjai.example",
            "email_verified": True,
            "nik": "1275035203800001",
        }
        self.challenge = ""
        self.asked: list[dict[str, str]] = []

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def token(self, form: dict[str, str]) -> dict[str, Any] | None:
        self.asked.append(form)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        fits = base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == self.challenge
        if form.get("code") != "the-code" or form.get("client_secret") != "rahasia" or not fits:
            return None
        claims = self.visitor | {"iss": self.url, "aud": "kawal", "exp": 4_000_000_000, "iat": 1}
        signed = jwt.encode(claims, "a key of thirty-two bytes or more", algorithm="HS256")
        return {"access_token": "token", "token_type": "Bearer", "id_token": signed}


class Answers(BaseHTTPRequestHandler):
    """Says what the provider says."""

    server: Provider

    def do_GET(self) -> None:
        if self.path == "/userinfo":
            return self.say(self.server.visitor)
        return self.say(self.server.configuration())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.say(self.server.token(dict(parse_qsl(body))))

    def say(self, value: dict[str, Any] | None) -> None:
        self.send_response(400 if value is None else 200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(value or {"error": "invalid_grant"}).encode())

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@pytest.fixture
def provider(settings) -> Iterator[Provider]:
    server = Provider()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    app = {
        "provider_id": "kota",
        "name": "SSO Binjai",
        "client_id": "kawal",
        "secret": "rahasia",
        "settings": {"server_url": server.url},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}
    }
    yield server
    server.shutdown()
    server.server_close()


def go(client, provider: Provider, code: str = "the-code"):
    """Press the button, be sent to the provider, and come back with its code."""
    sent = client.post("/akun/kota/kota/").headers["Location"]
    asked = {name: values[0] for name, values in parse_qs(urlsplit(sent).query).items()}
    assert sent.startswith(f"{provider.url}/authorize?")
    assert asked["code_challenge_method"] == "S256"
    provider.challenge = asked["code_challenge"]
    return client.get("/akun/kota/kota/kembali/", {"code": code, "state": asked["state"]})


def is_in(client) -> bool:
    return bool(client.get("/akun/").status_code == 200)


def test_the_sign_in_page_offers_it(client, provider):
    assert "Masuk dengan SSO Binjai" in client.get("/akun/masuk/").content.decode()


def test_it_opens_the_login_with_the_verified_address(client, siti_login, provider):
    assert go(client, provider).headers["Location"] == "/akun/"
    assert is_in(client)
    assert SocialAccount.objects.get().user_id == siti_login.id


def test_the_second_time_it_knows_him_by_the_provider_and_not_by_the_address(
    client, siti_login, provider
):
    go(client, provider)
    client.post("/akun/keluar/")
    provider.visitor["email"] = "siti.baru@binjai.example"
    go(client, provider)
    assert is_in(client)
    assert SocialAccount.objects.count() == 1


def test_none_of_his_claims_are_kept(client, siti_login, provider):
    for _ in range(2):
        go(client, provider)
        client.post("/akun/keluar/")
    assert SocialAccount.objects.get().extra_data == {}


def test_an_unverified_address_opens_nothing(client, siti_login, provider):
    provider.visitor["email_verified"] = False
    answer = go(client, provider)
    assert (answer.status_code, "Belum ada akun" in answer.content.decode()) == (403, True)
    assert not is_in(client)


def test_it_makes_no_logins(client, provider):
    assert go(client, provider).status_code == 403
    assert (Login.objects.count(), SocialAccount.objects.count()) == (0, 0)


def test_a_closed_login_stays_closed(client, siti_login, provider):
    go(client, provider)
    client.post("/akun/keluar/")
    actions.close_login(siti_login.id, at=NOW)
    assert go(client, provider).status_code == 403
    assert not is_in(client)


def test_the_second_factor_is_asked_for_all_the_same(client, siti_login, provider):
    TOTP.activate(Login.objects.get(), generate_totp_secret())
    assert Authenticator.objects.count() == 1
    assert go(client, provider).headers["Location"] == "/akun/faktor/masuk/"
    assert not is_in(client)


def test_a_wrong_code_or_a_strangers_answer_leads_back_with_a_sentence(
    client, siti_login, provider
):
    assert go(client, provider, "another").headers["Location"] == "/akun/masuk/"
    assert "Masuk lewat akun kota gagal" in client.get("/akun/masuk/").content.decode()
    forged = client.get("/akun/kota/kota/kembali/", {"code": "the-code", "state": "forged"})
    assert forged.headers["Location"] == "/akun/masuk/"
    assert not is_in(client)


def test_looking_at_the_address_starts_nothing(client, provider):
    assert client.get("/akun/kota/kota/").status_code == 405
