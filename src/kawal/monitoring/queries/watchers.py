"""Reads of the watchers themselves: are they alive, up to when, how do they judge it."""

from datetime import datetime, timedelta

from kawal.monitoring.models import Verdict, Watcher
from kawal.monitoring.overviews import VerdictFacts, WatcherFacts

_FRESH = timedelta(seconds=15)


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
    """Return how many checks were executed in the last minute; ``None`` when nobody says."""
    row = Watcher.objects.filter(name="prober", alive_at__gt=at - _FRESH).first()
    rate = row.figures.get("per_minute") if row else None
    return None if rate is None else float(rate)
