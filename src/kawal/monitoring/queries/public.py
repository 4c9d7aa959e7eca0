"""What the public may read: applications that their owners show, and the incidents of those."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from kawal.monitoring.facts import ApplicationFacts, IncidentFacts, IncidentState, Light
from kawal.monitoring.models import Application, Incident
from kawal.monitoring.queries.lights import application_lights

RECENT = timedelta(days=14)


def public_applications() -> list[tuple[ApplicationFacts, Light]]:
    """Return the watched applications that are shown to the public, each with its light."""
    shown = {row.pk: row.as_facts() for row in _shown()}
    found = [(shown[one.id], one) for one in application_lights() if one.id in shown]
    return sorted(found, key=lambda pair: pair[0].name.lower())


def public_incidents(at: datetime, limit: int = 50) -> list[IncidentFacts]:
    """Return the unresolved and the recent incidents of public applications, newest first."""
    recent = Q(opened_at__gte=at - RECENT) | Q(resolved_at__gte=at - RECENT)
    rows = Incident.objects.filter(recent | ~Q(state=IncidentState.RESOLVED.value))
    rows = rows.filter(application__in=_shown()).select_related("application")
    return [row.as_facts() for row in rows.order_by("-opened_at", "-pk")[:limit]]


def _shown() -> "QuerySet[Application]":
    return Application.objects.filter(public=True, retired_at=None)
