"""The demo city's whole budget: sheets with lines that add up to the published sums by jenis."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from kawal.demo.budget import lines as made
from kawal.demo.budget.parts import split
from kawal.demo.budget.pools import CAPITAL, CAPITAL_ACCOUNTS, OWN_CAPITAL, accounts_for
from kawal.demo.budget.salaries import pay
from kawal.demo.budget.sheets import BudgetPlan, PlannedLine, PlannedSheet
from kawal.demo.budget.size import CITY, Size
from kawal.demo.budget.units import spending_sheets
from kawal.demo.chance import dice
from kawal.demo.facts import budget as facts
from kawal.demo.facts.agencies import BY_SHORT

SALARY = re.compile(r"gaji dan tunjangan asn", re.IGNORECASE)


@cache
def plan(size: Size = CITY) -> BudgetPlan:
    """Return the budget: the same in every process, exact to the sen by jenis."""
    needed = [one.activity for one in facts.EARMARKED] + [row[1] for row in facts.ALONE]
    sheets = spending_sheets(size, needed)
    by_unit: dict[str, list[PlannedSheet]] = defaultdict(list)
    for sheet in sheets:
        by_unit[sheet.unit].append(sheet)
    for earmark in facts.EARMARKED:
        _earmarked(earmark, by_unit)
    for alone in _jenis_alone():
        _alone(alone, by_unit)
    for place, jenis in enumerate(facts.JENIS):
        _spread(jenis, place, by_unit, size)
    _true_up(sheets)
    return BudgetPlan((*_revenue(), *_financing(), *(sheet for sheet in sheets if sheet.lines)))


def _earmarked(one: facts.Earmark, by_unit: dict[str, list[PlannedSheet]]) -> None:
    units = [one.unit]
    if one.unit == "kelurahan":
        units = [short for short, unit in BY_SHORT.items() if unit.kind == "kelurahan"]
    for unit, part in zip(units, split(int(one.amount), [1] * len(units), 1000), strict=True):
        sheet = _under(by_unit[unit], one.activity)
        sheet.lines += made.fixed(one.accounts, one.fund, part, unit, one.fund)


def _jenis_alone() -> list[str]:
    return sorted({account[:6] for _, _, account, _ in facts.ALONE})


def _alone(jenis: str, by_unit: dict[str, list[PlannedSheet]]) -> None:
    rows = [row for row in facts.ALONE if row[2].startswith(jenis)]
    left = _left(jenis, (sheet for some in by_unit.values() for sheet in some))
    parts = split(left, [weight for *_, weight in rows], 100)
    for (unit, activity, account, _), part in zip(rows, parts, strict=True):
        line = PlannedLine(account, facts.GENERAL[0], [made.lump(account, part)], is_fixed=True)
        _under(by_unit[unit], activity).lines.append(line)


def _spread(jenis: str, place: int, by_unit: dict[str, list[PlannedSheet]], size: Size) -> None:
    """Divide what a jenis has left among the units, each unit's part among its sheets."""
    units = list(by_unit)
    weights = [facts.weights_of(unit, BY_SHORT[unit].kind)[place] for unit in units]
    left = _left(jenis, (sheet for some in by_unit.values() for sheet in some))
    for unit, part in zip(units, split(left, weights, 1000), strict=True):
        if not part:
            continue
        if jenis == "5.1.01":
            pay(by_unit[unit], part, _salaries(by_unit[unit]))
        elif jenis == "5.1.02":
            _goods(by_unit[unit], part, size)
        else:
            _capital(jenis, by_unit[unit], part)


def _goods(sheets: Sequence[PlannedSheet], amount: int, size: Size) -> None:
    working = [one for one in sheets if not SALARY.search(one.name)]
    weights = [(1 + dice(9, "size", one.unit, one.activity)) ** 2 for one in working]
    for sheet, part in zip(working, split(amount, weights, 1000), strict=True):
        taken = {(line.account, line.fund) for line in sheet.lines}
        wanted = accounts_for(sheet.activity, sheet.name, sheet.unit, size)
        seed = (sheet.unit, sheet.activity)
        sizes = [w * (2 + dice(9, "amount", a, *seed)) for a, w in wanted]
        for (account, _), sized in zip(wanted, split(part, sizes), strict=True):
            fund = facts.GENERAL[dice(len(facts.GENERAL), "fund", account[:12], *seed)]
            if sized > 0 and (account, fund) not in taken:
                sheet.lines.append(made.line(account, fund, sized, *seed))


