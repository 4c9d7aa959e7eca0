"""The figures that a demo application shows: a working day's curve, drawn from its facts."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from kawal.demo.chance import chance
from kawal.demo.facts.applications import DemoApplication
from kawal.demo.facts.places import ZONE
from kawal.demo.faults import Fault, Spell

STALE_BY = timedelta(hours=26)
_OLD = 10_080  # minutes: older data is not moving any more
_NIGHT = 0.06  # of the day's work is done outside 7 to 17 o'clock


@dataclass(frozen=True, slots=True)
class Figures:
    """What happened today: transactions so far, how many wait, and when the data is from (UTC)."""

    transactions: int
    waiting: int
    data_at: datetime


def figures(
    seed: int, application: DemoApplication, at: datetime, spell: Spell | None = None
) -> Figures:
    """Return the figures of an application at an instant (UTC)."""
    local = at.astimezone(ZoneInfo(ZONE))
    daily = application.users * (0.02 + 0.06 * chance(seed, application.code, local.date()))
    if application.login_days > 30:
        daily = 0.0
    rate = daily * _pace(local.hour + local.minute / 60)
    waiting = int(rate / 6 * (0.5 + chance(seed, application.code, at.timestamp() // 120)))
    if spell is not None and spell.holds(at):
        waiting += int(rate * (at - spell.start).total_seconds() / 3600)
    return Figures(int(daily * _share(local)), waiting, _data_at(application, at, spell))


def _share(local: datetime) -> float:
    """Return the share of a day's work that is done by this time of the day, from 0 to 1."""
    hours = local.hour + local.minute / 60 + local.second / 3600
    working = min(max((hours - 7) / 10, 0.0), 1.0)
    return _NIGHT * hours / 24 + (1 - _NIGHT) * (1 - math.cos(math.pi * working)) / 2


def _pace(hours: float) -> float:
    """Return the share of a day's work that is done in an hour around this time."""
    inside = 7 <= hours <= 17
    return _NIGHT / 24 + (
        (1 - _NIGHT) * math.pi / 20 * math.sin(math.pi * (hours - 7) / 10) if inside else 0.0
    )


def _data_at(application: DemoApplication, at: datetime, spell: Spell | None) -> datetime:
    minutes = application.data_minutes
    if minutes > _OLD:
        return (at - timedelta(minutes=minutes)).replace(hour=3, minute=0, second=0, microsecond=0)
    if spell is not None and spell.fault is Fault.STALE and spell.holds(at):
        return spell.start - STALE_BY
    step = max(minutes, 1) * 60
    return datetime.fromtimestamp(at.timestamp() // step * step, UTC)
