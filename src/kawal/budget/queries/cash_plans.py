"""Cash plans: a unit's plan in force and under way, its lines, steps, and where all units stand."""

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Any

from django.db import connection

from kawal.budget.facts import (
    MONTHS,
    OPEN_PLANS,
    PlanFacts,
    PlanLineFacts,
    PlanState,
    PlanStepFacts,
    SheetKind,
    UnitPlans,
)
from kawal.budget.models import CashPlan, CashPlanStep
from kawal.budget.models.cash_plans import COLUMNS
from kawal.kernel.refusals import NotThere

SPENDS = "(s.kind = 'spending' OR s.kind = 'financing' AND r.code LIKE '6.2%%')"
LATEST = """latest AS (
    SELECT DISTINCT ON (unit_id) * FROM budget_cashplan
    WHERE year_id = %(year)s AND state = 'validated' ORDER BY unit_id, number DESC
)"""
_MONTHS = ", ".join(f"coalesce(c.{column}, 0.00)" for column in COLUMNS)
LINES = f"""
SELECT l.id, s.id, s.kind, coalesce(a.code, ''), coalesce(a.name, ''), r.code, r.name, d.code,
    coalesce(e.amount, 0.00), coalesce(f.released, 0.00), coalesce(f.paid, 0.00), {_MONTHS}
FROM budget_sheet s
JOIN budget_line l ON l.sheet_id = s.id
LEFT JOIN nomenclature_activity a ON a.id = s.activity_id
JOIN nomenclature_account r ON r.id = l.account_id
JOIN nomenclature_fund d ON d.id = l.fund_id
LEFT JOIN budget_funds f ON f.line_id = l.id
LEFT JOIN budget_enacted(%(year)s, %(unit)s) e ON e.line_id = l.id
LEFT JOIN budget_cashplanline c ON c.line_id = l.id AND c.plan_id = %(plan)s
WHERE s.year_id = %(year)s AND s.unit_id = %(unit)s AND (e.amount > 0 OR c.total > 0)
ORDER BY s.kind <> 'revenue', s.kind = 'financing', a.code, r.code, d.code, l.id
"""  # noqa: S608 - every part is ours
LIST = f"""
WITH {LATEST}, enacted AS (
    SELECT s.unit_id, e.line_id, e.amount AS ceiling
    FROM budget_enacted(%(year)s, NULL) e
    JOIN budget_line l ON l.id = e.line_id JOIN budget_sheet s ON s.id = l.sheet_id
    WHERE %(units)s::bigint[] IS NULL OR s.unit_id = ANY (%(units)s::bigint[])
), planned AS (
    SELECT p.unit_id, c.line_id, c.total
    FROM latest p JOIN budget_cashplanline c ON c.plan_id = p.id
    WHERE %(units)s::bigint[] IS NULL OR p.unit_id = ANY (%(units)s::bigint[])
)
SELECT b.unit_id, coalesce(sum(b.ceiling) FILTER (WHERE {SPENDS}), 0.00),
    coalesce(sum(b.total) FILTER (WHERE {SPENDS}), 0.00),
    count(*) FILTER (WHERE coalesce(b.ceiling, 0) <> coalesce(b.total, 0))
FROM (SELECT * FROM enacted e FULL JOIN planned p USING (unit_id, line_id)) b
JOIN budget_line l ON l.id = b.line_id JOIN budget_sheet s ON s.id = l.sheet_id
JOIN nomenclature_account r ON r.id = l.account_id
GROUP BY b.unit_id
"""  # noqa: S608 - every part is ours


def cash_plan(plan_id: int) -> PlanFacts:
    """Return one writing of a unit's cash plan.

    :raises NotThere: when there is none.
    """
    row = CashPlan.objects.filter(pk=plan_id).first()
    if row is None:
        raise NotThere(f"cash plan {plan_id}")
    return plan_facts(row)


def plan_facts(row: CashPlan) -> PlanFacts:
    """Return a plan's row as facts."""
    return PlanFacts(
        row.pk,
        row.year_id,
        row.unit_id,
        row.number,
        PlanState(row.state),
        row.version,
        row.changed_at,
        row.submitted_by_id,
        row.pa_by_id,
        row.sekda_by_id,
        row.bud_by_id,
        row.validated_at,
    )


