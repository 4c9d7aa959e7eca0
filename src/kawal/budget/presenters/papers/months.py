"""The cash plan (RAK): twelve months beside each other, and what they add up to."""

from decimal import Decimal

from kawal.budget.facts.papers import MONTHS, AmountRow, PlanSheet
from kawal.budget.presenters.papers.parts import (
    GROUP,
    PLAIN,
    TOTAL,
    Column,
    Part,
    Row,
    in_words,
    table,
)
from kawal.budget.presenters.papers.words import MONTH_NAMES, money

COLUMNS = (
    Column("Kode", "2.9cm"),
    Column("Uraian", "1fr"),
    Column("Anggaran (Rp)", "2.7cm", numeric=True),
    *(Column(f"{name} (Rp)", "2.5cm", numeric=True) for name in MONTH_NAMES),
)


def plan_parts(sheet: PlanSheet) -> list[Part]:
    """Return the table of months, spread over the year, its quarters and the sum in words."""
    deepest = max((row.depth for row in sheet.rows), default=1)
    tops = [row for row in sheet.rows if row.depth == 1]
    total = sum((row.amount for row in tops), Decimal(0))
    months = [sum((_month(row, m) for row in tops), Decimal(0)) for m in range(MONTHS)]
    rows = [_plan_row(row, GROUP if row.depth < deepest else PLAIN) for row in sheet.rows]
    rows.append((TOTAL, 0, ["", "Jumlah", money(total), *map(money, months)]))
    return [table(COLUMNS, rows, size="7"), _quarters(months), in_words(total)]


def _plan_row(row: AmountRow, style: str) -> Row:
    months = (money(_month(row, place)) for place in range(MONTHS))
    return style, row.depth - 1, [row.code, row.name, money(row.amount), *months]


def _month(row: AmountRow, place: int) -> Decimal:
    return row.months[place] if row.months else Decimal(0)


def _quarters(months: list[Decimal]) -> Part:
    names = ("Triwulan I", "Triwulan II", "Triwulan III", "Triwulan IV")
    columns = tuple(Column(f"{name} (Rp)", "1fr", numeric=True) for name in names)
    sums = [sum(months[start : start + 3], Decimal(0)) for start in range(0, MONTHS, 3)]
    return table(columns, [(TOTAL, 0, list(map(money, sums)))], title="Per triwulan", names=-1)
