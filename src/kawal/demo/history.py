"""The demo's invented past: when each application failed in the last 90 days; pure.

It is what any city may import from another tool (time, up or down, HTTP status), and goes the same
way. It ends a day before the demo begins, so that nothing invented touches what is measured.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from kawal.demo.chance import chance

DAYS = 90
GAP = timedelta(days=1)
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
    """What was seen at an instant; ``status`` is 0 where nothing answered."""

    at: datetime
    is_up: bool
    status: int


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


def changes(seed: int, code: str, at: datetime) -> Iterator[Past]:
    """Yield an application's past: how it was at first, each change, and how it was at the end."""
    yield Past(_whole(at - GAP - timedelta(days=DAYS)), True, 200)
    for outage in outages(seed, code, at):
        yield Past(outage.start, False, outage.status)
        yield Past(outage.end, True, 200)
    yield Past(_whole(at - GAP) + timedelta(seconds=1), True, 200)


def _often(seed: int, code: str) -> float:
    """Return the chance of an outage in one day: most are good, a few are bad."""
    return OFTEN * chance(seed, code, "quality") ** 2


def _lasts(share: float) -> timedelta:
    """Return how long: three minutes to about three hours, mostly short."""
    return timedelta(minutes=3 + 177 * share**4)


def _whole(at: datetime) -> datetime:
    return at.replace(microsecond=0)
