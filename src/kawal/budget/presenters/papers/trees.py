"""Summaries along the accounts and along the urusan chain: RKA and DPA, APBD, Penjabaran."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from kawal.budget.facts.papers import AmountRow, Form, RecapRow, RecapSheet, TreeSheet
from kawal.budget.facts.published import Closing
from kawal.budget.presenters.papers.detail import month_part
from kawal.budget.presenters.papers.parts import (
    AMOUNT,
    CODE,
    COMPARISON,
    GROUP,
    NAME,
    PLAIN,
    TOTAL,
    Column,
    Part,
    Row,
    amounts,
    in_words,
    table,
)
from kawal.budget.presenters.papers.words import joined, money
from kawal.budget.rules.papers import closing_of

ONE_SIDED = {Form.RKA_REVENUE, Form.DPA_REVENUE, Form.RKA_FINANCING, Form.DPA_FINANCING}
RECAP = (
    Column("Kode", "2.9cm"),
    Column("Uraian", "1fr"),
    Column("Sumber dana", "2.4cm"),
    Column("Lokasi", "2.4cm"),
    Column("Operasi (Rp)", "2.75cm", numeric=True),
    Column("Modal (Rp)", "2.75cm", numeric=True),
    Column("Tidak terduga (Rp)", "2.5cm", numeric=True),
    Column("Transfer (Rp)", "2.5cm", numeric=True),
    Column("Jumlah (Rp)", "2.9cm", numeric=True),
)
RECAP_COMPARED = (Column("Kode", "2.9cm"), Column("Uraian", "1fr"), *COMPARISON)


def tree_parts(sheet: TreeSheet) -> list[Part]:
    """Return the table of accounts with its sums, and the sum in words."""
    columns = (CODE, NAME, *(COMPARISON if sheet.compares else (AMOUNT,)))
    rows = [_account(row, sheet) for row in sheet.rows]
    sums, said = _sums(sheet)
    parts = [table(columns, [*rows, *sums]), in_words(said)]
    return [*parts, month_part(sheet.months)] if sheet.months else parts


def _account(row: AmountRow, sheet: TreeSheet) -> Row:
    style = GROUP if row.depth < _deepest(sheet.rows) else PLAIN
    cells = amounts(row.amount, row.before, compares=sheet.compares)
    return style, row.depth - 1, [row.code, row.name, *cells]


def _deepest(rows: Iterable[AmountRow]) -> int:
    return max((row.depth for row in rows), default=1)


def _sums(sheet: TreeSheet) -> tuple[list[Row], Decimal]:
    now, was = closing_of(sheet.rows), closing_of(sheet.rows, before=True)
    if sheet.form in ONE_SIDED:
        return [_sum(sheet, "Jumlah", _side(now), _side(was))], _side(now)
    sides = (
        ("Jumlah pendapatan", now.revenue, was.revenue),
        ("Jumlah belanja", now.spending, was.spending),
        ("Surplus/(defisit)", now.surplus, was.surplus),
        ("Pembiayaan neto", now.net, was.net),
        ("Sisa lebih pembiayaan tahun berkenaan (SILPA)", now.difference, was.difference),
    )
    shown = sides if sheet.form is Form.APBD_SUMMARY else sides[:-1]  # an agency has none
    return [_sum(sheet, *one) for one in shown], now.spending


def _side(closing: Closing) -> Decimal:
    """Return what a form of revenue or financing alone adds up to."""
    return closing.revenue or closing.net


def _sum(sheet: TreeSheet, name: str, amount: Decimal, before: Decimal) -> Row:
    return TOTAL, 0, ["", name, *amounts(amount, before, compares=sheet.compares)]


def recap_parts(sheet: RecapSheet) -> list[Part]:
    """Return the table of sub kegiatan with what stands above them, and the sum in words."""
    columns = RECAP_COMPARED if sheet.compares else RECAP
    whole = [row for row in sheet.rows if row.depth == 1]
    total = sum((row.total for row in whole), Decimal(0))
    rows = [_recap(row, compares=sheet.compares) for row in sheet.rows]
    rows.append((TOTAL, 0, ["", "Jumlah belanja", *_recap_sums(whole, total, sheet)]))
    return [table(columns, rows, size="8" if sheet.compares else "7.2"), in_words(total)]


def _recap(row: RecapRow, *, compares: bool) -> Row:
    style = GROUP if row.depth < 5 else PLAIN
    if compares:
        cells = amounts(row.total, row.before, compares=True)
        return style, row.depth - 1, [row.code, row.name, *cells]
    kinds = [money(x) for x in (row.operating, row.capital, row.contingency, row.transfer)]
    places = [joined([row.fund]), joined([row.places])] if row.depth == 5 else ["", ""]
    return style, row.depth - 1, [row.code, row.name, *places, *kinds, money(row.total)]


def _recap_sums(whole: Sequence[RecapRow], total: Decimal, sheet: RecapSheet) -> list[str]:
    if sheet.compares:
        return amounts(
            total, sum((r.before or Decimal(0) for r in whole), Decimal(0)), compares=True
        )
    kinds = ("operating", "capital", "contingency", "transfer")
    sums = [money(sum((getattr(row, kind) for row in whole), Decimal(0))) for kind in kinds]
    return ["", "", *sums, money(total)]
