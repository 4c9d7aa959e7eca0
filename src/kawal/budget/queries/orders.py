"""Efficiency orders and interim budgets: what each line has and can give, what was decided."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kawal.budget.facts.amendments import (
    CutFacts,
    CutLine,
    InterimDraft,
    InterimFacts,
    OrderFacts,
    OrderState,
    TargetFacts,
)
from kawal.budget.models import (
    EfficiencyCut,
    EfficiencyOrder,
    EfficiencyReview,
    EfficiencyTarget,
    InterimBudget,
)
from kawal.budget.queries.rka_sql import select
from kawal.budget.queries.years import above, standing
from kawal.budget.rules import interim as interim_rules
from kawal.kernel.refusals import NotThere
from kawal.nomenclature.queries import parameter

# A line can give what is enacted and in its DPA, less what was released, bound or paid.
LINES = """
SELECT l.line_id, h.sheet_id, h.revision_id, s.unit_id, s.kind, a.code, l.amount,
    greatest(coalesce(f.released, 0.00),
        coalesce(f.committed + f.reserved + f.paid, 0.00))
        + greatest(l.amount - coalesce(f.ceiling, 0.00), 0.00),
    EXISTS (SELECT FROM budget_revision o
        WHERE o.sheet_id = h.sheet_id AND o.state IN ('draft', 'submitted', 'verified'))
FROM budget_versionsheet h
JOIN budget_sheet s ON s.id = h.sheet_id
JOIN budget_revisionline l ON l.revision_id = h.revision_id
JOIN budget_line k ON k.id = l.line_id
JOIN nomenclature_account a ON a.id = k.account_id
LEFT JOIN budget_funds f ON f.line_id = l.line_id
WHERE h.version_id = %(version)s AND s.kind <> 'revenue'
ORDER BY l.line_id
"""


@dataclass(frozen=True, slots=True)
class Held:
    """A line as a version holds it: its sheet and revision, its SKPD, and what it can give."""

    line: CutLine
    sheet_id: int
    revision_id: int
    agency_id: int
    kind: str


def held_lines(version_id: int, year: int) -> list[Held]:
    """Return all lines of spending and financing that a version holds, by their ids."""
    units = standing(year)
    tops: dict[int, int] = {}
    found = []
    for line, sheet, revision, unit, kind, account, amount, used, open_ in select(
        LINES, {"version": version_id}
    ):
        top = tops.setdefault(unit, above(unit, units)[-1])
        cut = CutLine(line, account, amount, used, open_)
        found.append(Held(cut, sheet, revision, top, kind))
    return found


def prefixes(key: str, on: date) -> tuple[str, ...]:
    """Return the account codes that a parameter of the law names on a day."""
    return tuple(parameter(f"budget.{key}", on).text.split())


def orders(year: int) -> list[OrderFacts]:
    """Return a year's efficiency orders with their targets, the newest first."""
    rows = EfficiencyOrder.objects.filter(year=year).order_by("-pk")
    return [order_facts(row) for row in rows]


def order(order_id: int) -> OrderFacts:
    """Return an efficiency order.

    :raises NotThere: when there is none.
    """
    row = EfficiencyOrder.objects.filter(pk=order_id).first()
    if row is None:
        raise NotThere(f"order {order_id}")
    return order_facts(row)


def cuts(order_id: int, *, agency_ids: Collection[int] | None = None) -> list[CutFacts]:
    """Return an order's cuts line by line, of some agencies or of all, by account."""
    rows = EfficiencyCut.objects.filter(order=order_id)
    if agency_ids is not None:
        rows = rows.filter(target__agency__in=list(agency_ids))
    rows = rows.select_related("line__account").order_by(
        "target_id", "line__account__code", "line_id"
    )
    return [
        CutFacts(
            row.line_id,
            row.line.sheet_id,
            row.target_id,
            row.line.account.code,
            row.line.account.name,
            row.before,
            row.proposed,
            row.agreed,
        )
        for row in rows
    ]


def order_facts(row: EfficiencyOrder) -> OrderFacts:
    """Return a row as facts with its targets and the agencies that agreed."""
    targets = EfficiencyTarget.objects.filter(order=row).order_by("pk")
    reviewed = EfficiencyReview.objects.filter(order=row).order_by("pk")
    return OrderFacts(
        row.pk,
        row.year_id,
        row.number,
        row.date,
        row.title,
        OrderState(row.state),
        row.base_id,
        row.version_id,
        row.ordered_by_id,
        row.ordered_at,
        row.reason,
        tuple(
            TargetFacts(one.pk, one.agency_id, one.prefix, one.share, one.wanted, one.uncut)
            for one in targets
        ),
        tuple(reviewed.values_list("agency_id", flat=True)),
    )


def interim(year: int) -> InterimFacts | None:
    """Return a year's interim budget that was not withdrawn, if any."""
    rows = InterimBudget.objects.filter(year=year).exclude(state=OrderState.WITHDRAWN.value)
    row = rows.first()
    return interim_facts(row) if row else None


def interim_facts(row: InterimBudget) -> InterimFacts:
    """Return a row as facts."""
    return InterimFacts(
        row.pk,
        row.year_id,
        row.months,
        row.last_year,
        row.explanation,
        OrderState(row.state),
        row.drafted_by_id,
        row.drafted_at,
        row.base_id,
        row.version_id,
        row.reason,
    )


def interim_amounts(
    lines: Sequence[Held], draft: InterimDraft | InterimFacts, on: date
) -> dict[int, Decimal]:
    """Return what each line may spend before the APBD, in rupiah, by the law of a day."""
    share = parameter("budget.interim_last_year_share", on).number or Decimal(0)
    parts = parameter("budget.interim_parts", on).number or Decimal(12)
    return interim_rules.amounts(
        {one.line.line_id: (one.line.account, one.line.amount) for one in lines},
        prefixes("interim_accounts", on),
        months=draft.months,
        parts=parts,
        limit=draft.last_year * share / 100,
    )
