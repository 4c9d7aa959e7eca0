"""Bringing a line down to an amount: its first components stay, the one on the edge is a remainder.

Amounts of components are computed by the database from volumes and prices, so a part of one cannot
always be said with them to the sen; the remainder is one package at the price that is left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kawal.budget.facts import NIL


@dataclass(frozen=True, slots=True)
class Trimmed:
    """What becomes of a line's components: those that go, and the one that keeps ``price``."""

    removed: tuple[int, ...] = ()
    remainder: int | None = None
    price: Decimal = NIL


def trimmed(components: Sequence[tuple[int, Decimal]], amount: Decimal) -> Trimmed:
    """Return how components (id and rupiah, in order) come down to an amount, to the sen.

    :raises ValueError: when together they are less than the amount.
    """
    if sum((one for _, one in components), NIL) < amount:
        raise ValueError("a line is only brought down")
    left, removed = amount, []
    remainder, price = None, NIL
    for identity, own in components:
        if own <= left:
            left -= own
        elif left > 0:
            remainder, price, left = identity, left, NIL
        else:
            removed.append(identity)
    return Trimmed(tuple(removed), remainder, price)
