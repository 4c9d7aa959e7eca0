"""Funds left for pages and downloads: sheets of units, lines in their place, a line's movements."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django.db import connection

from kawal.budget.facts import (
    BALANCES,
    Delta,
    Execution,
    FundMovement,
    LineFunds,
    Movement,
    Paper,
    SheetFunds,
    SheetKind,
)
from kawal.budget.models import FundEntry, Line
from kawal.budget.queries.cash_plans import LATEST, SPENDS, to_month
from kawal.budget.queries.execution import month_of
from kawal.kernel.refusals import NotThere

_FROM = f"""
FROM budget_sheet s JOIN budget_line l ON l.sheet_id = s.id
LEFT JOIN nomenclature_activity a ON a.id = s.activity_id
JOIN nomenclature_account r ON r.id = l.account_id
JOIN nomenclature_fund d ON d.id = l.fund_id
JOIN budget_funds f ON f.line_id = l.id
LEFT JOIN planned p ON p.line_id = l.id
WHERE s.year_id = %(year)s AND {SPENDS}
    AND (%(units)s::bigint[] IS NULL OR s.unit_id = ANY (%(units)s::bigint[]))
    AND (%(sheet)s::bigint IS NULL OR s.id = %(sheet)s)
    AND (%(line)s::bigint IS NULL OR l.id = %(line)s)
"""
_PLANNED = f"""
WITH {LATEST}, planned AS (
    SELECT c.line_id, {{months}} AS plan
    FROM latest p JOIN budget_cashplanline c ON c.plan_id = p.id
)
"""  # noqa: S608 - every part is ours
SHEETS = f"""{_PLANNED}
SELECT s.id, s.unit_id, s.kind, coalesce(a.code, ''), coalesce(a.name, ''),
    coalesce(sum(p.plan), 0.00), sum(f.ceiling), sum(f.released), sum(f.reserved),
    sum(f.committed), sum(f.paid)
{_FROM} GROUP BY s.id, a.code, a.name ORDER BY s.unit_id, s.kind = 'financing', a.code, s.id
"""
LINES = f"""{_PLANNED}
SELECT l.id, s.id, s.unit_id, s.year_id, coalesce(a.code, ''), coalesce(a.name, ''), r.code,
    r.name, d.code, d.name, coalesce(p.plan, 0.00), f.ceiling, f.released, f.reserved, f.committed,
    f.paid
{_FROM} ORDER BY s.unit_id, s.kind = 'financing', a.code, s.id, r.code, d.code, l.id
"""


def sheets_left(year: int, unit_ids: Collection[int], on: date) -> list[SheetFunds]:
    """Return what the spending sheets of units have; one without any movement is left out."""
    return [
        SheetFunds(sheet, unit, SheetKind(kind), code, name, Execution(unit, *sums))
        for sheet, unit, kind, code, name, *sums in _rows(SHEETS, year, on, units=unit_ids)
    ]


def lines_left(
    year: int, on: date, *, unit_ids: Collection[int] | None = None, sheet_id: int | None = None
) -> list[LineFunds]:
    """Return what the lines of a sheet, of units or of the whole year have."""
    return [_line(row) for row in _rows(LINES, year, on, units=unit_ids, sheet=sheet_id)]


def line_left(line_id: int, year: int, on: date) -> LineFunds:
    """Return what one line has.

    :raises NotThere: when it is no spending line of the year, or nothing ever moved on it.
    """
    found = _rows(LINES, year, on, line=line_id)
    if not found:
        raise NotThere(f"line {line_id}")
    return _line(found[0])


def year_of_line(line_id: int) -> int:
    """Return the budget year of a line.

    :raises NotThere: when there is none.
    """
    year = Line.objects.filter(pk=line_id).values_list("sheet__year", flat=True).first()
    if year is None:
        raise NotThere(f"line {line_id}")
    return int(year)


def movements(line_id: int) -> Iterator[FundMovement]:
    """Yield what moved on a line, the newest first."""
    rows = FundEntry.objects.filter(line=line_id).order_by("-pk")
    for row in rows.iterator():
        yield FundMovement(
            Movement(row.kind),
            Delta(*(getattr(row, name) for name in BALANCES)),
            Paper(row.document_kind, row.document_id),
            row.reason,
            row.at,
            row.person_id,
        )


def _line(row: tuple[Any, ...]) -> LineFunds:
    line, sheet, unit, year, activity, activity_name, account, account_name, *more = row
    fund, fund_name, *sums = more
    return LineFunds(
        line_id=line,
        sheet_id=sheet,
        unit_id=unit,
        year=year,
        activity_code=activity,
        activity_name=activity_name,
        account_code=account,
        account_name=account_name,
        fund_code=fund,
        fund_name=fund_name,
        sums=Execution(unit, *sums),
    )


def _rows(
    sql: str,
    year: int,
    on: date,
    *,
    units: Collection[int] | None = None,
    sheet: int | None = None,
    line: int | None = None,
) -> list[tuple[Any, ...]]:
    values = {
        "year": year,
        "units": None if units is None else sorted(units),
        "sheet": sheet,
        "line": line,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql.format(months=to_month(month_of(year, on), "c")), values)
        return list(cursor.fetchall())
