"""What the watchers would have found in the demo city: some trouble, much that runs, a few results.

For journeys that are about people at their desk, and not about the watching itself.
"""

from datetime import datetime, timedelta

from django.db import connection, transaction

from kawal.monitoring.facts import EventKind, Severity, State
from kawal.monitoring.models import (
    Check,
    CheckState,
    Incident,
    IncidentEvent,
    Transition,
    Watcher,
)

TROUBLE = {  # application: the state of its page, why, minutes ago
    "e-Rapor": (State.DOWN, 503, 14),
    "SPMB Daring": (State.WARN, 606, 41),
    "e-PBB": (State.DOWN, 56, 7),
    "e-Perizinan": (State.UNKNOWN, 6, 3),
}
DAYS = 20


@transaction.atomic
def seed(at: datetime) -> None:
    """Write what was found up to an instant (UTC); once is enough."""
    if CheckState.objects.exists():
        return
    watched = Check.objects.filter(retired_at=None).select_related("application")
    for check in watched.order_by("pk"):
        state, code, minutes = TROUBLE.get(check.application.name, (State.UP, 200, 60 * 24 * DAYS))
        if not check.counts and state is not State.UP:
            state, code = State.UP, 200
        _stand(check, state, code, at - timedelta(minutes=minutes), at)
        if check.counts and state is State.DOWN:
            _incident(check, code, at - timedelta(minutes=minutes))
    Watcher.objects.create(
        name="prober", started_at=at - timedelta(days=3), alive_at=at, watermark=at, lag_ms=12.0
    )


def _stand(check: Check, state: State, code: int, since: datetime, at: datetime) -> None:
    CheckState.objects.create(
        check_row=check, state=state, code=code, since=since, last_at=at, last_ms=80 + check.pk % 90
    )
    Transition.objects.create(
        check_row=check, at=since, old=State.UNKNOWN, new=state, code=code, noted_at=since
    )
    if not check.counts:
        return
    with connection.cursor() as cursor:
        for minute in range(90):
            moment = at - timedelta(minutes=minute)
            bad = state is State.DOWN and moment >= since
            found = State.DOWN if bad else State.UP
            cursor.execute(
                "INSERT INTO monitoring_result VALUES (%s, %s, %s, %s, %s, 12, 30, 0, 600)",
                [moment, check.pk, 60 + (minute * 37) % 80, found, code if bad else 200],
            )


def _incident(check: Check, code: int, since: datetime) -> None:
    incident = Incident.objects.create(
        application=check.application,
        check_row=check,
        title=f"{check.name} tidak menjawab",
        severity=Severity(check.application.criticality),
        opened_at=since,
    )
    IncidentEvent.objects.create(
        incident=incident, at=since, kind=EventKind.OPENED, check_row=check, code=code
    )


@transaction.atomic
def heal(application: str, at: datetime) -> None:
    """Let an application's page answer again."""
    for now in CheckState.objects.filter(
        check_row__application__name=application, state=State.DOWN
    ):
        Transition.objects.create(
            check_row_id=now.pk, at=at, old=State.DOWN, new=State.UP, code=200, noted_at=at
        )
        now.state, now.code, now.since, now.last_at = State.UP, 200, at, at
        now.save()


@transaction.atomic
def fail(application: str, at: datetime) -> None:
    """Let an application's page stop answering."""
    rows = CheckState.objects.filter(
        check_row__application__name=application, check_row__counts=True
    )
    rows.update(state=State.DOWN, code=503, since=at, last_at=at)
