"""What every page of an officer has: who reads, how far he may, and the way to the template."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.cache import never_cache

from kawal.identity import queries as identity
from kawal.kernel.refusals import NotThere
from kawal.monitoring.permissions import SEE
from kawal.regions import permissions
from kawal.regions import queries as regions
from kawal.regions.facts import Actor, AgencyFacts, Scope
from kawal.regions.middleware import actor_of
from kawal.ui import pages

View = Callable[..., HttpResponseBase]
FORM = ["GET", "POST"]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a page, and the agencies that he may see on it."""

    actor: Actor
    scope: Scope

    @property
    def at(self) -> datetime:
        """Return the instant of this page."""
        return self.actor.at

    @property
    def today(self) -> date:
        """Return the city's day of this page."""
        return regions.today(self.actor.at)

    def may(self, act: str, agency_id: int | None = None) -> bool:
        """Tell whether he may do an act in an agency (or in the whole city)."""
        return permissions.may(self.actor, act, agency_id)

    def may_anywhere(self, act: str) -> bool:
        """Tell whether there is any agency in which he may do an act."""
        return bool(permissions.scope(self.actor, act))

    def agencies(self, act: str = SEE) -> list[AgencyFacts]:
        """Return the active agencies in which he may do an act, by code."""
        return regions.agencies(self.today, ids=permissions.scope(self.actor, act).only)


def officer(act: str = SEE) -> Callable[[View], View]:
    """Return a decorator: only who may do the act somewhere gets in, and brings his scope.

    What is not there, and what lies outside the scope, is the same page not found.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            actor = actor_of(request)
            scope = permissions.scope(actor, act)
            if not scope:
                raise PermissionDenied
            try:
                return view(request, Reader(actor, scope), *args, **kwargs)
            except NotThere as missing:
                raise Http404 from missing

        return login_required(never_cache(guarded))

    return decorate


def page(
    request: HttpRequest,
    reader: Reader,
    name: str,
    context: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Return the page ``monitoring/<name>.jinja`` for an officer."""
    given = {"reader": reader, "now": reader.at, "today": reader.today}
    return pages.render(request, f"monitoring/{name}.jinja", given | dict(context or {}), status)


def agency_names(ids: Iterable[int | None], on: date) -> dict[int, AgencyFacts]:
    """Return agencies by id, closed ones too."""
    wanted = {one for one in ids if one is not None}
    return {one.id: one for one in regions.agencies(on, ids=wanted, with_closed=True)}


def people_names(ids: Iterable[int | None]) -> dict[int, str]:
    """Return the names of those of these who are persons."""
    return identity.names(one for one in ids if one is not None)


def options(agencies: Iterable[AgencyFacts]) -> list[tuple[object, object]]:
    """Return agencies as the choices of a field."""
    return [(one.id, one.name) for one in agencies]


def whole(text: str | None) -> int | None:
    """Return a number from an address, ``None`` when it is none."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else None
