"""What the environment says about signing in is read exactly, or refused with a mend."""

import pytest

from kawal.config import sign_in_environment as given
from kawal.config.environment import Misconfigured


@pytest.fixture(autouse=True)
def bare(monkeypatch):
    for name in ("SMTP_URL", "SECOND_FACTOR", "IDLE_MINUTES", "OIDC_URL", "OIDC_CLIENT"):
        monkeypatch.delenv(f"KAWAL_{name}", raising=False)
    monkeypatch.setenv("KAWAL_DEPLOYMENT", "live")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://127.0.0.1", ("127.0.0.1", 25, "", "", "none")),
        ("smtps://a%40b:s%2Fx@mail.go.id", ("mail.go.id", 465, "a@b", "s/x", "tls")),
        ("smtp+starttls://u:p@mail.go.id:2525", ("mail.go.id", 2525, "u", "p", "starttls")),
    ],
)
def test_a_mail_server_is_read_with_its_usual_port(monkeypatch, url, expected):
    monkeypatch.setenv("KAWAL_SMTP_URL", url)
    post = given.smtp()
    assert post is not None
    assert (post.host, post.port, post.user, post.password, post.security) == expected


def test_without_a_mail_server_there_is_none_and_a_folder_is_a_folder(monkeypatch):
    assert (given.smtp(), given.mail_folder()) == (None, "")
    monkeypatch.setenv("KAWAL_SMTP_URL", "folder:/srv/mail")
    assert (given.smtp(), given.mail_folder()) == (None, "/srv/mail")


def test_the_second_factor_is_on_and_only_a_demo_may_switch_it_off(monkeypatch):
    assert given.second_factor_enforced() is True
    monkeypatch.setenv("KAWAL_SECOND_FACTOR", "off")
    with pytest.raises(Misconfigured, match="Only a demo"):
        given.second_factor_enforced()
    monkeypatch.setenv("KAWAL_DEPLOYMENT", "demo")
    assert given.second_factor_enforced() is False
    monkeypatch.delenv("KAWAL_SECOND_FACTOR")
    assert given.second_factor_enforced() is False
    monkeypatch.setenv("KAWAL_SECOND_FACTOR", "maybe")
    with pytest.raises(Misconfigured, match="on or off"):
        given.second_factor_enforced()


@pytest.mark.parametrize("text", ["4", "721", "soon", "-5"])
def test_idle_minutes_have_their_bounds(monkeypatch, text):
    assert given.idle_minutes() == 60
    monkeypatch.setenv("KAWAL_IDLE_MINUTES", text)
    with pytest.raises(Misconfigured, match="5 to 720"):
        given.idle_minutes()


def test_the_citys_sign_in_needs_its_client_and_secret(monkeypatch):
    assert given.oidc() is None
    monkeypatch.setenv("KAWAL_OIDC_URL", "https://sso.binjai.go.id")
    with pytest.raises(Misconfigured, match="KAWAL_OIDC_CLIENT"):
        given.oidc()
    monkeypatch.setenv("KAWAL_OIDC_CLIENT", "kawal")
    monkeypatch.setenv("KAWAL_OIDC_SECRET", "rahasia")
    app = given.oidc()
    assert app is not None
    assert (app["client_id"], app["settings"]) == (
        "kawal",
        {"server_url": "https://sso.binjai.go.id"},
    )
