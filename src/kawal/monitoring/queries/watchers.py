"""Reads of the watchers themselves: are they alive, up to when, how do they judge it."""

from datetime import datetime, timedelta

from kawal.monitoring.models import Verdict, Watcher
from kawal.monitoring.overviews import VerdictFacts, WatcherFacts
from kawal.monitoring.queries import raw

_EXECUTED = """
SELECT sum(up + warn + down + unknown - missed) FROM monitoring_hour WHERE hour = %(hour)s
"""


def watchers() -> list[WatcherFacts]:
    """Return every watching process as it last wrote of itself, by name."""
    return [
        WatcherFacts(
            name=row.name,
            started_at=row.started_at,
            alive_at=row.alive_at,
            watermark=row.watermark,
            verdict=row.verdict,
            lag_ms=row.lag_ms,
            figures=row.figures,
        )
        for row in Watcher.objects.order_by("name")
    ]


def verdicts(limit: int = 50) -> list[VerdictFacts]:
    """Return the last changes of the watchers' judgement of themselves, newest first."""
    rows = Verdict.objects.order_by("-at", "-pk")[:limit]
    return [VerdictFacts(row.watcher, row.at, row.verdict, row.detail) for row in rows]


def checks_per_minute(at: datetime) -> float | None:
    """Return how many checks were executed a minute in the hour so far; ``None`` when unknown."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    ((executed,),) = raw.rows(_EXECUTED, {"hour": hour})
    minutes = (at - hour) / timedelta(minutes=1)
    return float(executed) / minutes if executed and minutes >= 1 else None
