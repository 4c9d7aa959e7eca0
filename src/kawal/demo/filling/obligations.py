"""Ticks off what the demo's officers have done of a budget year's calendar; one stays late."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from kawal.budget import queries as budget
from kawal.budget.actions.obligations import mark_fulfilled
from kawal.budget.facts.obligations import Clock, ClockState
from kawal.budget.queries.obligations import clocks
from kawal.regions import queries as regions
from kawal.regions.facts import ROLES

LEFT_LATE = frozenset({"third_quarter"})  # so that the room has something to press for
TURNS = 8  # an obligation that follows another begins only once that one is done
ONE_IN = 7  # of the agencies is three days late
NOTE = "Surat SIMULASI 900/%(serial)s/%(year)s"


def fill(year: int, *, at: datetime) -> int:
    """Tick off all that was due until an instant, each by who answers for it; return how many."""
    ticked = 0
    for _turn in range(TURNS):
        today = regions.today(at)
        late = [one for one in clocks(budget.year(year), today) if _is_ours(one)]
        done = sum(_tick(year, one, today, at) for one in late)
        ticked += done
        if not done:
            break
    return ticked


def _is_ours(one: Clock) -> bool:
    return (
        one.state is ClockState.LATE
        and one.obligation.event is None
        and one.obligation.key not in LEFT_LATE
    )


def _tick(year: int, one: Clock, today: date, at: datetime) -> bool:
    """Tick one off on the day that it was due; return whether anybody answers for it."""
    role = one.obligation.role
    agency = None if ROLES[role].of_city else one.agency_id
    holders = regions.holders(role, agency, today)
    if not holders or one.due is None:
        return False
    slow = one.agency_id is not None and one.agency_id % ONE_IN == 0
    done_on = min(one.due + timedelta(days=3 * slow), today)
    then = datetime.combine(done_on, time(10), regions.zone())
    mark_fulfilled(
        year,
        one.obligation.key,
        agency_id=one.agency_id,
        done_on=done_on,
        note=NOTE % {"serial": 100 + (one.agency_id or 0), "year": done_on.year},
        actor=replace(regions.actor(holders[0], None, at), at=min(then, at)),
    )
    return True
