"""People of the cash desk: who stands in for a treasurer in the small city."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from kawal.regions.facts import Acting, Actor, AppointmentFacts, Role
from kawal.treasury.actions.up_limits import set_up_limit

AT = datetime(2027, 3, 1, 2, 0, tzinfo=UTC)


def treasurer_of(
    world: Any,
    unit: int,
    *,
    person: str = "dewi",
    role: Role = Role.BENDAHARA_PENGELUARAN,
    at: datetime = AT,
) -> Actor:
    """Return somebody who holds a treasurer's post at a unit alone."""
    person_id = world.government.persons[person]
    post = AppointmentFacts(
        id=1,
        person_id=person_id,
        role=role,
        agency_id=unit,
        acting=Acting.DEFINITIVE,
        valid_from=date(2027, 1, 1),
        valid_until=None,
        covers=frozenset({unit}),
    )
    return Actor(person_id, world.login_id(person), (post,), at)


def decreed_up(world: Any, unit: int, amount: str, *, kkpd: str = "0") -> None:
    """Let the PPKD enter a decree on the unit's UP of 2027."""
    set_up_limit(
        2027,
        unit,
        Decimal(amount),
        kkpd=Decimal(kkpd),
        decree="900/1/2027",
        decree_on=date(2027, 1, 4),
        actor=world.actor("ppkd", AT),
    )
