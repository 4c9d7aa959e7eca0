"""What every action of the cash desk asks first: who he is, whether he may, and every reason."""

from collections.abc import Iterable

from kawal.kernel.refusals import Reason, Refused
from kawal.kernel.words import N_
from kawal.regions.facts import Actor
from kawal.regions.permissions import require


def check(reasons: Iterable[Reason]) -> None:
    """Refuse when there is a reason.

    :raises Refused: with all of them.
    """
    found = list(reasons)
    if found:
        raise Refused(found)


def person_of(actor: Actor) -> int:
    """Return the natural person who acts.

    :raises Refused: when nobody is signed in.
    """
    if actor.person_id is None:
        raise Refused([Reason("treasury.nobody", N_("Masuklah dahulu."))])
    return actor.person_id


def require_own(actor: Actor, act: str, unit_id: int) -> int:
    """Return who acts, when he may do so for the unit.

    :raises Refused: otherwise.
    """
    require(actor, act, unit_id)
    return person_of(actor)
