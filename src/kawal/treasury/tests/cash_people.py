"""People of the cash desk: who stands in for a treasurer in the small city."""

from datetime import UTC, date, datetime
from typing import Any

from kawal.regions.facts import Acting, Actor, AppointmentFacts, Role

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
