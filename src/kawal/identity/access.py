"""The private access log: each page that a signed-in person sees, each act, in one insert."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from kawal.identity.client import client_address, network_of
from kawal.identity.models import AccessLog, Login

View = TypeVar("View", bound=Callable[..., Any])
NOTED = "_accesses"


@dataclass(frozen=True, slots=True)
class Noted:
    """What a view says that was seen or done: its name, and the object."""

    what: str
    kind: str = ""
    object_id: str = ""


def record(
    who: HttpRequest | int | None,
    what: str,
    kind: str = "",
    id: object = "",
    *,
    at: datetime | None = None,
) -> None:
    """Note an access to an object, by a request, by a login outside of one, or by an operator.

    A request's notes are written with its answer, in one statement, in place of the plain line
    that the middleware writes for every page; outside of a request the line is written at once.
    """
    noted = Noted(what, kind, str(id))
    if isinstance(who, HttpRequest):
        _notes(who).append(noted)
        return
    login = None if who is None else Login.objects.get(pk=who)
    AccessLog.objects.create(
        at=at or timezone.now(),
        login=login,
        person_id=login.person_id if login else None,
        what=what,
        kind=kind,
        object_id=noted.object_id,
    )


def _notes(request: HttpRequest) -> list[Noted]:
    notes: list[Noted] = request.__dict__.setdefault(NOTED, [])
    return notes


def unlogged(view: View) -> View:
    """Mark a view that a page asks again and again by itself: nobody saw anything new by it."""
    view.unlogged = True  # type: ignore[attr-defined]
    return view


class AccessMiddleware:
    """Writes the lines of each signed-in request, whatever its answer was."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, then write; a page whose access cannot be written is not shown."""
        response = self.get_response(request)
        if lines := _lines(request, response.status_code, timezone.now()):
            AccessLog.objects.bulk_create(lines)
        return response


def _lines(request: HttpRequest, status: int, at: datetime) -> list[AccessLog]:
    notes: list[Noted] = request.__dict__.get(NOTED, [])
    login = _login(request, bool(notes))
    if login is not None and not notes and not _is_unlogged(request):
        notes = [_plain(request)]
    address = network_of(client_address(request))
    request_id = structlog.contextvars.get_contextvars().get("request_id", "")
    return [
        AccessLog(
            at=at,
            login_id=login.pk if login else None,
            person_id=login.person_id if login else None,
            what=note.what[:120],
            method=(request.method or "")[:8],
            kind=note.kind[:40],
            object_id=note.object_id[:64],
            status=status,
            address=address,
            request_id=str(request_id)[:64],
        )
        for note in notes
    ]


def _login(request: HttpRequest, noted: bool) -> Login | None:
    """Return who is signed in; of a plain visitor without a cookie it is not even asked."""
    if not noted and settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    return request.user if request.user.is_authenticated else None


def _is_unlogged(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and bool(getattr(match.func, "unlogged", False))


def _plain(request: HttpRequest) -> Noted:
    """Return the route's name, and the object that its address names (``person_id=4``)."""
    match = request.resolver_match
    if match is None:
        return Noted(request.path_info[:120])
    name, value = next(iter(match.kwargs.items()), ("", ""))
    return Noted(match.view_name or match.route, name.removesuffix("_id"), str(value))
