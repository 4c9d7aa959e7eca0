"""Reads of the city itself: its clock, its working time, what its public may see."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from kawal.kernel.calendar import DatedWeek, Weekly, WorkingCalendar, business_date
from kawal.kernel.refusals import NotThere
from kawal.regions.facts import CityFacts, HolidayFacts, OpeningFacts, WorkingWeekFacts
from kawal.regions.models import City, Holiday, PublicOpening, WorkingWeek

BEFORE_A_CITY = "Asia/Jakarta"
USUAL = ((time(8), time(16)),)
USUAL_WEEK: Weekly = (USUAL, USUAL, USUAL, USUAL, USUAL, (), ())


def has_city() -> bool:
    """Tell whether a city was set up here."""
    return City.objects.exists()


def city() -> CityFacts:
    """Return this deployment's government.

    :raises NotThere: when none was set up.
    """
    row = City.objects.first()
    if row is None:
        raise NotThere("city")
    return row.as_facts()


def zone() -> ZoneInfo:
    """Return the city's time zone; WIB before there is a city."""
    return ZoneInfo(City.objects.values_list("zone", flat=True).first() or BEFORE_A_CITY)


def today(at: datetime) -> date:
    """Return the city's date at an instant."""
    return business_date(at, zone())


def calendar() -> WorkingCalendar:
    """Return the city's working time, every dated week of it.

    A day for which no week is on record has the usual hours, Monday to Friday 08.00-16.00.
    """
    weeks = WorkingWeek.objects.prefetch_related("spans").order_by("valid_from")
    return WorkingCalendar(
        holidays=frozenset(holidays()),
        weekly=USUAL_WEEK,
        zone=zone(),
        weeks=tuple(
            DatedWeek(week.valid_from, week.valid_until or date.max, _weekly(week))
            for week in weeks
        ),
    )


def holidays() -> dict[date, str]:
    """Return the days on which the offices are closed, with their names, in order."""
    rows = Holiday.objects.filter(cancelled_by="").order_by("day")
    return dict(rows.values_list("day", "name"))


def holidays_of(year: int) -> list[HolidayFacts]:
    """Return a year's holidays, those that were cancelled too, in order."""
    rows = Holiday.objects.filter(day__year=year).order_by("day")
    return [row.as_facts() for row in rows]


def working_weeks() -> list[WorkingWeekFacts]:
    """Return every week of office hours, the last first."""
    weeks = WorkingWeek.objects.prefetch_related("spans").order_by("-valid_from")
    return [
        WorkingWeekFacts(
            week.name, week.valid_from, week.valid_until, week.legal_basis, _weekly(week)
        )
        for week in weeks
    ]


def openings() -> list[OpeningFacts]:
    """Return every opening of a module to the public, the last first."""
    return [row.as_facts() for row in PublicOpening.objects.order_by("-opened_at", "-pk")]


def opened_modules() -> list[OpeningFacts]:
    """Return the modules that the public sees now, by name."""
    rows = PublicOpening.objects.filter(closed_at__isnull=True).order_by("module")
    return [row.as_facts() for row in rows]


def is_open(module: str) -> bool:
    """Tell whether the public may see a module."""
    return PublicOpening.objects.filter(module=module, closed_at__isnull=True).exists()


def _weekly(week: WorkingWeek) -> Weekly:
    days: list[list[tuple[time, time]]] = [[] for _ in range(7)]
    for span in sorted(week.spans.all(), key=lambda span: span.start_minute):
        days[span.weekday].append((_wall(span.start_minute), _wall(span.end_minute)))
    return tuple(tuple(day) for day in days)


def _wall(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)
