"""Incidents that checks open and end; runs inside the writer's transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from kawal.monitoring import notices, queries, rules
from kawal.monitoring.facts import Criticality, EventKind, IncidentState, Severity, State
from kawal.monitoring.models import Application, Incident, IncidentEvent
from kawal.monitoring.overviews import PolicyFacts
from kawal.monitoring.prober.batch import Turned
from kawal.regions import queries as regions

Check = tuple[int, int, str, State]  # id, application, name, state now


@dataclass(slots=True)
class Affair:
    """One application's changes in a batch."""

    application: Application
    turned: list[Turned]
    states: dict[int, State]
    names: dict[int, str]


def take(serious: list[Turned], checks: list[Check]) -> None:
    """Open, join, reopen and end incidents by changes to down and to well.

    ``checks`` are all that are watched of the applications concerned, as they stand now.
    """
    owner = {check_id: application_id for check_id, application_id, _, _ in checks}
    by_application: dict[int, list[Turned]] = {}
    for one in serious:
        by_application.setdefault(owner[one.check_id], []).append(one)
    states: dict[int, dict[int, State]] = {}
    for check_id, application_id, _, state in checks:
        states.setdefault(application_id, {})[check_id] = state
    names = {check_id: name for check_id, _, name, _ in checks}
    applications = Application.objects.in_bulk(sorted(by_application))
    open_ones = _lock(by_application)
    at = _instant(max(one.noted_at for one in serious))
    policy = queries.policy(regions.today(at))
    for application_id in sorted(by_application):
        affair = Affair(
            applications[application_id],
            by_application[application_id],
            states[application_id],
            names,
        )
        _go(affair, open_ones.get(application_id), policy)


def _lock(application_ids: Iterable[int]) -> dict[int, Incident]:
    """Lock and return the open incidents that checks opened, by application."""
    rows = (
        Incident.objects.select_for_update(of=("self",))
        .select_related("application")
        .filter(application__in=sorted(application_ids), check_row__isnull=False)
        .exclude(state=IncidentState.RESOLVED)
        .order_by("application_id")
    )
    return {row.application_id: row for row in rows}


def _go(affair: Affair, incident: Incident | None, policy: PolicyFacts) -> None:
    """Go through an application's changes in their order."""
    for one in sorted(affair.turned, key=lambda one: one.noted_at):
        if one.new is State.DOWN:
            if affair.states.get(one.check_id) is not State.DOWN:
                continue  # it was down and is well again within this very batch
            incident = _failed(affair, incident, one, policy)
        elif incident is not None and rules.is_over(affair.states, _part(incident)):
            _resolve(affair, incident, one)
            incident = None


def _part(incident: Incident) -> frozenset[int]:
    """Return the checks that took part in an incident."""
    found = incident.events.exclude(check_row=None).values_list("check_row_id", flat=True)
    return frozenset(found)


def _failed(
    affair: Affair, incident: Incident | None, one: Turned, policy: PolicyFacts
) -> Incident:
    if incident is None:
        again = _same_again(affair, one, policy)
        return _reopen(affair, again, one) if again else _open(affair, one, policy)
    if one.check_id not in _part(incident):
        _event(incident, EventKind.WORSENED, one)
        graver = _severity(affair, one, policy)
        if graver < incident.severity:
            incident.severity = graver
            incident.version += 1
            incident.save(update_fields=["severity", "version"])
    return incident


def _same_again(affair: Affair, one: Turned, policy: PolicyFacts) -> Incident | None:
    """Return the incident that ended by itself a moment ago, when the same check fails again."""
    last = (
        Incident.objects.select_for_update(of=("self",))
        .select_related("application")
        .filter(application=affair.application, check_row__isnull=False)
        .order_by("-opened_at", "-pk")
        .first()
    )
    if last is None or last.resolved_at is None or one.check_id not in _part(last):
        return None
    at = _instant(one.at)
    same = rules.reopens(last.resolved_at, last.automatic, at, policy.reopen_within)
    return last if same else None


def _severity(affair: Affair, one: Turned, policy: PolicyFacts) -> Severity:
    return rules.severity(
        Criticality(affair.application.criticality),
        affair.application.users,
        policy.many_users,
        one.code,
    )


def _open(affair: Affair, one: Turned, policy: PolicyFacts) -> Incident:
    incident = Incident.objects.create(
        application=affair.application,
        check_row_id=one.check_id,
        title=affair.names[one.check_id],
        severity=_severity(affair, one, policy),
        state=IncidentState.OPEN,
        opened_at=_instant(one.at),
    )
    _event(incident, EventKind.OPENED, one)
    _tell(affair, incident, one, notices.OPENED)
    return incident


def _reopen(affair: Affair, incident: Incident, one: Turned) -> Incident:
    incident.state = IncidentState.OPEN
    incident.resolved_at = incident.resolved_by = None
    incident.automatic = False
    incident.reopened += 1
    incident.version += 1
    incident.save()
    _event(incident, EventKind.REOPENED, one)
    if rules.is_told(incident.reopened):
        _tell(affair, incident, one, notices.REOPENED)
    return incident


def _resolve(affair: Affair, incident: Incident, one: Turned) -> None:
    incident.state = IncidentState.RESOLVED
    incident.resolved_at = max(_instant(one.at), incident.opened_at)
    incident.automatic = True
    incident.version += 1
    incident.save()
    _event(incident, EventKind.RESOLVED, one)
    if incident.reopened == 0 or rules.is_told(incident.reopened):
        _tell(affair, incident, one, notices.RESOLVED)


def _event(incident: Incident, kind: EventKind, one: Turned) -> None:
    IncidentEvent.objects.create(
        incident=incident,
        at=_instant(one.noted_at),
        kind=kind,
        check_row_id=one.check_id,
        code=one.code,
        text=one.detail[:300],
    )


def _tell(affair: Affair, incident: Incident, one: Turned, notice: notices.Notice) -> None:
    notices.give(
        notice,
        incident,
        check=affair.names[one.check_id],
        code=one.code,
        detail=one.detail,
        since=_instant(one.at),
        at=_instant(one.noted_at),
    )


def _instant(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
