"""The live feed: what happened to applications, newest first, without a person's name."""

from datetime import timedelta

from kawal.kernel.words import N_
from kawal.monitoring.facts import EventKind, State
from kawal.monitoring.models import IncidentEvent, Transition
from kawal.monitoring.overviews import Happening, Sentence
from kawal.monitoring.queries import shown
from kawal.monitoring.queries.scoped import within
from kawal.regions.facts import Scope

EVERYTHING = Scope(everything=True)
OPENED = N_("Insiden dibuka: %(title)s")
ACKNOWLEDGED = N_("Diterima untuk ditangani setelah %(span)s")
RESOLVED = N_("Selesai setelah %(span)s")
REOPENED = N_("Dibuka kembali: %(title)s")
WORSENED = N_("Pemeriksaan lain ikut gagal: %(reason)s")
NOTICED = N_("%(check)s: %(reason)s")
RECOVERED = N_("%(check)s pulih")

_STATES = {
    EventKind.OPENED: State.DOWN,
    EventKind.REOPENED: State.DOWN,
    EventKind.WORSENED: State.DOWN,
    EventKind.ESCALATED: State.DOWN,
    EventKind.RESOLVED: State.UP,
}
_TOLD = (State.WARN, State.DOWN)


def latest_events(limit: int = 20, *, scope: Scope = EVERYTHING) -> list[Happening]:
    """Return the last steps of incidents and the last turns of checks, newest first.

    A turn that an incident already tells of (same check, same moment) is not told twice.
    """
    steps = _steps(limit, scope)
    told = {(row.check_row_id, row.at) for row in steps if row.check_row_id}
    turns = [row for row in _turns(limit * 2, scope) if (row.check_row_id, row.at) not in told]
    found = [*map(_step, steps), *map(_turn, turns)]
    return sorted(found, key=lambda one: one.at, reverse=True)[:limit]


def _steps(limit: int, scope: Scope) -> list[IncidentEvent]:
    rows = IncidentEvent.objects.select_related("incident__application").order_by("-pk")
    return list(within(rows, scope, "incident__application__agency_id")[:limit])


def _turns(limit: int, scope: Scope) -> list[Transition]:
    """Return the last turns into or out of trouble of checks that count and are watched.

    Imported history stands in a retired check: it is no news.
    """
    watched = Transition.objects.filter(check_row__counts=True, check_row__retired_at=None)
    rows = watched.order_by("-at")
    rows = rows.filter(new__in=_TOLD) | rows.filter(new=State.UP, old__in=_TOLD)
    rows = within(rows, scope, "check_row__application__agency_id")
    return list(rows.select_related("check_row__application")[:limit])


def _step(row: IncidentEvent) -> Happening:
    application = row.incident.application
    kind = EventKind(row.kind)
    return Happening(
        at=row.at,
        state=_STATES.get(kind, State.WARN),
        what=_said(row, kind),
        application_id=application.pk,
        application=application.name,
        agency_id=application.agency_id,
        incident_id=row.incident_id,
        event=kind,
    )


def _said(row: IncidentEvent, kind: EventKind) -> Sentence:
    """Return what a step says to everybody; notes stay inside."""
    lasted = shown.span(max(row.at - row.incident.opened_at, timedelta()))
    match kind:
        case EventKind.OPENED:
            return Sentence(OPENED, {"title": row.incident.title})
        case EventKind.REOPENED:
            return Sentence(REOPENED, {"title": row.incident.title})
        case EventKind.ACKNOWLEDGED:
            return Sentence(ACKNOWLEDGED, {"span": lasted})
        case EventKind.RESOLVED:
            return Sentence(RESOLVED, {"span": lasted})
        case EventKind.WORSENED if row.code is not None:
            return Sentence(WORSENED, {"reason": shown.reason(row.code)})
    return Sentence(kind.label)


def _turn(row: Transition) -> Happening:
    check = row.check_row
    values = {"check": check.name, "reason": shown.reason(row.code)}
    return Happening(
        at=row.at,
        state=State(row.new),
        what=Sentence(RECOVERED if row.new == State.UP else NOTICED, values),
        application_id=check.application_id,
        application=check.application.name,
        agency_id=check.application.agency_id,
    )
