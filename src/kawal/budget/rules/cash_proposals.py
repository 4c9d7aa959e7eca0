"""Twelve months as they may be expected: from contracts, last year's curve, the sheet's months."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kawal.budget.facts import MONTHS, NIL, NO_MONTHS, Months, PlanLineFacts, Way

SEN = Decimal("0.01")
PREFIXES = (17, 9, 6)  # letters of a code: sub rincian, objek, jenis


@dataclass(frozen=True, slots=True)
class Known:
    """What is known before a year: all that proposals are made of.

    ``schedules``: a line's payments by contract. ``paid`` and ``planned``: last year's sums of a
    unit by account code. ``running``: a sheet's first and last month. ``salaries``: the accounts
    (prefixes) that are paid once more in each of ``extra`` months, the 13th and 14th salary.
    """

    schedules: Mapping[int, Months]
    paid: Mapping[str, Months]
    planned: Mapping[str, Months]
    running: Mapping[int, tuple[int, int]]
    salaries: Sequence[str] = ()
    extra: Sequence[int] = ()


def proposals(
    lines: Iterable[PlanLineFacts], ways: Collection[Way], known: Known
) -> dict[int, Months]:
    """Return the months of each line for which one of the ways knows something.

    A line that lost its ceiling plans nothing any more.
    """
    found = {}
    for line in lines:
        months = proposal(line, ways, known) if line.ceiling > 0 else NO_MONTHS
        if months is not None:
            found[line.line_id] = months
    return found


def proposal(line: PlanLineFacts, ways: Collection[Way], known: Known) -> Months | None:
    """Return a line's months: what contracts fix, and the rest by the other ways; their sum is
    the ceiling to the sen. Nothing when no way that was asked for knows anything.
    """
    fixed = known.schedules.get(line.line_id) if Way.CONTRACTS in ways else None
    weights = _weights(line, ways, known)
    if fixed is None or not any(fixed):
        return share(line.ceiling, weights) if weights else None
    rest = line.ceiling - sum(fixed, NIL)
    if rest < 0:
        return share(line.ceiling, fixed)
    added = share(rest, weights or fixed)
    return tuple(one + more for one, more in zip(fixed, added, strict=True))


def _weights(line: PlanLineFacts, ways: Collection[Way], known: Known) -> Sequence[Decimal] | None:
    if Way.LAST_YEAR in ways and (curve := _curve(line.account_code, known)):
        return curve
    if Way.SHEET in ways:
        first, last = known.running.get(line.sheet_id, (1, MONTHS))
        extra = known.extra if _below(line.account_code, known.salaries) else ()
        return running(first, last, extra)
    return None


def _curve(code: str, known: Known) -> Months | None:
    """Return last year's months of the account, or of the objek or jenis above it."""
    for year in (known.paid, known.planned):
        for letters in PREFIXES:
            same = [m for other, m in year.items() if other[:letters] == code[:letters]]
            total = tuple(max(sum(column, NIL), NIL) for column in zip(*same, strict=True))
            if any(total):
                return total
    return None


def _below(code: str, prefixes: Iterable[str]) -> bool:
    return any(code == one or code.startswith(f"{one}.") for one in prefixes)


def running(first: int, last: int, extra: Collection[int] = ()) -> Months:
    """Return equal weights from a month to another, and one more for each extra payment in them."""
    return tuple(
        Decimal((first <= month <= last) * (1 + sum(month == one for one in extra)))
        for month in range(1, MONTHS + 1)
    )


def share(amount: Decimal, weights: Sequence[Decimal]) -> Months:
    """Return an amount in rupiah divided by weights, to the sen, by the largest remainder.

    :raises ValueError: without any weight.
    """
    scaled = [int(weight / SEN) for weight in weights]
    whole, sen = sum(scaled), int(amount / SEN)
    if whole <= 0:
        raise ValueError("nothing to divide by")
    parts, remainders = zip(*(divmod(sen * weight, whole) for weight in scaled), strict=True)
    left = sen - sum(parts)
    first = sorted(range(len(parts)), key=lambda place: (-remainders[place], place))[:left]
    return tuple(SEN * (part + (place in first)) for place, part in enumerate(parts))
