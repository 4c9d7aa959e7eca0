"""What proposals of a cash plan are made of: contracts, last year's months, the sheets' months."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from kawal.budget import registry
from kawal.budget.facts import MONTHS, Months, PlanLineFacts
from kawal.budget.models.cash_plans import COLUMNS
from kawal.budget.queries.cash_plans import LATEST
from kawal.budget.rules.cash_proposals import Known
from kawal.nomenclature.queries import parameter
from kawal.regions.queries import zone

PAID = """
SELECT r.code, least(greatest(12 * (extract(year FROM e.at AT TIME ZONE %(zone)s) - %(year)s)
        + extract(month FROM e.at AT TIME ZONE %(zone)s), 1), 12)::int, sum(e.paid)
FROM budget_sheet s JOIN budget_line l ON l.sheet_id = s.id
JOIN budget_fundentry e ON e.line_id = l.id AND e.paid <> 0
JOIN nomenclature_account r ON r.id = l.account_id
WHERE s.year_id = %(year)s AND s.unit_id = %(unit)s GROUP BY 1, 2
"""
_SUMS = ", ".join(f"sum(c.{column})" for column in COLUMNS)
PLANNED = f"""
WITH {LATEST}
SELECT r.code, {_SUMS} FROM latest p JOIN budget_cashplanline c ON c.plan_id = p.id
JOIN budget_line l ON l.id = c.line_id JOIN nomenclature_account r ON r.id = l.account_id
WHERE p.unit_id = %(unit)s GROUP BY 1
"""  # noqa: S608 - every part is ours
RUNNING = """
SELECT DISTINCT ON (r.sheet_id) r.sheet_id, r.first_month, r.last_month
FROM budget_revision r WHERE r.sheet_id = ANY (%(sheets)s::bigint[]) AND r.state <> 'dropped'
ORDER BY r.sheet_id, r.state <> 'sealed', r.number DESC
"""


def known(year: int, unit_id: int, lines: Sequence[PlanLineFacts]) -> Known:
    """Return all that is known of a unit before a year: four queries, whatever its lines."""
    on = date(year, 1, 1)
    months = [parameter(f"budget.{name}", on).number for name in ("salary_13", "salary_14")]
    last = {"year": year - 1, "unit": unit_id, "zone": str(zone())}
    sheets = sorted({line.sheet_id for line in lines})
    return Known(
        schedules=registry.schedules(year, [line.line_id for line in lines]),
        paid=_paid(_rows(PAID, last)),
        planned={code: tuple(sums) for code, *sums in _rows(PLANNED, last)},
        running={sheet: (a, b) for sheet, a, b in _rows(RUNNING, {"sheets": sheets})},
        salaries=parameter("budget.salary_accounts", on).text.split(),
        extra=[int(month) for month in months if month],
    )


def _rows(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _paid(rows: list[tuple[Any, ...]]) -> dict[str, Months]:
    found: dict[str, list[Decimal]] = {}
    for code, month, amount in rows:
        found.setdefault(code, [Decimal(0)] * MONTHS)[month - 1] += amount
    return {code: tuple(months) for code, months in found.items()}
