"""How amounts roll up for a paper: along account codes, along the urusan chain. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate

from kawal.budget.facts.funds import NIL
from kawal.budget.facts.papers import AmountRow, Leaf, RecapRow
from kawal.budget.facts.published import Closing


def account_chain(code: str) -> list[str]:
    """Return a code with those above it, the top first: 5, 5.1, 5.1.02."""
    return list(accumulate(code.split("."), lambda above, part: f"{above}.{part}"))


def activity_chain(code: str) -> list[str]:
    """Return a sub kegiatan's codes from the urusan down; the kewenangan is no rung of its own."""
    rungs = account_chain(code)
    return [rung for place, rung in enumerate(rungs, 1) if place != 4]


def tree(
    leaves: Iterable[Leaf],
    names: Mapping[str, str],
    *,
    deepest: int = 6,
    chain: Callable[[str], list[str]] = account_chain,
) -> tuple[AmountRow, ...]:
    """Return leaves rolled up to every code above them, down to a depth, by code."""
    rows: dict[str, AmountRow] = {}
    for leaf in leaves:
        for depth, code in enumerate(chain(leaf.code)[:deepest], 1):
            known = rows.get(code) or AmountRow(code, names.get(code, ""), NIL, depth)
            rows[code] = replace(
                known,
                amount=known.amount + leaf.amount,
                before=_plus(known.before, leaf.before),
                months=_months(known.months, leaf.months),
            )
    return tuple(rows[code] for code in sorted(rows))


def closing_of(rows: Iterable[AmountRow], *, before: bool = False) -> Closing:
    """Return revenue, spending and financing of a tree's rows, now or before."""
    amounts = {row.code: (row.before or NIL) if before else row.amount for row in rows}
    return Closing(*(amounts.get(code, NIL) for code in ("4", "5", "6.1", "6.2")))


def recap(rows: Sequence[RecapRow], names: Mapping[str, str]) -> tuple[RecapRow, ...]:
    """Return sub kegiatan with the kegiatan, program, bidang and urusan above them, by code."""
    above: dict[str, RecapRow] = {}
    for row in rows:
        for depth, code in enumerate(activity_chain(row.code)[:-1], 1):
            known = above.get(code) or RecapRow(code, names.get(code, ""), depth, *(NIL,) * 4)
            above[code] = _with(known, row)
    leaves = [replace(row, depth=len(activity_chain(row.code))) for row in rows]
    return tuple(sorted([*above.values(), *leaves], key=lambda row: row.code))


def _with(sums: RecapRow, row: RecapRow) -> RecapRow:
    return replace(
        sums,
        operating=sums.operating + row.operating,
        capital=sums.capital + row.capital,
        contingency=sums.contingency + row.contingency,
        transfer=sums.transfer + row.transfer,
        before=_plus(sums.before, row.before),
        last_year=_plus(sums.last_year, row.last_year),
        next_year=_plus(sums.next_year, row.next_year),
    )


def _plus(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return one if other is None else (one or NIL) + other


def _months(one: tuple[Decimal, ...], other: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    if not one or not other:
        return one or other
    return tuple(a + b for a, b in zip(one, other, strict=True))
