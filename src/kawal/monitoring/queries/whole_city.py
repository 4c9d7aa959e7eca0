"""The whole city's uptime in one statement: the wall asks for it, with thousands of checks.

It says the same as ``uptime.uptimes`` added up; a property test holds the two together.
"""

from datetime import datetime
from typing import Any

from kawal.monitoring.facts import Uptime
from kawal.monitoring.models import Application
from kawal.monitoring.queries import raw
from kawal.monitoring.queries.uptime import service_hours, watermark

# Each turn of a check takes its old weight away and brings its new one, so the running sum of an
# application tells its worst state: from 2^32 on one is down, from 2^16 on one unknown, above 0 up
# (as floats, which a window adds up fastest; whole numbers of that size are exact).
_CITY = """
WITH checks AS (
    SELECT c.id, c.application_id, least(c.retired_at, a.retired_at) AS retired_at
    FROM monitoring_check c JOIN monitoring_application a ON a.id = c.application_id
    WHERE c.counts AND coalesce(least(c.retired_at, a.retired_at) > %(start)s, true)
), turns AS (
    SELECT c.application_id, c.id, %(start)s::timestamptz AS at, before.new
    FROM checks c CROSS JOIN LATERAL (
        SELECT t.new FROM monitoring_transition t
        WHERE t.check_id = c.id AND t.at <= %(start)s ORDER BY t.at DESC LIMIT 1) before
    UNION ALL
    SELECT c.application_id, c.id, t.at, t.new
    FROM monitoring_transition t JOIN checks c ON c.id = t.check_id
    WHERE t.at > %(start)s AND t.at < %(end)s AND (c.retired_at IS NULL OR t.at < c.retired_at)
    UNION ALL
    SELECT application_id, id, retired_at, 4 FROM checks WHERE retired_at < %(end)s
), steps AS (
    SELECT application_id, at, ('{65536, 1, 1, 4294967296, 0}'::float8[])[new + 1]
        - coalesce(('{65536, 1, 1, 4294967296, 0}'::float8[])[lag(new) OVER (
            PARTITION BY id ORDER BY at) + 1], 0) AS step
    FROM turns
), stood AS (
    SELECT application_id, at AS since, lead(at, 1, %(end)s) OVER course AS until,
        sum(step) OVER course AS weight
    FROM steps WINDOW course AS (
        PARTITION BY application_id ORDER BY at ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
), spans AS (
    SELECT * FROM unnest(%(hours)s::text[], %(weekly)s::text[], %(opens)s::timestamptz[],
        %(closes)s::timestamptz[]) AS s (hours, weekly, opens, closes)
), parts AS (
    SELECT stood.application_id, stood.weight,
        greatest(stood.since, spans.opens) AS since, least(stood.until, spans.closes) AS until
    FROM stood JOIN monitoring_application a ON a.id = stood.application_id
    JOIN spans ON spans.hours = a.hours AND spans.weekly = a.weekly::text
        AND spans.opens < stood.until AND spans.closes > stood.since
    WHERE stood.weight > 0 AND stood.until > stood.since
), sums AS (
    SELECT
        sum(seen - since) FILTER (WHERE weight < 65536) AS up,
        sum(seen - since) FILTER (WHERE weight >= 4294967296) AS down,
        sum(seen - since) FILTER (WHERE weight >= 65536 AND weight < 4294967296) AS unknown,
        sum(until - seen) AS blind
    FROM (SELECT *, greatest(since, least(until, %(watermark)s)) AS seen FROM parts) known
    GROUP BY application_id
), whole AS (
    SELECT floor(extract(epoch FROM coalesce(up, '0')) + 0.5) AS up,
        floor(extract(epoch FROM coalesce(down, '0')) + 0.5) AS down,
        floor(extract(epoch FROM coalesce(unknown, '0') + blind) + 0.5) AS unknown
    FROM sums
)
SELECT coalesce(sum(up), 0)::bigint, coalesce(sum(down), 0)::bigint,
    coalesce(sum(unknown), 0)::bigint FROM whole
"""
_HOURS = "SELECT DISTINCT ON (hours, weekly) id, weekly::text FROM monitoring_application"


def city(start: datetime, end: datetime, *, at: datetime) -> Uptime | None:
    """Return all applications' uptime within ``[start, end)`` together, as known at ``at``.

    ``None`` where nothing was watched.
    """
    end = min(end, at)
    values = {"start": start, "end": end, "watermark": watermark() or start}
    ((up, down, unknown),) = raw.rows(_CITY, values | _spans(start, end))
    return Uptime(0, "", up, down, unknown) if up + down + unknown else None


def _spans(start: datetime, end: datetime) -> dict[str, list[Any]]:
    """Return the service hours of each kind that some application has, as columns."""
    written: dict[int, str] = dict(raw.rows(_HOURS))
    found = [
        (row.hours, written[row.pk], opens, closes)
        for row in Application.objects.filter(pk__in=written)
        for opens, closes in service_hours(row, start, end)
    ]
    columns = zip(*found, strict=True) if found else ((), (), (), ())
    return dict(zip(("hours", "weekly", "opens", "closes"), map(list, columns), strict=True))
