"""What is left: by line, sheet, unit and agency; and whether the balances are what was booked."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Sum

from kawal.budget.facts import BALANCES, Delta, FundsFacts, FundsFault, FundSums, Movement, Paper
from kawal.budget.models import FundEntry, Funds
from kawal.regions.queries import agencies, units_below

DIFFERENT = """
WITH booked AS (
    SELECT line_id, sum(ceiling) AS ceiling, sum(released) AS released, sum(reserved) AS reserved,
        sum(committed) AS committed, sum(paid) AS paid
    FROM budget_fundentry GROUP BY line_id
)
SELECT line_id, f.ceiling, f.released, f.reserved, f.committed, f.paid,
    b.ceiling, b.released, b.reserved, b.committed, b.paid
FROM booked b FULL JOIN budget_funds f USING (line_id)
WHERE (f.ceiling, f.released, f.reserved, f.committed, f.paid)
    IS DISTINCT FROM (b.ceiling, b.released, b.reserved, b.committed, b.paid)
ORDER BY line_id
"""


def funds_left(line_ids: Iterable[int]) -> dict[int, FundsFacts]:
    """Return what each of the lines has; one without any movement has nothing."""
    lines = list(line_ids)
    rows = Funds.objects.filter(line__in=lines).values_list("line_id", *BALANCES)
    known = {row[0]: FundsFacts(*row) for row in rows}
    return {line: known.get(line) or FundsFacts(line) for line in lines}


def sheet_funds(sheet_ids: Iterable[int]) -> dict[int, FundSums]:
    """Return the sums of sheets; one without any movement is left out."""
    return _sums("line__sheet", line__sheet__in=list(sheet_ids))


def unit_funds(year: int) -> dict[int, FundSums]:
    """Return a year's sums by unit, each for itself without the units below it."""
    return _sums("line__sheet__unit", line__sheet__year=year)


def agency_funds(year: int, on: date) -> dict[int, FundSums]:
    """Return a year's sums by topmost agency, as the agencies stood on the day, with its units."""
    units = unit_funds(year)
    tops = [agency.id for agency in agencies(on) if agency.parent_id is None]
    below = units_below(tops, on)
    every = {top: [units[unit] for unit in {top, *below[top]} & units.keys()] for top in tops}
    return {top: _together(sums) for top, sums in every.items() if sums}


def movement(key: str) -> tuple[Movement, Paper, str, dict[int, Delta]] | None:
    """Return what was booked under a key: kind, paper, reason and what each line got."""
    rows = list(
        FundEntry.objects.filter(key=key)
        .order_by("place")
        .values_list("kind", "document_kind", "document_id", "reason", "line_id", *BALANCES)
    )
    if not rows:
        return None
    kind, paper, paper_id, reason = rows[0][:4]
    return (
        Movement(kind),
        Paper(paper, paper_id),
        reason,
        {row[4]: Delta(*row[5:]) for row in rows},
    )


def funded_lines() -> int:
    """Return how many lines have funds."""
    return Funds.objects.count()


def differences() -> Iterator[FundsFault]:
    """Yield each balance that is not the sum of its entries; as one snapshot sees both."""
    with connection.cursor() as cursor:
        cursor.execute(DIFFERENT)
        for line, *values in cursor.fetchall():
            for name, stored, booked in zip(BALANCES, values[:5], values[5:], strict=True):
                if stored != booked:
                    yield FundsFault(line, name, stored or Decimal(0), booked or Decimal(0))


def _sums(by: str, **chosen: Any) -> dict[int, FundSums]:
    sums = [Sum(name) for name in BALANCES]
    rows = Funds.objects.filter(**chosen).values_list(by).annotate(*sums).order_by(by)
    return {group: FundSums(*amounts) for group, *amounts in rows}


def _together(sums: list[FundSums]) -> FundSums:
    return FundSums(*(sum((getattr(s, name) for s in sums), Decimal(0)) for name in BALANCES))
