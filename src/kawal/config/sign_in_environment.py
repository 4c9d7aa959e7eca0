"""What the environment says about signing in: letters, the city's own sign-in, how strict."""

import os
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from kawal.config.environment import Misconfigured, deployment

SECURITY = {"smtp": ("none", 25), "smtp+starttls": ("starttls", 587), "smtps": ("tls", 465)}


@dataclass(frozen=True, slots=True)
class Post:
    """The mail server: ``security`` is none, starttls or tls."""

    host: str
    port: int
    user: str
    password: str
    security: str
    sender: str


def smtp() -> Post | None:
    """Return the mail server of ``KAWAL_SMTP_URL``; ``None`` where none is named.

    ``smtp+starttls://USER:PASSWORD@HOST:587/?from=kawal@kota.go.id``; also ``smtps://`` and, for a
    server on this machine, ``smtp://``.

    :raises Misconfigured: when it is not such an address.
    """
    text = os.environ.get("KAWAL_SMTP_URL", "")
    if not text:
        return None
    parts = urlsplit(text)
    sender = parse_qs(parts.query).get("from", [""])[0]
    if parts.scheme not in SECURITY or not parts.hostname or "@" not in sender:
        raise Misconfigured(
            "KAWAL_SMTP_URL is not a mail server's address; write "
            "smtp+starttls://USER:PASSWORD@HOST:587/?from=kawal@kota.go.id"
        )
    security, port = SECURITY[parts.scheme]
    return Post(
        host=parts.hostname,
        port=parts.port or port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        security=security,
        sender=sender,
    )


def oidc() -> dict[str, Any] | None:
    """Return the city's own sign-in (``KAWAL_OIDC_URL``, ``_CLIENT``, ``_SECRET``, ``_NAME``).

    :raises Misconfigured: when the address is there and the client or its secret is not.
    """
    url, client, secret = (
        os.environ.get(f"KAWAL_OIDC_{name}", "") for name in ("URL", "CLIENT", "SECRET")
    )
    if not url:
        return None
    if not client or not secret:
        raise Misconfigured(
            "KAWAL_OIDC_URL needs KAWAL_OIDC_CLIENT and KAWAL_OIDC_SECRET beside it"
        )
    return {
        "provider_id": "kota",
        "name": os.environ.get("KAWAL_OIDC_NAME") or "SSO",
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": url},
    }


def second_factor_enforced() -> bool:
    """Tell whether those in power need a second factor (``KAWAL_SECOND_FACTOR``: on or off).

    On everywhere, but off in a demo, whose logins are written on the wall.

    :raises Misconfigured: when somebody would switch it off outside of a demo.
    """
    text = os.environ.get("KAWAL_SECOND_FACTOR") or ("off" if deployment() == "demo" else "on")
    if text not in {"on", "off"}:
        raise Misconfigured(f"KAWAL_SECOND_FACTOR is {text!r}; write on or off")
    if text == "off" and deployment() != "demo":
        raise Misconfigured("Only a demo may switch KAWAL_SECOND_FACTOR off")
    return text == "on"


def idle_minutes() -> int:
    """Return after how many idle minutes a session ends (``KAWAL_IDLE_MINUTES``, else 60).

    :raises Misconfigured: when it is not 5 to 720.
    """
    text = os.environ.get("KAWAL_IDLE_MINUTES") or "60"
    if not text.isdigit() or not 5 <= int(text) <= 720:
        raise Misconfigured(f"KAWAL_IDLE_MINUTES is {text!r}; write a number from 5 to 720")
    return int(text)