def cash_plans(year: int, unit_id: int) -> list[PlanFacts]:
    """Return every writing of a unit's plan of a year, the newest first."""
    rows = CashPlan.objects.filter(year=year, unit=unit_id).order_by("-number")
    return [plan_facts(row) for row in rows]


def open_plan(year: int, unit_id: int) -> PlanFacts | None:
    """Return the plan under way, if there is one."""
    return next((one for one in cash_plans(year, unit_id) if one.state in OPEN_PLANS), None)


def plan_in_force(year: int, unit_id: int) -> PlanFacts | None:
    """Return the newest validated plan, if there is one."""
    return next(
        (one for one in cash_plans(year, unit_id) if one.state is PlanState.VALIDATED), None
    )


def plan_lines(year: int, unit_id: int, plan_id: int | None) -> list[PlanLineFacts]:
    """Return every line of a unit that has a ceiling or is planned, with a plan's months."""
    values = {"year": year, "unit": unit_id, "plan": plan_id}
    with connection.cursor() as cursor:
        cursor.execute(LINES, values)
        return [_line(row) for row in cursor.fetchall()]


def _line(row: tuple[Any, ...]) -> PlanLineFacts:
    line, sheet, kind, activity, name, account, account_name, fund = row[:8]
    ceiling, released, paid, *months = row[8:]
    return PlanLineFacts(
        line_id=line,
        sheet_id=sheet,
        kind=SheetKind(kind),
        activity_code=activity,
        activity_name=name,
        account_code=account,
        account_name=account_name,
        fund_code=fund,
        months=tuple(months),
        ceiling=ceiling,
        released=released,
        paid=paid,
    )


def plan_steps(plan_id: int) -> list[PlanStepFacts]:
    """Return what was done with a plan, in order."""
    rows = CashPlanStep.objects.filter(plan=plan_id).order_by("pk")
    return [PlanStepFacts(row.step, row.by_id, row.at, row.reason) for row in rows]


def unit_plans(year: int, unit_ids: Collection[int] | None = None) -> list[UnitPlans]:
    """Return where the units stand (all when none are named): two queries, whatever their number.

    Amounts are those of spending; what does not fit counts revenue too. A unit of which nothing
    is enacted and which has no plan is left out.
    """
    units = None if unit_ids is None else sorted(unit_ids)
    with connection.cursor() as cursor:
        cursor.execute(LIST, {"year": year, "units": units})
        sums = {row[0]: row[1:] for row in cursor.fetchall()}
    latest, under_way = _standing(year, units)
    nothing = (Decimal(0), Decimal(0), 0)
    found = []
    for unit in sorted({*sums, *latest, *under_way}):
        ceiling, planned, unfit = sums.get(unit, nothing)
        found.append(
            UnitPlans(unit, ceiling, latest.get(unit), planned, under_way.get(unit), unfit)
        )
    return found


def _standing(
    year: int, units: list[int] | None
) -> tuple[dict[int, PlanFacts], dict[int, PlanFacts]]:
    rows = CashPlan.objects.filter(year=year).order_by("number")
    if units is not None:
        rows = rows.filter(unit__in=units)
    every = [plan_facts(row) for row in rows]
    latest = {one.unit_id: one for one in every if one.state is PlanState.VALIDATED}
    return latest, {one.unit_id: one for one in every if one.state in OPEN_PLANS}


PLANNED = f"""
WITH {LATEST}
SELECT c.line_id, {{months}} FROM latest p JOIN budget_cashplanline c ON c.plan_id = p.id
WHERE c.line_id = ANY (%(lines)s::bigint[])
"""  # noqa: S608 - every part is ours


def planned_to(year: int, month: int, line_ids: Iterable[int]) -> dict[int, Decimal]:
    """Return what the plans in force plan for lines from January to the end of a month, in rupiah.

    A line without a plan in force is left out.
    """
    months = to_month(month, "c")
    with connection.cursor() as cursor:
        cursor.execute(
            PLANNED.format(months=months), {"year": year, "lines": sorted(set(line_ids))}
        )
        return dict(cursor.fetchall())


def to_month(month: int, table: str) -> str:
    """Return the SQL that adds a plan line's months from January to one (0: none yet)."""
    if not 0 <= month <= MONTHS:
        raise ValueError(f"month {month}")
    return " + ".join(["0.00", *(f"{table}.{column}" for column in COLUMNS[:month])])
