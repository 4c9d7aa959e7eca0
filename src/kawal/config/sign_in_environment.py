"""What the environment says about signing in: letters, the city's own sign-in, how strict."""

import os
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from kawal.config.environment import Misconfigured, deployment, mail_from, mail_server

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

    Sign-in letters go the way of all mail (``environment.mail_server``), but at once.
    """
    parts = urlsplit(mail_server())
    if parts.scheme not in SECURITY:  # none, or a folder
        return None
    security, port = SECURITY[parts.scheme]
    return Post(
        host=parts.hostname or "",
        port=parts.port or port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        security=security,
        sender=mail_from(),
    )


def mail_folder() -> str:
    """Return the folder that mail is written into; empty where it is sent or there is none."""
    scheme, _, folder = mail_server().partition(":")
    return folder if scheme == "folder" else ""


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
