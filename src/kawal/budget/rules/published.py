"""Whether a published budget closes, and where to look when it does not. Pure."""

from collections.abc import Mapping
from decimal import Decimal

from kawal.budget.facts.funds import NIL
from kawal.budget.facts.published import Closing


def closing(amounts: Mapping[str, Decimal]) -> Closing:
    """Return the sums of amounts by jenis: 4 revenue, 5 spending, 61 and 62 financing."""
    return Closing(*(_sum(amounts, beginning) for beginning in ("4", "5", "61", "62")))


def suspects(amounts: Mapping[str, Decimal], difference: Decimal) -> tuple[str, ...]:
    """Return the jenis that may explain a difference: where it has sen, those with sen; where it

    is a whole amount, those of just that amount. Nothing is said of a budget that closes.
    """
    if difference == 0:
        return ()
    if difference % 1:
        return tuple(sorted(code for code, amount in amounts.items() if amount % 1))
    return tuple(sorted(code for code, amount in amounts.items() if amount == abs(difference)))


def _sum(amounts: Mapping[str, Decimal], beginning: str) -> Decimal:
    return sum((a for code, a in amounts.items() if code.startswith(beginning)), NIL)
