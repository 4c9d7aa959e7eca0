"""Who reads the wall: an officer who is signed in, or a screen that was paired."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse

from kawal.regions.permissions import may
from kawal.sites.command_centre import actions, queries, rules
from kawal.sites.command_centre.permissions import SEE

COOKIE = "kawal_screen"


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody, or something, that may read the wall."""

    screen_id: int | None = None


def reader_of(request: HttpRequest, at: datetime) -> Reader | None:
    """Return who reads; ``None`` when nobody who may."""
    actor = request.actor  # type: ignore[attr-defined]
    if not actor.is_anonymous and may(actor, SEE):
        return Reader()
    screen = queries.screen_of(request.COOKIES.get(COOKIE, ""))
    if screen and rules.may_read(screen, at):
        actions.note_seen(screen_id=screen.id, at=at)
        return Reader(screen.id)
    return None


def keep_secret(response: HttpResponse, secret: str, *, is_secure: bool) -> None:
    """Give the screen its secret, out of every script's reach."""
    response.set_cookie(
        COOKIE,
        secret,
        max_age=int(rules.LONGEST.total_seconds()),
        httponly=True,
        secure=is_secure,
        samesite="Lax",
        path="/wall/",
    )
