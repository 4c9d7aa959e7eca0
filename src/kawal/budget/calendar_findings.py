"""Tells the command centre which obligations of the opened budget years are late."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.urls import reverse

from kawal.budget.facts.obligations import Clock, ClockState
from kawal.budget.queries.obligations import clocks
from kawal.budget.queries.years import years
from kawal.monitoring.facts import Severity
from kawal.monitoring.findings import FindingDraft, Source
from kawal.nomenclature.queries import parameter
from kawal.regions import queries as regions
from kawal.regions.facts import Role


def late(at: datetime) -> Iterator[FindingDraft]:
    """Yield the obligations of every opened year that are late at an instant."""
    today, calendar, zone = regions.today(at), regions.calendar(), regions.zone()
    for year in years():
        after = int(parameter("budget.calendar_raise", date(year.year, 1, 1)).number or 0)
        for clock in clocks(year, today):
            if clock.state is ClockState.LATE and clock.due is not None:
                yield finding(
                    year.year,
                    clock,
                    since=datetime.combine(clock.due, time.max, zone),
                    raised_on=calendar.add_working_days(clock.due, after),
                )


def finding(year: int, clock: Clock, *, since: datetime, raised_on: date) -> FindingDraft:
    """Return what the room sees of a late obligation; its day is over at midnight in the city."""
    obligation, due = clock.obligation, clock.due
    assert due is not None
    return FindingDraft(
        key=key_of(year, obligation.key, clock.agency_id),
        agency_id=clock.agency_id,
        role=obligation.role,
        severity=Severity.MEDIUM if obligation.each else Severity.HIGH,
        text=obligation.label,
        instruction=obligation.instruction,
        about=f"APBD {year}",
        since=since,
        due=due,
        link=f"{reverse('budget:calendar', args=[year])}#{obligation.key}",
        escalate_to=Role.KEPALA_DAERAH if obligation.role is Role.SEKDA else Role.SEKDA,
        escalate_on=raised_on,
    )


def key_of(year: int, key: str, agency_id: int | None) -> str:
    """Return the key under which the room knows an obligation of a year."""
    return f"{year}:{key}:{agency_id or 'kota'}"


SOURCE = Source("budget.calendar", late)
