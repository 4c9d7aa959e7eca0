"""The wall's pages: the wall, what lies behind a light, and the pairing of a screen."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kawal.kernel.refusals import NotThere
from kawal.sites.command_centre import access, actions, presenters, queries, snapshot
from kawal.ui import formats, live, pages, place

View = Callable[..., HttpResponse]


def for_readers(view: View) -> View:
    """Show the page to whoever may read the wall; offer everybody else to pair the screen."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        at = timezone.now()
        if access.reader_of(request, at) is None:
            return _pairing(request, at)
        try:
            return view(request, *args, at=at, **kwargs)
        except NotThere as error:
            raise Http404 from error

    return require_safe(never_cache(guarded))


def _page(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    surroundings = {
        "city": place.current().name,
        "deployment": settings.DEPLOYMENT,
        "deployment_word": presenters.deployment_word(settings.DEPLOYMENT),
        "zone": str(formats.zone()),
    }
    return pages.render(request, f"command_centre/{template}.jinja", surroundings | context)


@for_readers
def wall(request: HttpRequest, *, at: datetime) -> HttpResponse:
    """Show the wall as it is now; the stream keeps it so."""
    return _page(
        request,
        "wall",
        wall=snapshot.wall(at),
        ticket=live.ticket("wall"),
        **presenters.vocabulary(),
    )


@for_readers
def agency(request: HttpRequest, agency_id: int, *, at: datetime) -> HttpResponse:
    """Show what lies behind an agency's light: its applications and what is wrong with them."""
    return _page(request, "agency", page=snapshot.agency(agency_id, at), at=at)


@for_readers
def application(request: HttpRequest, application_id: int, *, at: datetime) -> HttpResponse:
    """Show the cause: each check of an application, and the incidents that came of it."""
    return _page(request, "application", page=snapshot.application(application_id, at), at=at)


@for_readers
def needs(request: HttpRequest, *, at: datetime) -> HttpResponse:
    """Show everything that waits for a decision."""
    return _page(request, "needs", needs=snapshot.needs(at), at=at)


@require_safe
@never_cache
def ticket(request: HttpRequest) -> HttpResponse:
    """Give a reader's page a fresh ticket for the stream."""
    if access.reader_of(request, timezone.now()) is None:
        return HttpResponse(_("Layar ini tidak lagi diizinkan."), status=403)
    return HttpResponse(live.ticket("wall"), content_type="text/plain")


def _pairing(request: HttpRequest, at: datetime) -> HttpResponse:
    """Show the code that a person who may types at a desk; the page asks again by itself."""
    known = queries.screen_of(request.COOKIES.get(access.COOKIE, ""))
    if known and known.paired_at is None and at < known.expires_at:
        return _code(request, known.code)
    asked = actions.ask_to_read(address=request.META.get("REMOTE_ADDR", ""), at=at)
    if asked is None:
        return _page(request, "pairing_full")
    screen, secret = asked
    response = _code(request, screen.code)
    access.keep_secret(response, secret, is_secure=request.is_secure())
    return response


def _code(request: HttpRequest, code: str) -> HttpResponse:
    half = len(code) // 2
    response = _page(request, "pairing", code=f"{code[:half]}-{code[half:]}")
    response.status_code = 401
    response.headers["Refresh"] = "4"
    return response
