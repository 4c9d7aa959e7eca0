"""The demo's invented past: when each application failed in the last 90 days; pure.

What it yields has the shape of the history files that any city may import (time, application,
up or down, HTTP status, milliseconds). It ends a day before the demo begins, so that nothing
invented touches what is really measured.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from kawal.demo.chance import chance
from kawal.demo.facts.applications import DemoApplication

DAYS = 90
GAP = timedelta(days=1)
HOUR = timedelta(hours=1)
OFTEN = 0.5  # failures a day of the worst application
STATUSES = (500, 502, 503, 0)  # 0: no answer at all


@dataclass(frozen=True, slots=True)
class Outage:
    """A time in which an application did not serve: from ``start`` up to ``end``, UTC."""

    start: datetime
    end: datetime
    status: int


@dataclass(frozen=True, slots=True)
class Past:
    """One finding of the past; ``status`` is 0 and ``ms`` ``None`` where nothing answered."""

    at: datetime
    code: str
    is_up: bool
    status: int
    ms: float | None


def outages(seed: int, code: str, at: datetime) -> list[Outage]:
    """Return the outages of an application in the 90 days up to a day before ``at``, in order."""
    found = []
    for day in range(DAYS):
        begins = at - GAP - timedelta(days=DAYS - day)
        if chance(seed, code, "past", day) >= _often(seed, code):
            continue
        lasts = _lasts(chance(seed, code, "past", day, "lasts"))
        start = begins + (timedelta(days=1) - lasts) * chance(seed, code, "past", day, "start")
        status = STATUSES[int(chance(seed, code, "past", day, "status") * len(STATUSES))]
        found.append(Outage(start.replace(microsecond=0), _whole(start + lasts), status))
    return found


def findings(seed: int, application: DemoApplication, at: datetime) -> Iterator[Past]:
    """Yield an application's past: a finding each hour, and one at each change."""
    code, begins = application.code, at - GAP - timedelta(days=DAYS)
    changes = [
        moment
        for outage in outages(seed, code, at)
        for moment in ((outage.start, outage), (outage.end, None))
    ]
    hourly = [(_whole(begins + n * HOUR), None) for n in range(DAYS * 24)]
    now: Outage | None = None
    for moment, what in sorted([*changes, *hourly], key=lambda one: one[0]):
        if (moment, what) in changes:
            now = what
        yield _finding(seed, code, moment, now)


def _finding(seed: int, code: str, at: datetime, outage: Outage | None) -> Past:
    ms = 12 + 160 * chance(seed, code, "pace") ** 2 + 40 * chance(seed, code, at.timestamp()) ** 3
    if outage is None:
        return Past(at, code, True, 200, round(ms, 1))
    return Past(at, code, False, outage.status, round(ms, 1) if outage.status else None)


def _often(seed: int, code: str) -> float:
    """Return the chance of an outage in one day: most are good, a few are bad."""
    return OFTEN * chance(seed, code, "quality") ** 2


def _lasts(share: float) -> timedelta:
    """Return how long: three minutes to about three hours, mostly short."""
    return timedelta(minutes=3 + 177 * share**4)


def _whole(at: datetime) -> datetime:
    return at.replace(microsecond=0)
