"""The clocks of a budget year: what is due, for whom, how late, and what is done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kawal.budget.facts import YearFacts
from kawal.budget.facts.obligation_list import OBLIGATIONS
from kawal.budget.facts.obligations import Clock, ClockState, Mark, Obligation
from kawal.budget.models import ObligationMark
from kawal.budget.queries.happened import When, happened
from kawal.budget.queries.years import standing
from kawal.budget.rules.due_dates import DueRule, UnreadableRule, due_on, due_rule
from kawal.budget.rules.obligations import clock_state
from kawal.kernel.calendar import WorkingCalendar
from kawal.nomenclature import queries as nomenclature
from kawal.nomenclature.facts import ParameterFacts
from kawal.regions import queries as regions
from kawal.regions.facts import AgencyKind, Scope

Key = tuple[str, int | None]
EVERYTHING = Scope(everything=True)
OF_EACH = {AgencyKind.SKPD, AgencyKind.KECAMATAN}


@dataclass(frozen=True, slots=True)
class Year:
    """What a year's clocks are reckoned from, read once."""

    facts: YearFacts
    today: date
    calendar: WorkingCalendar
    parameters: Mapping[str, ParameterFacts]
    happened: When
    marks: Mapping[Key, Mark]
    agencies: tuple[int, ...]


def clocks(year: YearFacts, today: date, *, scope: Scope = EVERYTHING) -> list[Clock]:
    """Return the clocks of a budget year as they stand on a day, in the order of the year.

    Each SKPD has its own for what is due from each; those of a Perubahan are there once it began.
    Of the SKPD only those inside the scope are told; the city's own are for every reader.
    """
    known = _read(year, today)
    done: dict[Key, date | None] = {}
    found: list[Clock] = []
    for obligation in OBLIGATIONS:
        if obligation.only_after and (obligation.only_after, None) not in known.happened:
            continue
        for agency_id in known.agencies if obligation.each else (None,):
            clock = _clock(obligation, agency_id, known, done)
            done[obligation.key, agency_id] = clock.done_on
            if agency_id is None or agency_id in scope:
                found.append(clock)
    return found


def marks(year: int) -> dict[Key, Mark]:
    """Return the ticks that stand, by obligation and agency."""
    found: dict[Key, Mark] = {}
    for row in ObligationMark.objects.filter(year=year).order_by("pk"):
        key = (row.obligation, row.agency_id)
        found.pop(key, None)
        if row.done_on is not None:
            found[key] = Mark(*key, row.done_on, row.note, row.person_id)
    return found


def _read(year: YearFacts, today: date) -> Year:
    first = date(year.year, 1, 1)
    units = standing(year.year).values()
    return Year(
        year,
        today,
        regions.calendar(),
        {one.key: one for one in nomenclature.parameters(first)},
        happened(year.year),
        marks(year.year),
        tuple(
            one.id
            for one in sorted(units, key=lambda one: one.code)
            if one.parent_id is None and one.kind in OF_EACH
        ),
    )


def _clock(
    obligation: Obligation, agency_id: int | None, known: Year, done: Mapping[Key, date | None]
) -> Clock:
    says = known.parameters.get(obligation.parameter)
    rule = _rule(says)

    def done_before(key: str) -> date | None:
        return _done(key, agency_id, done)

    due = due_on(rule, known.facts.year, known.calendar, done_before) if rule else None
    mark = known.marks.get((obligation.key, agency_id))
    done_on = mark.done_on if mark else None
    if obligation.event:
        done_on = known.happened.get((obligation.event, agency_id))
    state = clock_state(
        due,
        done_on,
        known.today,
        kept_since=regions.today(known.facts.opened_at),
        soon_days=int(known.parameters["budget.calendar_soon"].number or 0),
    )
    upto = done_on or known.today
    late = due is not None and state in (ClockState.LATE, ClockState.DONE_LATE)
    return Clock(
        obligation,
        agency_id,
        state,
        due,
        done_on,
        says.text if says else "",
        says.legal_basis if says else "",
        says.certainty if says else None,
        (upto - due).days if late and due else 0,
        known.calendar.working_days_between(due, upto) if late and due else 0,
        mark,
    )


def _rule(says: ParameterFacts | None) -> DueRule | None:
    """Return the rule of a parameter; nothing when it is not there or cannot be read."""
    try:
        return due_rule(says.text) if says else None
    except UnreadableRule:
        return None


def _done(key: str, agency_id: int | None, done: Mapping[Key, date | None]) -> date | None:
    """Return when something was done: by the agency, by the city, or by the last of all SKPD."""
    if (key, agency_id) in done:
        return done[key, agency_id]
    if (key, None) in done:
        return done[key, None]
    each = [day for (one, _agency), day in done.items() if one == key]
    days = [day for day in each if day is not None]
    return max(days) if days and len(days) == len(each) else None
