"""Reads of incidents and their timelines."""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Page
from django.db.models import Q, QuerySet

from kawal.kernel.refusals import NotThere
from kawal.monitoring.facts import EventKind, IncidentFacts, IncidentState
from kawal.monitoring.models import Incident, IncidentEvent
from kawal.monitoring.overviews import EventFacts, IncidentFilter
from kawal.monitoring.queries.scoped import paged, within
from kawal.regions.facts import Scope

OF_AGENCY = "application__agency_id"
SORTS: Mapping[str, tuple[str, ...]] = {
    "opened": ("opened_at",),
    "-opened": ("-opened_at",),
    "severity": ("severity", "-opened_at"),
    "-severity": ("-severity", "-opened_at"),
    "application": ("application__name", "-opened_at"),
    "-application": ("-application__name", "-opened_at"),
}
UNRESOLVED = ~Q(state=IncidentState.RESOLVED.value)


def incidents(asked: IncidentFilter, scope: Scope, page: int | str = 1) -> Page[IncidentFacts]:
    """Return one page of the incidents inside the scope; unresolved and gravest first."""
    rows = _asked(within(_rows(), scope, OF_AGENCY), asked)
    order = SORTS.get(asked.sort)
    if order is None:
        return paged(_unresolved_first(rows), page, Incident.as_facts)
    return paged(rows.order_by(*order, "-pk"), page, Incident.as_facts)


def incident(incident_id: int, scope: Scope) -> IncidentFacts:
    """Return one incident.

    :raises NotThere: when there is none inside the scope.
    """
    row = within(_rows(), scope, OF_AGENCY).filter(pk=incident_id).first()
    if row is None:
        raise NotThere(f"incident {incident_id}")
    return row.as_facts()


def open_incidents(scope: Scope, *, application_id: int | None = None) -> list[IncidentFacts]:
    """Return the unresolved incidents inside the scope, the gravest first."""
    rows = within(_rows().filter(UNRESOLVED), scope, OF_AGENCY)
    if application_id is not None:
        rows = rows.filter(application_id=application_id)
    return [row.as_facts() for row in rows.order_by("severity", "opened_at")]


def incidents_of(application_id: int, limit: int = 20) -> list[IncidentFacts]:
    """Return an application's last incidents, newest first."""
    rows = _rows().filter(application_id=application_id).order_by("-opened_at", "-pk")
    return [row.as_facts() for row in rows[:limit]]


def timeline(incident_id: int) -> list[EventFacts]:
    """Return every step of an incident, the first one first."""
    rows = IncidentEvent.objects.filter(incident_id=incident_id).select_related("check_row")
    return [_event(row) for row in rows.order_by("at", "pk")]


def _event(row: IncidentEvent) -> EventFacts:
    return EventFacts(
        at=row.at,
        kind=EventKind(row.kind),
        by_id=row.by_id,
        person_id=row.person_id,
        check=row.check_row.name if row.check_row else "",
        code=row.code,
        text=row.text,
    )


def _rows() -> "QuerySet[Incident]":
    return Incident.objects.select_related("application")


def _asked(rows: "QuerySet[Incident]", asked: IncidentFilter) -> "QuerySet[Incident]":
    where: dict[str, Any] = {
        "severity": asked.severity,
        OF_AGENCY: asked.agency_id,
        "application_id": asked.application_id,
    }
    rows = rows.filter(**{field: value for field, value in where.items() if value is not None})
    if asked.state == "unresolved":
        rows = rows.filter(UNRESOLVED)
    elif asked.state:
        rows = rows.filter(state=asked.state)
    for word in asked.text.split():
        rows = rows.filter(Q(title__icontains=word) | Q(application__name__icontains=word))
    return rows


def _unresolved_first(rows: "QuerySet[Incident]") -> "QuerySet[Incident]":
    """Sort those not taken, by gravity; then those in hand; then the ended, newest first."""
    rank = "CASE state WHEN 'open' THEN 0 WHEN 'acknowledged' THEN 1 ELSE 2 END"
    grave = "CASE state WHEN 'resolved' THEN 0 ELSE severity END"
    return rows.extra(  # noqa: S610 - constants
        select={"rank": rank, "grave": grave}, order_by=["rank", "grave", "-opened_at", "-id"]
    )
