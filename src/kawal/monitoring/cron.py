"""When a cron line is due next: five fields, by a clock of a place (no Django).

Day of month and day of week are joined by *or* when both are restricted, as in Vixie cron. A
time that the clock skips (daylight saving) is due at the first instant after the gap; a repeated
one is due once.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_BOUNDS = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
_SHORT = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
}
_FARTHEST = 366 * 9  # 29 February can be eight years away


@dataclass(frozen=True, slots=True)
class Cron:
    """A cron line taken apart: the allowed values of each field (Sunday is 0)."""

    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    either: bool

    def fits(self, day: date) -> bool:
        """Tell whether a day is one on which it is due."""
        if day.month not in self.months:
            return False
        by_month, by_week = day.day in self.days, day.isoweekday() % 7 in self.weekdays
        return by_month or by_week if self.either else by_month and by_week

    def after(self, at: datetime, zone: ZoneInfo) -> datetime:
        """Return the first due instant (UTC) strictly after ``at``.

        :raises ValueError: when there is none within nine years (30 February).
        """
        local = at.astimezone(zone)
        for ahead in range(_FARTHEST):
            day = local.date() + timedelta(days=ahead)
            if not self.fits(day):
                continue
            for hour in self.hours:
                for minute in self.minutes:
                    due = datetime.combine(day, time(hour, minute), zone).astimezone(UTC)
                    if due > at:
                        return due
        raise ValueError("a cron line that is never due")


def read(line: str) -> Cron:
    """Return a cron line taken apart.

    :raises ValueError: when it is none.
    """
    fields = _SHORT.get(line.strip().lower(), line).split()
    if len(fields) != 5:
        raise ValueError(f"{line!r} has {len(fields)} fields, not 5")
    minutes, hours, days, months, weekdays = (
        _values(field.lower(), place) for place, field in enumerate(fields)
    )
    return Cron(
        tuple(sorted(minutes)),
        tuple(sorted(hours)),
        days,
        months,
        frozenset(day % 7 for day in weekdays),
        not fields[2].startswith("*") and not fields[4].startswith("*"),
    )


def _values(field: str, place: int) -> frozenset[int]:
    low, high = _BOUNDS[place]
    found: set[int] = set()
    for part in field.split(","):
        span, slash, step = part.partition("/")
        first, last = _span(span, place)
        if slash and span not in {"*"} and "-" not in span:
            last = high
        if not low <= first <= last <= high or (slash and not int(step) > 0):
            raise ValueError(f"{field!r} is not within {low}-{high}")
        found.update(range(first, last + 1, int(step) if slash else 1))
    return frozenset(found)


def _span(span: str, place: int) -> tuple[int, int]:
    if span == "*":
        low, high = _BOUNDS[place]
        return low, 6 if place == 4 else high
    first, dash, last = span.partition("-")
    begin = _number(first, place)
    return begin, _number(last, place) if dash else begin


def _number(word: str, place: int) -> int:
    if place == 3 and word in _MONTHS:
        return _MONTHS.index(word) + 1
    if place == 4 and word in _DAYS:
        return _DAYS.index(word)
    if not word.isdigit():
        raise ValueError(f"{word!r} is not a number")
    return int(word)
