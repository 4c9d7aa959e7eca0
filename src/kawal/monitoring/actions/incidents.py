"""What people do with incidents: open, take, give, note, end, open again."""

from django.db import transaction

from kawal.kernel.refusals import Refused
from kawal.monitoring import incident_rules as rules
from kawal.monitoring import published, told
from kawal.monitoring.actions.rows import (
    locked_application,
    locked_incident,
    person_of,
    repaint,
)
from kawal.monitoring.facts import EventKind, IncidentFacts, IncidentState, Severity
from kawal.monitoring.models import Incident, IncidentEvent
from kawal.monitoring.permissions import RESPOND
from kawal.monitoring.queries import checks_of
from kawal.regions import queries as regions
from kawal.regions.facts import Actor
from kawal.regions.permissions import may, require


@transaction.atomic
def open_incident(
    application_id: int, *, title: str, severity: Severity, text: str = "", actor: Actor
) -> IncidentFacts:
    """Open an incident by hand and tell those who look after the application.

    :raises Refused: when the actor may not, or with every reason of the rules.
    """
    application = locked_application(application_id)
    require(actor, RESPOND, application.agency_id)
    if reasons := rules.opening_refusals(title, application.as_facts()):
        raise Refused(reasons)
    row = Incident.objects.create(
        application=application,
        title=title.strip(),
        severity=severity.value,
        opened_at=actor.at,
        opened_by_id=person_of(actor),
    )
    _add(row, EventKind.OPENED, actor, text=text)
    published.incident("opened", row, at=actor.at, by_checks=False)
    told.opened(row, at=actor.at)
    repaint()
    return row.as_facts()


@transaction.atomic
def acknowledge_incident(incident_id: int, *, actor: Actor) -> IncidentFacts:
    """Take an incident: from now on this person is on it, unless it was given to another.

    :raises Refused: when the actor may not, or somebody took it already.
    """
    row = _mine(incident_id, actor)
    if reasons := rules.acknowledgement_refusals(row.as_facts()):
        raise Refused(reasons)
    person_id = person_of(actor)
    row.state = IncidentState.ACKNOWLEDGED.value
    row.acknowledged_at, row.acknowledged_by_id = actor.at, person_id
    row.assignee_id = row.assignee_id or person_id
    _save(row, EventKind.ACKNOWLEDGED, actor)
    role = published.role_of(actor, row.application.agency_id)
    published.incident("acknowledged", row, at=actor.at, role=role)
    told.taken(row, at=actor.at)
    return row.as_facts()


@transaction.atomic
def assign_incident(
    incident_id: int, assignee_id: int | None, *, text: str = "", actor: Actor
) -> IncidentFacts:
    """Give an incident to a person who may act on it, and tell him.

    :raises Refused: when the actor may not, or with every reason of the rules.
    """
    row = _mine(incident_id, actor)
    may_respond = False
    if assignee_id is not None:
        assignee = regions.actor(assignee_id, None, actor.at)
        may_respond = may(assignee, RESPOND, row.application.agency_id)
    reasons = rules.assignment_refusals(row.as_facts(), assignee_id, may_respond=may_respond)
    if reasons:
        raise Refused(reasons)
    assert assignee_id is not None
    row.assignee_id = assignee_id
    _save(row, EventKind.ASSIGNED, actor, text=text, person_id=assignee_id)
    if assignee_id != actor.person_id:
        told.given(row, assignee_id, at=actor.at)
    return row.as_facts()


@transaction.atomic
def comment_incident(incident_id: int, *, text: str, actor: Actor) -> IncidentFacts:
    """Add a note to an incident's timeline, an ended one too.

    :raises Refused: when the actor may not, or the note is empty or too long.
    """
    row = _mine(incident_id, actor)
    if reasons := rules.comment_refusals(text):
        raise Refused(reasons)
    _save(row, EventKind.COMMENTED, actor, text=text)
    return row.as_facts()


@transaction.atomic
def resolve_incident(incident_id: int, *, cause: str, actor: Actor) -> IncidentFacts:
    """End an incident and say what caused it.

    :raises Refused: when the actor may not, or with every reason of the rules.
    """
    row = _mine(incident_id, actor)
    checks = checks_of(row.application_id)
    if reasons := rules.resolution_refusals(row.as_facts(), cause, checks):
        raise Refused(reasons)
    row.state = IncidentState.RESOLVED.value
    row.resolved_at, row.resolved_by_id = actor.at, person_of(actor)
    row.cause, row.automatic = cause.strip(), False
    _save(row, EventKind.RESOLVED, actor, text=cause)
    role = published.role_of(actor, row.application.agency_id)
    published.incident("resolved", row, at=actor.at, role=role, by_checks=False)
    told.ended(row, at=actor.at)
    return row.as_facts()


@transaction.atomic
def reopen_incident(incident_id: int, *, why: str, actor: Actor) -> IncidentFacts:
    """Open an ended incident again: nobody has it, and those concerned are told anew.

    :raises Refused: when the actor may not, or with every reason of the rules.
    """
    row = _mine(incident_id, actor)
    unresolved = Incident.objects.filter(application_id=row.application_id, check_row__isnull=False)
    others = unresolved.exclude(pk=row.pk).exclude(state=IncidentState.RESOLVED)
    if reasons := rules.reopening_refusals(row.as_facts(), why, other_open=others.exists()):
        raise Refused(reasons)
    row.state = IncidentState.OPEN.value
    row.acknowledged_at = row.acknowledged_by_id = None
    row.resolved_at = row.resolved_by_id = None
    row.reopened += 1
    _save(row, EventKind.REOPENED, actor, text=why)
    role = published.role_of(actor, row.application.agency_id)
    published.incident("reopened", row, at=actor.at, role=role, by_checks=False)
    told.opened(row, at=actor.at)
    return row.as_facts()


def _mine(incident_id: int, actor: Actor) -> Incident:
    row = locked_incident(incident_id)
    require(actor, RESPOND, row.application.agency_id)
    return row


def _save(
    row: Incident,
    kind: EventKind,
    actor: Actor,
    *,
    text: str = "",
    person_id: int | None = None,
) -> None:
    row.version += 1
    row.save()
    _add(row, kind, actor, text=text, person_id=person_id)
    repaint()


def _add(
    row: Incident, kind: EventKind, actor: Actor, *, text: str = "", person_id: int | None = None
) -> None:
    IncidentEvent.objects.create(
        incident=row,
        at=actor.at,
        kind=kind.value,
        by_id=person_of(actor),
        person_id=person_id,
        text=text.strip(),
    )
