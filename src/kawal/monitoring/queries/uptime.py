"""Uptime of applications: to the second, inside their service hours, from the transitions only."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Max

from kawal.kernel.calendar import WorkingCalendar
from kawal.monitoring import uptime_rules as rules
from kawal.monitoring.facts import ServiceHours, State, Uptime
from kawal.monitoring.models import Application, Watcher
from kawal.monitoring.queries import raw
from kawal.monitoring.queries.spans import day_span
from kawal.regions import queries as regions

# A check that was retired, alone or with its application, weighs nothing from then on.
_CHANGES = """
WITH checks AS (
    SELECT c.id, c.application_id, least(c.retired_at, a.retired_at) AS retired_at
    FROM monitoring_check c JOIN monitoring_application a ON a.id = c.application_id
    WHERE c.counts AND c.application_id = ANY(%(applications)s)
)
SELECT c.application_id, t.check_id, t.at, t.new
FROM monitoring_transition t JOIN checks c ON c.id = t.check_id
WHERE t.at < %(end)s AND (c.retired_at IS NULL OR t.at < c.retired_at)
    AND t.at >= coalesce((
        SELECT max(b.at) FROM monitoring_transition b
        WHERE b.check_id = t.check_id AND b.at <= %(start)s), '-infinity')
UNION ALL
SELECT application_id, id, retired_at, 4 FROM checks WHERE retired_at < %(end)s
ORDER BY 2, 3
"""
Changes = dict[int, dict[int, list[tuple[datetime, State]]]]


def uptimes(
    start: datetime,
    end: datetime,
    *,
    at: datetime,
    agency_id: int | None = None,
    application_ids: Iterable[int] | None = None,
) -> list[Uptime]:
    """Return the uptime of each application within ``[start, end)``, as known at ``at``, by name.

    Nothing after ``at`` counts; what lies after the watcher's watermark is unknown.
    """
    rows = _applications(agency_id, application_ids)
    end = min(end, at)
    known = _stretches(rows, start, end)
    return [_uptime(row, known[row.pk], service_hours(row, start, end)) for row in rows]


def daily(application_id: int, first: date, last: date, *, at: datetime) -> list[Uptime]:
    """Return an application's uptime for each day of the city, ``first`` to ``last``."""
    return dailies([application_id], first, last, at=at).get(application_id, [])


def dailies(
    application_ids: Iterable[int], first: date, last: date, *, at: datetime
) -> dict[int, list[Uptime]]:
    """Return the uptime of each application for each day of the city, ``first`` to ``last``."""
    rows = _applications(None, application_ids)
    spans = [day_span(first + timedelta(days=n)) for n in range((last - first).days + 1)]
    start, end = spans[0][0], min(spans[-1][1], at)
    known = _stretches(rows, start, end)
    found: dict[int, list[Uptime]] = {}
    services: dict[str, rules.Spans] = {}
    for row in rows:
        key = f"{row.hours} {row.weekly}"
        if key not in services:
            services[key] = service_hours(row, start, end)
        found[row.pk] = [_of_day(row, known[row.pk], services[key], span) for span in spans]
    return found


def _applications(
    agency_id: int | None, application_ids: Iterable[int] | None
) -> Sequence[Application]:
    rows = Application.objects.order_by("name", "pk")
    if agency_id is not None:
        rows = rows.filter(agency_id=agency_id)
    if application_ids is not None:
        rows = rows.filter(pk__in=list(application_ids))
    return list(rows)


def _stretches(
    rows: Sequence[Application], start: datetime, end: datetime
) -> dict[int, list[rules.Stretch]]:
    """Return how each application stood, unknown where the watcher's word does not reach."""
    changes: Changes = {row.pk: {} for row in rows}
    values = {"applications": list(changes), "start": start, "end": end}
    for application, check, at, new in raw.rows(_CHANGES, values):
        changes[application].setdefault(check, []).append((at, State(new)))
    mark = watermark()
    return {
        row.pk: list(rules.blinded(rules.stretches(changes[row.pk], start, end), mark))
        for row in rows
    }


def watermark() -> datetime | None:
    """Return up to when everything due is stored; ``None`` before any watcher ran."""
    found: datetime | None = Watcher.objects.aggregate(last=Max("watermark"))["last"]
    return found


def _uptime(row: Application, known: Iterable[rules.Stretch], service: rules.Spans) -> Uptime:
    up, down, unknown = rules.count(known, service).seconds()
    return Uptime(row.pk, row.name, up, down, unknown)


def _of_day(
    row: Application,
    known: Sequence[rules.Stretch],
    service: rules.Spans,
    day: tuple[datetime, datetime],
) -> Uptime:
    """Return the uptime of one day: only what lies inside it is counted."""
    start, end = day
    hours = [(max(a, start), min(b, end)) for a, b in service if a < end and b > start]
    return _uptime(row, [one for one in known if one.start < end and one.end > start], hours)


def service_hours(row: Application, start: datetime, end: datetime) -> rules.Spans:
    """Return the service hours of an application within a time."""
    if end <= start:
        return []
    hours = ServiceHours(row.hours)
    if hours is ServiceHours.ALWAYS:
        return [(start.astimezone(UTC), end.astimezone(UTC))]
    calendar = regions.calendar() if hours is ServiceHours.OFFICE else _own(row)
    return calendar.spans(start, end)


def _own(row: Application) -> WorkingCalendar:
    """Return the calendar of an application with hours of its own: every week alike."""
    weekly = tuple(tuple((_wall(first), _wall(last)) for first, last in day) for day in row.weekly)
    return WorkingCalendar(frozenset(), weekly, regions.zone())


def _wall(clock: str) -> time:
    """Return a time of day; ``24:00`` is the midnight at its end, as the calendar writes it."""
    return time.fromisoformat("00:00" if clock == "24:00" else clock)
