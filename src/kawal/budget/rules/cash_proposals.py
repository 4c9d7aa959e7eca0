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


Curves = tuple[Mapping[str, Months], ...]  # by beginnings of codes; the first that knows counts


def proposals(
    lines: Iterable[PlanLineFacts], ways: Collection[Way], known: Known
) -> dict[int, Months]:
    """Return the months of each line for which one of the ways knows something.

    What contracts fix comes first, and the rest by the other ways; the sum is the ceiling to the
    sen. A line that lost its ceiling plans nothing any more.
    """
    curves = (_by_prefix(known.paid), _by_prefix(known.planned))
    found = {}
    for line in lines:
        months = _proposal(line, ways, known, curves) if line.ceiling > 0 else NO_MONTHS
        if months is not None:
            found[line.line_id] = months
    return found


def _proposal(
    line: PlanLineFacts, ways: Collection[Way], known: Known, curves: Curves
) -> Months | None:
    fixed = known.schedules.get(line.line_id) if Way.CONTRACTS in ways else None
    weights = _weights(line, ways, known, curves)
    if fixed is None or not any(fixed):
        return share(line.ceiling, weights) if weights else None
    rest = line.ceiling - sum(fixed, NIL)
    if rest < 0:
        return share(line.ceiling, fixed)
    added = share(rest, weights or fixed)
    return tuple(one + more for one, more in zip(fixed, added, strict=True))


def _weights(
    line: PlanLineFacts, ways: Collection[Way], known: Known, curves: Curves
) -> Months | None:
    if Way.LAST_YEAR in ways and (curve := _curve(line.account_code, curves)):
        return curve
    if Way.SHEET in ways:
        first, last = known.running.get(line.sheet_id, (1, MONTHS))
        extra = known.extra if _below(line.account_code, known.salaries) else ()
        return running(first, last, extra)
    return None


def _curve(code: str, curves: Curves) -> Months | None:
    """Return last year's months of the account, or of the objek or jenis above it."""
    for by_prefix in curves:
        for letters in PREFIXES:
            if found := by_prefix.get(code[:letters]):
                return found
    return None


def _by_prefix(year: Mapping[str, Months]) -> dict[str, Months]:
    """Return the sums of codes that begin alike; months below zero (returns) count nothing."""
    sums: dict[str, list[Decimal]] = {}
    for code, months in year.items():
        for prefix in {code[:letters] for letters in PREFIXES}:
            column = sums.setdefault(prefix, [NIL] * MONTHS)
            column[:] = [one + more for one, more in zip(column, months, strict=True)]
    curves = {prefix: tuple(max(one, NIL) for one in column) for prefix, column in sums.items()}
    return {prefix: curve for prefix, curve in curves.items() if any(curve)}


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
