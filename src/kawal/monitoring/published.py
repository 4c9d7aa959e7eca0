"""What the public log learns of monitoring; called in the transaction that it tells of."""

from datetime import date, datetime

from kawal.monitoring.models import Application, Incident
from kawal.regions import queries as regions
from kawal.regions.facts import Actor
from kawal.trail import actions as trail


def application(kind: str, row: Application, *, at: datetime, **more: object) -> None:
    """Publish what happened to an application."""
    trail.append(f"application.{kind}", _about(row, regions.today(at)) | more, at=at)


def incident(kind: str, row: Incident, *, at: datetime, **more: object) -> None:
    """Publish what happened to an incident; its title and its people stay inside."""
    facts = _about(row.application, regions.today(at)) | {
        "incident": row.pk,
        "severity": row.severity,
        "opened_at": row.opened_at,
    }
    trail.append(f"incident.{kind}", facts | more, at=at)


def role_of(actor: Actor, agency_id: int) -> str | None:
    """Return in which role an actor acts for an agency: by that agency's post, else the city's."""
    held = [one for one in actor.appointments if agency_id in one.covers or one.agency_id is None]
    held.sort(key=lambda one: one.agency_id is None)
    return held[0].role.value if held else None


def _about(row: Application, on: date) -> dict[str, object]:
    """Return which application it is about; its name only where its owner shows it."""
    facts: dict[str, object] = {
        "application": row.pk,
        "agency_code": regions.agency(row.agency_id, on).code,
    }
    return facts | {"name": row.name} if row.public else facts
