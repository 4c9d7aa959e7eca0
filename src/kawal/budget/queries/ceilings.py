"""Ceilings in force, and what is planned against each."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any

from kawal.budget.facts import CeilingFacts, Room, SheetFacts, SheetKind
from kawal.budget.models import Ceiling
from kawal.budget.queries.rka_sql import CURRENT, IN_FORCE, select
from kawal.budget.queries.years import above, standing
from kawal.nomenclature.queries import parameter
from kawal.regions.queries import units_below

EXACT = "budget.rka_uses_ceiling_whole"

PLANNED = f"""
WITH {CURRENT}
SELECT c.unit_id, c.activity_id, k.fund_id, sum(l.amount)
FROM current c
JOIN budget_revisionline l ON l.revision_id = c.id
JOIN budget_line k ON k.id = l.line_id
WHERE c.kind = 'spending' AND (%(units)s::bigint[] IS NULL OR c.unit_id = ANY (%(units)s::bigint[]))
    AND c.sheet_id IS DISTINCT FROM %(without)s
GROUP BY 1, 2, 3
"""  # noqa: S608 - every part is ours

LIST = f"""
WITH {IN_FORCE}
SELECT f.unit_id, f.activity_id, f.fund_id, f.round, f.amount, f.agreement_number,
    coalesce(a.code, ''), coalesce(a.name, ''), coalesce(u.code, ''), coalesce(u.name, '')
FROM in_force f
LEFT JOIN nomenclature_activity a ON a.id = f.activity_id
LEFT JOIN nomenclature_fund u ON u.id = f.fund_id
WHERE %(units)s::bigint[] IS NULL OR f.unit_id = ANY (%(units)s::bigint[])
"""  # noqa: S608 - every part is ours

Planned = list[tuple[int, int, int, Decimal]]


def ceilings(year: int, *, unit_ids: Collection[int] | None = None) -> list[CeilingFacts]:
    """Return the ceilings in force, by unit, activity and fund, with what is planned, in rupiah.

    A whole unit's ceiling counts the units below it too. Spending only: revenue has no ceiling.
    """
    units = standing(year)
    below = units_below(units, date(year, 12, 31))
    planned = _planned(year)
    found = [
        _facts(row, units[row[0]].name if row[0] in units else "", planned, below)
        for row in select(LIST, {"year": year, "units": _listed(unit_ids)})
    ]
    codes = {one.id: one.code for one in units.values()}
    return sorted(
        found, key=lambda one: (codes.get(one.unit_id, ""), one.activity_code, one.fund_code)
    )


def last_round(year: int) -> int:
    """Return the number of the last round of ceilings; 0 before the first."""
    newest = Ceiling.objects.filter(year=year).order_by("-round").first()
    return newest.round if newest else 0


def room(sheet: SheetFacts, on: date) -> Room:
    """Return what a sheet is measured against: its own ceilings, and what its unit has left.

    Where the agency above has a ceiling too, the smaller room counts.
    """
    if sheet.kind is not SheetKind.SPENDING:
        return Room()
    chain = above(sheet.unit_id, standing(sheet.year))
    rows = select(LIST, {"year": sheet.year, "units": chain})
    own = {row[2]: row[4] for row in rows if row[:2] == (sheet.unit_id, sheet.activity_id)}
    left = _least([row for row in rows if row[1] is None], sheet)
    funds = {fund: _smaller(own.get(fund), left.get(fund)) for fund in own.keys() | left.keys()}
    return Room(
        own.get(None),
        left.get(None),
        {fund: amount for fund, amount in funds.items() if fund is not None},
        bool(parameter(EXACT, on).number),
    )


def has_unit_ceiling(sheet: SheetFacts) -> list[int]:
    """Return the unit and those above it that have a ceiling for all that they plan."""
    chain = above(sheet.unit_id, standing(sheet.year))
    rows = select(LIST, {"year": sheet.year, "units": chain})
    return sorted({row[0] for row in rows if row[1] is None})


def _least(whole: list[Any], sheet: SheetFacts) -> dict[int | None, Decimal]:
    """Return the smallest room that unit ceilings leave to this sheet, by fund (none: of all)."""
    if not whole:
        return {}
    below = units_below([row[0] for row in whole], date(sheet.year, 12, 31))
    others = _planned(sheet.year, sorted(set().union(*below.values())), without=sheet.id)
    found: dict[int | None, Decimal] = {}
    for unit, _, fund, _, amount, *_ in whole:
        found[fund] = _smaller(found.get(fund), amount - _sum(others, below[unit], None, fund))
    return found


def _smaller(one: Decimal | None, other: Decimal | None) -> Decimal:
    return min(amount for amount in (one, other) if amount is not None)


def _planned(year: int, units: list[int] | None = None, without: int | None = None) -> Planned:
    rows: Planned = select(PLANNED, {"year": year, "units": units, "without": without})
    return rows


def _facts(
    row: tuple[Any, ...], unit_name: str, planned: Planned, below: dict[int, frozenset[int]]
) -> CeilingFacts:
    unit, activity, fund, number, amount, agreement, *codes = row
    reach = frozenset({unit}) if activity is not None else below.get(unit, frozenset({unit}))
    used = _sum(planned, reach, activity, fund)
    return CeilingFacts(unit, activity, fund, number, amount, agreement, used, unit_name, *codes)


def _sum(
    planned: Planned, units: frozenset[int], activity: int | None, fund: int | None
) -> Decimal:
    return sum(
        (
            amount
            for one, its_activity, its_fund, amount in planned
            if one in units
            and (activity is None or its_activity == activity)
            and (fund is None or its_fund == fund)
        ),
        Decimal("0.00"),
    )


def _listed(ids: Collection[int] | None) -> list[int] | None:
    return None if ids is None else list(ids)
