"""The officers' desk: my desk, the agencies, and how one agency is doing."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kawal.budget.permissions import SEE_FUNDS
from kawal.identity import queries as identity
from kawal.monitoring import presenters
from kawal.monitoring import queries as monitoring
from kawal.monitoring.permissions import RESPOND, SEE
from kawal.monitoring.views.desk import Reader, officer
from kawal.regions import permissions
from kawal.regions import queries as regions
from kawal.regions.facts import AGENCY_KIND_LABELS
from kawal.regions.middleware import actor_of
from kawal.sites.office import desk
from kawal.ui import pages


@login_required
@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits for the officer, and how what he looks after stands."""
    actor = actor_of(request)
    scope = permissions.scope(actor, SEE)
    person = identity.person(actor.person_id) if actor.person_id else None
    on = regions.today(actor.at)
    context = {
        "person": person,
        "now": actor.at,
        "posts": [_post(one.role.label, one.agency_id, on) for one in actor.appointments],
        "desk": desk.desk(actor, scope) if scope else None,
        "sees_all": scope.everything,
        "may_respond": bool(permissions.scope(actor, RESPOND)),
        "presenters": presenters,
    }
    return pages.render(request, "office/home.jinja", context)


def _post(label: str, agency_id: int | None, on: date) -> str:
    if agency_id is None:
        return _(label)
    return f"{_(label)}, {regions.agency(agency_id, on).name}"


@officer()
@require_safe
def agencies(request: HttpRequest, reader: Reader) -> HttpResponse:
    """List the agencies that the officer may see, each with its light."""
    on = reader.today
    text = request.GET.get("q", "").strip().lower()
    found = [one for one in desk.agencies(reader.scope, on) if text in one.name.lower()]
    lights = {one.id: one for one in monitoring.agency_lights(on)}
    found.sort(key=lambda one: -(lights[one.id].state.weight if one.id in lights else -1))
    context = {
        "found": found,
        "lights": lights,
        "text": request.GET.get("q", ""),
        "kinds": AGENCY_KIND_LABELS,
        "now": reader.at,
        "presenters": presenters,
    }
    return pages.render(request, "office/agencies.jinja", context)


@officer()
@require_safe
def agency(request: HttpRequest, reader: Reader, agency_id: int) -> HttpResponse:
    """Show how an agency is doing, now and over a month."""
    if agency_id not in reader.scope:
        raise Http404
    month = desk.asked_month(request.GET.get("bulan", ""), reader.today)
    sees_money = permissions.may(actor_of(request), SEE_FUNDS, agency_id)
    found = desk.agency_page(agency_id, month, reader.at, with_money=sees_money)
    context = {
        "page": found,
        "now": reader.at,
        "names": {found.agency.id: found.agency},
        "policy": monitoring.policy(reader.today),
        "presenters": presenters,
    }
    return pages.render(request, "office/agency.jinja", context)