def _capital(jenis: str, sheets: Sequence[PlannedSheet], amount: int) -> None:
    """Put capital spending where the names of the sub kegiatan speak of it, a few lines each."""
    found = _speaking(jenis, sheets)[: 1 + min(amount // 500_000_000, 11)]
    weights = [2 + dice(9, "capital", jenis, one.unit, one.activity) for one in found]
    for sheet, part in zip(found, split(amount, weights, 1000), strict=True):
        accounts = _capital_accounts(jenis, sheet, part)
        taken = {line.account for line in sheet.lines}
        accounts = [one for one in accounts if one[0] not in taken] or accounts[:1]
        for (account, _), sized in zip(
            accounts, split(part, [w for _, w in accounts], 1000), strict=True
        ):
            fund = facts.GENERAL[0]
            sheet.lines.append(made.delivered(account, fund, sized, sheet.unit, sheet.activity))


def _capital_accounts(jenis: str, sheet: PlannedSheet, amount: int) -> list[tuple[str, int]]:
    own = OWN_CAPITAL.get((sheet.activity[:4], jenis), ())
    known = [*own, *CAPITAL_ACCOUNTS[jenis]]
    return known[: 1 + min(amount // 60_000_000, len(known) - 1)]


def _speaking(jenis: str, sheets: Sequence[PlannedSheet]) -> list[PlannedSheet]:
    working = [one for one in sheets if not SALARY.search(one.name)]
    for words in CAPITAL[jenis]:
        found = [one for one in working if re.search(words, one.name, re.IGNORECASE)]
        if found:
            return found
    return working


def _true_up(sheets: Iterable[PlannedSheet]) -> None:
    """Let sums of no standard price take what goods bought whole have left, jenis by jenis."""
    kept = list(sheets)
    for jenis in facts.JENIS:
        left = _left(jenis, kept)
        free = [line for sheet in kept for line in sheet.lines if line.jenis == jenis]
        lumps = [one for line in free if (one := line.lump)]
        sizes = [one.price for one in lumps]
        for one, part in zip(lumps, split(left, sizes, 1000), strict=True):
            one.price += part


def _left(jenis: str, sheets: Iterable[PlannedSheet]) -> int:
    """Return what the published sum of a jenis has left, in rupiah."""
    planned = sum(line.amount for one in sheets for line in one.lines if line.jenis == jenis)
    return int(facts.PUBLISHED[jenis]) - planned


def _revenue() -> Iterator[PlannedSheet]:
    rows: dict[str, list[PlannedLine]] = defaultdict(list)
    for one in facts.EARMARKED:
        lump = made.lump(one.revenue, int(one.amount))
        same = [x for x in rows["BPKAD"] if (x.account, x.fund) == (one.revenue, one.fund)]
        if same:
            same[0].components[0].price += lump.price
        else:
            rows["BPKAD"].append(PlannedLine(one.revenue, one.fund, [lump], is_fixed=True))
    planned = [line for some in rows.values() for line in some]
    for jenis in sorted({account[:6] for _, account, _, _ in facts.REVENUE}):
        given = [row for row in facts.REVENUE if row[1].startswith(jenis)]
        left = int(facts.PUBLISHED[jenis])
        left -= sum(line.amount for line in planned if line.jenis == jenis)
        for (unit, account, fund, _), part in zip(
            given, split(left, [row[3] for row in given], 1000), strict=True
        ):
            rows[unit].append(PlannedLine(account, fund, [made.lump(account, part)]))
    for unit, some in rows.items():
        yield PlannedSheet(unit, "revenue", lines=some)


def _financing() -> Iterator[PlannedSheet]:
    rows = [
        PlannedLine(account, fund, [made.lump(account, int(facts.PUBLISHED[account[:6]]))])
        for account, fund in facts.FINANCING
    ]
    yield PlannedSheet("BPKAD", "financing", lines=rows)


def _salaries(sheets: Sequence[PlannedSheet]) -> PlannedSheet:
    return next(one for one in sheets if SALARY.search(one.name))


def _under(sheets: Sequence[PlannedSheet], activity: str) -> PlannedSheet:
    """Return the first sheet of a sub kegiatan, or of those below a code."""
    return next(one for one in sheets if f"{one.activity}.".startswith(f"{activity}."))
