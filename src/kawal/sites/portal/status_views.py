"""The public status page, its figures as JSON, and its incidents as a feed."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kawal.monitoring import presenters
from kawal.monitoring.facts import IncidentFacts
from kawal.regions import queries as regions
from kawal.sites.portal import status, status_live
from kawal.ui import formats, pages, place


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show what is public now, or that the city has not opened it yet."""
    opening = next((one for one in regions.opened_modules() if one.module == "monitoring"), None)
    if opening is None:
        return pages.render(request, "portal/status_closed.jinja")
    at = timezone.now()
    found = status.status(at)
    context = {
        "status": found,
        "strips": status.strips(found),
        "first_day": status.first_day(regions.today(at)),
        "today": regions.today(at),
        "now": at,
        "opening": opening,
        "topic": status_live.TOPICS[formats.language()],
        "zone": formats.zone().key,
        "presenters": presenters,
    }
    response = pages.render(request, "portal/status.jinja", context)
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_safe
def ticket(request: HttpRequest) -> HttpResponse:
    """Answer the page that asks how to open its stream again: a public one needs no ticket."""
    return HttpResponse("-", content_type="text/plain")


@require_safe
def as_json(request: HttpRequest) -> HttpResponse:
    """Return the same as data."""
    found = _open_status()
    services = [
        {
            "name": one.facts.name,
            "slug": one.facts.slug,
            "agency": one.agency,
            "state": one.light.state.word,
            "since": _instant(one.light.since),
            "as_of": _instant(one.light.as_of),
            "stale_at": _instant(one.light.stale_at),
        }
        for one in found.services
    ]
    incidents = [_incident(one) for one in found.incidents]
    return JsonResponse({"at": _instant(found.at), "services": services, "incidents": incidents})


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Return the open and recent incidents as an Atom feed."""
    found = _open_status()
    here = request.build_absolute_uri(reverse("status"))
    made = Atom1Feed(
        title=_("Keadaan layanan %(city)s") % {"city": place.current().name or "Kawal"},
        link=here,
        description="",
        feed_url=request.build_absolute_uri(),
        language=formats.language(),
    )
    for one in found.incidents:
        made.add_item(
            title=f"{one.application}: {_(one.state.label)}",
            link=f"{here}#insiden-{one.id}",
            description=_said(one),
            unique_id=f"{here}#insiden-{one.id}",
            pubdate=one.opened_at,
            updateddate=one.resolved_at or one.acknowledged_at or one.opened_at,
        )
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml")


def _open_status() -> status.Status:
    if not regions.is_open("monitoring"):
        raise Http404
    return status.status(timezone.now())


def _said(one: IncidentFacts) -> str:
    words = [one.title, one.cause]
    if one.resolved_at:
        words.append(
            _("Selesai setelah %(span)s.")
            % {"span": formats.durasi(one.resolved_at - one.opened_at)}
        )
    return " ".join(word for word in words if word)


def _incident(one: IncidentFacts) -> dict[str, Any]:
    return {
        "id": one.id,
        "application": one.application,
        "title": one.title,
        "severity": one.severity.name.lower(),
        "state": one.state.value,
        "opened_at": _instant(one.opened_at),
        "acknowledged_at": _instant(one.acknowledged_at),
        "resolved_at": _instant(one.resolved_at),
        "cause": one.cause,
    }


def _instant(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
