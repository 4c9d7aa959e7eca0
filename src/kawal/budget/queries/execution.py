"""What became of the year by agency: planned, released, committed, paid; and month by month."""

from collections.abc import Collection, Iterable
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from kawal.budget.facts import MONTHS, Execution, MonthOfYear
from kawal.budget.queries.cash_plans import LATEST, SPENDS, to_month
from kawal.regions.queries import agencies, units_below, zone

UNITS = f"""
WITH {LATEST}, planned AS (
    SELECT c.line_id, {{months}} AS plan
    FROM latest p JOIN budget_cashplanline c ON c.plan_id = p.id
)
SELECT s.unit_id, coalesce(sum(p.plan), 0.00), sum(f.ceiling), sum(f.released), sum(f.reserved),
    sum(f.committed), sum(f.paid)
FROM budget_sheet s JOIN budget_line l ON l.sheet_id = s.id
JOIN nomenclature_account r ON r.id = l.account_id
JOIN budget_funds f ON f.line_id = l.id
LEFT JOIN planned p ON p.line_id = l.id
WHERE s.year_id = %(year)s AND {SPENDS}
GROUP BY s.unit_id
"""  # noqa: S608 - every part is ours
PLAN_BY_MONTH = f"""
WITH {LATEST}
SELECT {", ".join(f"coalesce(sum(c.m{month}), 0.00)" for month in range(1, MONTHS + 1))}
FROM latest p JOIN budget_cashplanline c ON c.plan_id = p.id
JOIN budget_line l ON l.id = c.line_id JOIN budget_sheet s ON s.id = l.sheet_id
JOIN nomenclature_account r ON r.id = l.account_id
WHERE {SPENDS} AND s.unit_id = ANY (%(units)s::bigint[])
"""  # noqa: S608 - every part is ours
BOOKED_BY_MONTH = f"""
SELECT least(greatest(12 * (extract(year FROM e.day) - %(year)s)
        + extract(month FROM e.day), 1), 12)::int AS month,
    coalesce(sum(e.released), 0.00), coalesce(sum(e.paid), 0.00)
FROM (
    SELECT line_id, released, paid, at AT TIME ZONE %(zone)s AS day FROM budget_fundentry
    WHERE released <> 0 OR paid <> 0
) e
JOIN budget_line l ON l.id = e.line_id JOIN budget_sheet s ON s.id = l.sheet_id
JOIN nomenclature_account r ON r.id = l.account_id
WHERE s.year_id = %(year)s AND {SPENDS} AND s.unit_id = ANY (%(units)s::bigint[])
GROUP BY 1
"""  # noqa: S608 - every part is ours


def execution(year: int, on: date) -> list[Execution]:
    """Return what every topmost agency, with its units, has done with the year's spending.

    ``plan`` is the cash plan in force to the end of the month of ``on``; the balances are those
    of now, in rupiah. Agencies are those of that day, in the order of their codes; one without
    any spending is left out. Spending is belanja and pengeluaran pembiayaan.
    """
    units = _units(year, month_of(year, on))
    tops = [agency.id for agency in agencies(on) if agency.parent_id is None]
    below = units_below(tops, on)
    every = {top: [units[unit] for unit in {top, *below[top]} & units.keys()] for top in tops}
    return [together(top, found) for top, found in every.items() if found]


def unit_execution(year: int, on: date) -> dict[int, Execution]:
    """Return the same by unit, each for itself without the units below it."""
    return _units(year, month_of(year, on))


def month_of(year: int, on: date) -> int:
    """Return the month of a day in a year: 0 before it, 12 after it."""
    return 0 if on.year < year else MONTHS if on.year > year else on.month


def _units(year: int, month: int) -> dict[int, Execution]:
    with connection.cursor() as cursor:
        cursor.execute(UNITS.format(months=to_month(month, "c")), {"year": year})
        return {row[0]: Execution(*row) for row in cursor.fetchall()}


def together(agency_id: int, parts: Iterable[Execution]) -> Execution:
    """Return the sum of parts: money is added, never percentages."""
    names = [field.name for field in fields(Execution)][1:]
    every = list(parts)
    sums = (sum((getattr(one, name) for one in every), Decimal(0)) for name in names)
    return Execution(agency_id, *sums)


def months_of_year(year: int, unit_ids: Collection[int]) -> list[MonthOfYear]:
    """Return the twelve months of some units together, each sum from January on, in rupiah.

    What was booked outside the year counts in its first or last month.
    """
    values: dict[str, Any] = {"year": year, "units": sorted(unit_ids), "zone": str(zone())}
    with connection.cursor() as cursor:
        cursor.execute(PLAN_BY_MONTH, values)
        plan = list(cursor.fetchone())
        cursor.execute(BOOKED_BY_MONTH, values)
        booked = {row[0]: row[1:] for row in cursor.fetchall()}
    found, before = [], MonthOfYear(0)
    for month in range(1, MONTHS + 1):
        released, paid = booked.get(month, (Decimal(0), Decimal(0)))
        before = MonthOfYear(
            month, before.plan + plan[month - 1], before.released + released, before.paid + paid
        )
        found.append(before)
    return found
