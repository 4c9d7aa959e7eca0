"""The person behind an action."""

from kawal.kernel.refusals import Reason, Refused
from kawal.kernel.words import N_
from kawal.regions.facts import Actor


def person_of(actor: Actor) -> int:
    """Return the id of the person who acts.

    :raises Refused: when nobody is signed in.
    """
    if actor.person_id is None:
        raise Refused([Reason("regions.nobody", N_("Masuklah dahulu."))])
    return actor.person_id
