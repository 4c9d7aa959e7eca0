"""Rolls raw results up into hours, and keeps the partitions: what the jobs of monitoring do."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import connection, transaction

from kawal.monitoring import histograms, hours
from kawal.monitoring.models import RolledHour

HOUR = timedelta(hours=1)
RAW_DAYS = 7
AHEAD_DAYS = 3
AT_ONCE = 20_000

_RAW = """
SELECT check_id, extract(minute FROM at AT TIME ZONE 'UTC')::int, state, code, ms
FROM monitoring_result WHERE at >= %s AND at < %s ORDER BY check_id
"""
_COPY = """
COPY monitoring_hour (check_id, hour, up, warn, down, unknown, missed, p50, p95, p99, worst,
    histogram, minutes) FROM STDIN
"""


def roll_up(at: datetime) -> int:
    """Roll up every hour that is over at ``at`` and is not yet, or was added to since; count them.

    Each hour is a transaction of its own, so that a stop half-way loses nothing.
    """
    wanted = _wanted(at)
    for hour in wanted:
        roll_up_hour(hour, at=at)
    return len(wanted)


@transaction.atomic
def roll_up_hour(hour: datetime, *, at: datetime) -> int:
    """Make an hour's rows anew from its raw results; return how many results that were."""
    _make_months(hour.date(), hour.date())
    total, rows = 0, []
    for check_id, results in groupby(_raw(hour), key=itemgetter(0)):
        found = [row[1:] for row in results]
        total += len(found)
        rows.append(row_of(check_id, hour, found))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM monitoring_hour WHERE hour = %s", [hour])
        with cursor.copy(_COPY) as copy:
            for row in rows:
                copy.write_row(row)
    RolledHour.objects.update_or_create(
        hour=hour, defaults={"rolled_at": at, "is_dirty": False, "results": total}
    )
    return total


def row_of(check_id: int, hour: datetime, results: Iterable[hours.Result]) -> tuple[Any, ...]:
    """Return the row of one check's hour, in the order of the table."""
    whole, minutes = hours.tally(results)
    return (
        check_id,
        hour,
        *(getattr(whole, name) for name in hours.COUNTS),
        *(whole.latency(name) for name in hours.LATENCIES),
        histograms.pack(whole.latencies),
        minutes,
    )


def keep_partitions(at: datetime) -> tuple[int, int]:
    """Make partitions ahead and drop what is past its keeping; return how many of each."""
    today = at.astimezone(UTC).date()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT monitoring_make_partitions(%s, %s)", [today, today + timedelta(AHEAD_DAYS)]
        )
        made = cursor.fetchone()[0]
        cursor.execute("SELECT monitoring_drop_old()")
        return made, cursor.fetchone()[0]


def _wanted(at: datetime) -> list[datetime]:
    now = at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    oldest = now - timedelta(days=RAW_DAYS)
    rolled = RolledHour.objects.filter(hour__gte=oldest)
    last = rolled.order_by("-hour").values_list("hour", flat=True).first()
    first = last + HOUR if last else _first_result(oldest) or now
    new = [first + n * HOUR for n in range(int((now - first) / HOUR))]
    dirty = rolled.filter(is_dirty=True).order_by("hour").values_list("hour", flat=True)
    return [*dirty, *new]


def _first_result(oldest: datetime) -> datetime | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(at) FROM monitoring_result WHERE at >= %s", [oldest])
        found: datetime | None = cursor.fetchone()[0]
    return found.astimezone(UTC).replace(minute=0, second=0, microsecond=0) if found else None


def _make_months(first: date, last: date) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT monitoring_make_months(%s, %s)", [first, last])


def _raw(hour: datetime) -> Iterator[tuple[Any, ...]]:
    """Yield an hour's raw results by check, drawn in pieces: an hour can hold millions."""
    with connection.connection.cursor(name="monitoring_raw") as cursor:
        cursor.itersize = AT_ONCE
        cursor.execute(_RAW, [hour, hour + HOUR])
        yield from cursor
