"""When something is due, as a regulation says it: read, and reckoned on the city's calendar; pure.

``30 November tahun-1`` that day of the year before; ``akhir Juli tahun`` the month's last day;
``minggu ke-2 Juli tahun`` the last working day of the month's second seven days (8 to 14);
``3 hari kerja setelah agreed`` working days after another obligation was done, or after a rule;
``60 hari kalender sebelum 30 November tahun-1`` calendar days before. Fixed days stay where the
law puts them, also on a Sunday.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from kawal.kernel.calendar import WorkingCalendar

MONTHS = (
    "januari",
    "februari",
    "maret",
    "april",
    "mei",
    "juni",
    "juli",
    "agustus",
    "september",
    "oktober",
    "november",
    "desember",
)
YEAR = r"(?P<month>[A-Za-z]+) tahun(?P<shift>[+-]\d)?"
DAY = re.compile(rf"(?P<day>\d{{1,2}}) {YEAR}")
WEEK = re.compile(rf"minggu ke-(?P<week>[1-4]) {YEAR}")
END = re.compile(rf"akhir {YEAR}")
SPAN = re.compile(
    r"(?P<days>\d{1,3}) hari (?P<kind>kerja|kalender) (?P<way>setelah|sebelum) (?P<of>.+)"
)
KEY = re.compile(r"[a-z_]+")


class UnreadableRule(ValueError):
    """A rule that cannot be read; the message is the rule."""


@dataclass(frozen=True, slots=True)
class OnDay:
    """A day of a month, or its last one; ``shift`` years from the budget year."""

    day: int | None
    month: int
    shift: int


@dataclass(frozen=True, slots=True)
class InWeek:
    """The last working day of a month's n-th seven days."""

    week: int
    month: int
    shift: int


@dataclass(frozen=True, slots=True)
class Apart:
    """Days after (or, negative, before) another rule, or after an obligation was done."""

    days: int
    working: bool
    of: "str | DueRule"


DueRule = OnDay | InWeek | Apart


def due_rule(text: str) -> DueRule:
    """Read a rule.

    :raises UnreadableRule: when it is none.
    """
    text = text.strip()
    if found := SPAN.fullmatch(text):
        days = int(found["days"]) * (1 if found["way"] == "setelah" else -1)
        of = found["of"].strip()
        return Apart(days, found["kind"] == "kerja", of if KEY.fullmatch(of) else due_rule(of))
    if found := WEEK.fullmatch(text):
        return InWeek(int(found["week"]), _month(found, text), int(found["shift"] or 0))
    if found := END.fullmatch(text):
        return OnDay(None, _month(found, text), int(found["shift"] or 0))
    if (found := DAY.fullmatch(text)) and 1 <= int(found["day"]) <= 31:
        return OnDay(int(found["day"]), _month(found, text), int(found["shift"] or 0))
    raise UnreadableRule(text)


def due_on(
    rule: DueRule,
    year: int,
    calendar: WorkingCalendar,
    done: Callable[[str], date | None],
) -> date | None:
    """Return the day; nothing while it follows from something that is not done.

    ``done`` returns when an obligation was done, by its key.
    """
    match rule:
        case OnDay():
            return _day(rule, year)
        case InWeek():
            return _last_working_day(rule, year, calendar)
        case Apart():
            begins = done(rule.of) if isinstance(rule.of, str) else None
            if not isinstance(rule.of, str):
                begins = due_on(rule.of, year, calendar, done)
            if begins is None:
                return None
            if rule.working:
                return calendar.add_working_days(begins, rule.days)
            return begins + timedelta(days=rule.days)


def _day(rule: OnDay, year: int) -> date:
    """Return the day; one that the month does not have is its last."""
    last = monthrange(year + rule.shift, rule.month)[1]
    return date(year + rule.shift, rule.month, min(rule.day or last, last))


def _last_working_day(rule: InWeek, year: int, calendar: WorkingCalendar) -> date:
    """Return the week's last working day; in a week of holidays the last one before it."""
    day = date(year + rule.shift, rule.month, 7 * rule.week)
    return day if calendar.is_working_day(day) else calendar.add_working_days(day, -1)


def _month(found: re.Match[str], text: str) -> int:
    name = found["month"].lower()
    if name not in MONTHS:
        raise UnreadableRule(text)
    return MONTHS.index(name) + 1
