"""Working days and office hours: pure arithmetic over a calendar that is passed in."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

Span = tuple[time, time]
Weekly = tuple[tuple[Span, ...], ...]
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DatedWeek:
    """Other office hours from ``first`` to ``last`` (both included), as in Ramadan."""

    first: date
    last: date
    weekly: Weekly


@dataclass(frozen=True)
class WorkingCalendar:
    """A city's working time.

    ``weekly`` holds seven tuples of ``(start, end)`` wall times, Monday first; an end of 00:00 is
    midnight at the end of that day. ``weeks`` overrides it on some days, ``holidays`` empties them.

    :raises ValueError: when there are not seven days or a span does not end after its start.
    """

    holidays: frozenset[date]
    weekly: Weekly
    zone: ZoneInfo
    weeks: tuple[DatedWeek, ...] = field(default=())

    def __post_init__(self) -> None:
        for weekly in (self.weekly, *(week.weekly for week in self.weeks)):
            if len(weekly) != 7:
                raise ValueError("a week has seven days")
            if any(_to_midnight(end) <= _since_midnight(start) for d in weekly for start, end in d):
                raise ValueError("office hours end after they start")

    def hours_of(self, day: date) -> tuple[Span, ...]:
        """Return the office hours of a day; none on a holiday."""
        if day in self.holidays:
            return ()
        weekly = next((w.weekly for w in self.weeks if w.first <= day <= w.last), self.weekly)
        return weekly[day.weekday()]

    def is_working_day(self, day: date) -> bool:
        """Tell whether the offices work on that day at all."""
        return bool(self.hours_of(day))

    def add_working_days(self, day: date, n: int) -> date:
        """Return the ``n``-th working day after ``day`` (before it, if negative; 0 is itself).

        The day itself does not count: a claim received on Monday with two days is due Wednesday.

        :raises ValueError: when no weekday is a working day.
        """
        if not any(self.weekly):
            raise ValueError("no weekday is a working day")
        step = DAY if n > 0 else -DAY
        left = abs(n)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def working_days_between(self, first: date, last: date) -> int:
        """Return how many working days come after ``first`` up to and with ``last``.

        It undoes :meth:`add_working_days`; with ``last`` before ``first`` it is negative.
        """
        sign = 1 if last >= first else -1
        days = range(1, abs((last - first).days) + 1)
        return sign * sum(self.is_working_day(first + sign * n * DAY) for n in days)

    def spans(self, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
        """Return the working time within ``[start, end)`` as UTC spans, in order, none touching.

        An instant is working time when the wall clock of the zone shows office hours at it: an
        hour that the clock skips does not count, one that it repeats counts twice.

        :raises ValueError: when an instant names no zone.
        """
        start, end = _utc(start), _utc(end)
        found = [
            (max(begin, start), min(stop, end))
            for day in _days(start, end, self.zone)
            for span in self.hours_of(day)
            for begin, stop in _instants(day, span, self.zone)
            if begin < end and stop > start
        ]
        return _merged(sorted(found))

    def time_within(self, start: datetime, end: datetime) -> timedelta:
        """Return the exact working time within ``[start, end)``; none when it is empty."""
        return sum((stop - begin for begin, stop in self.spans(start, end)), timedelta())

    def seconds_within(self, start: datetime, end: datetime) -> float:
        """Return :meth:`time_within` in seconds."""
        return self.time_within(start, end).total_seconds()


def business_date(at: datetime, zone: ZoneInfo) -> date:
    """Return the date on the city's wall at an instant.

    :raises ValueError: when the instant names no zone.
    """
    return _utc(at).astimezone(zone).date()


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("an instant needs its zone")
    return at.astimezone(UTC)


def _since_midnight(wall: time) -> timedelta:
    return timedelta(
        hours=wall.hour, minutes=wall.minute, seconds=wall.second, microseconds=wall.microsecond
    )


def _to_midnight(wall: time) -> timedelta:
    return _since_midnight(wall) or DAY


def _days(start: datetime, end: datetime, zone: ZoneInfo) -> Iterator[date]:
    if end <= start:
        return
    day, last = start.astimezone(zone).date() - DAY, end.astimezone(zone).date() + DAY
    while day <= last:
        yield day
        day += DAY


def _instants(day: date, span: Span, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    midnight = datetime.combine(day, time(), UTC)
    start, end = midnight + _since_midnight(span[0]), midnight + _to_midnight(span[1])
    for since, until, offset in _offsets(day, zone):
        begin, stop = max(start - offset, since), min(end - offset, until)
        if begin < stop:
            yield begin, stop


@lru_cache(maxsize=4096)
def _offsets(day: date, zone: ZoneInfo) -> tuple[tuple[datetime, datetime, timedelta], ...]:
    """Return the spans of one offset from UTC around a local day, each from, until, offset."""
    middle = datetime.combine(day, time(12), UTC)
    points = [middle + timedelta(hours=hours) for hours in range(-36, 37, 6)]
    edges = [points[0]]
    for before, after in pairwise(points):
        if _offset(before, zone) != _offset(after, zone):
            edges.append(_change(before, after, zone))
    edges.append(points[-1])
    return tuple((since, until, _offset(since, zone)) for since, until in pairwise(edges))


def _offset(at: datetime, zone: ZoneInfo) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def _change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Return the first whole second with the later offset."""
    seconds = int((after - before).total_seconds())
    low, high = 0, seconds
    while high - low > 1:
        half = (low + high) // 2
        if _offset(before + timedelta(seconds=half), zone) == _offset(before, zone):
            low = half
        else:
            high = half
    return before + timedelta(seconds=high)


def _merged(spans: list[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    merged: list[tuple[datetime, datetime]] = []
    for begin, stop in spans:
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((begin, stop))
    return merged
