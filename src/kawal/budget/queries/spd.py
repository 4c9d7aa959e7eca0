"""SPD: the list, one with its lines beside plan and ceiling, and what may still be released."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import DecimalField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from kawal.budget.facts import NIL, SpdFacts, SpdLineFacts, SpdState, SpdWithdrawalFacts
from kawal.budget.models import Spd, SpdLine, SpdWithdrawal, SpdWithdrawalLine, Version
from kawal.budget.queries.cash_plans import LATEST, SPENDS, to_month
from kawal.kernel.refusals import NotThere
from kawal.regions.queries import units_below

MONEY: Any = DecimalField(max_digits=20, decimal_places=2)
_LINES = f"""
WITH {LATEST}, planned AS (
    SELECT c.line_id, {{months}} AS plan
    FROM latest p JOIN budget_cashplanline c ON c.plan_id = p.id
), withdrawn AS (
    SELECT w.spd_line_id, sum(w.amount) AS amount FROM budget_spdwithdrawalline w
    JOIN budget_spdline x ON x.id = w.spd_line_id WHERE x.spd_id = %(spd)s GROUP BY 1
)
SELECT l.id, s.id, s.unit_id, coalesce(a.code, ''), coalesce(a.name, ''), r.code, r.name,
    coalesce(x.amount, 0.00), coalesce(f.ceiling, 0.00), coalesce(p.plan, 0.00),
    coalesce(f.released, 0.00), coalesce(w.amount, 0.00)
FROM budget_sheet s JOIN budget_line l ON l.sheet_id = s.id
LEFT JOIN nomenclature_activity a ON a.id = s.activity_id
JOIN nomenclature_account r ON r.id = l.account_id
LEFT JOIN budget_funds f ON f.line_id = l.id
LEFT JOIN budget_spdline x ON x.line_id = l.id AND x.spd_id = %(spd)s
LEFT JOIN withdrawn w ON w.spd_line_id = x.id
LEFT JOIN planned p ON p.line_id = l.id
WHERE {{chosen}}
ORDER BY s.unit_id, s.kind = 'financing', a.code, r.code, l.id
"""  # noqa: S608 - every part is ours
OF_SPD = "x.id IS NOT NULL"
OF_AGENCY = f"""s.year_id = %(year)s AND s.unit_id = ANY (%(units)s::bigint[]) AND {SPENDS}
    AND (f.ceiling > 0 OR x.id IS NOT NULL)"""


def spd(spd_id: int) -> SpdFacts:
    """Return an SPD.

    :raises NotThere: when there is none.
    """
    row = _rows().filter(pk=spd_id).first()
    if row is None:
        raise NotThere(f"SPD {spd_id}")
    return _facts(row)


def spds(
    year: int, agency_ids: Collection[int] | None = None, *, state: SpdState | None = None
) -> list[SpdFacts]:
    """Return a year's SPD of some agencies (all when none are named), the newest first."""
    rows = _rows().filter(year=year).exclude(state=SpdState.DROPPED.value)
    if agency_ids is not None:
        rows = rows.filter(agency__in=agency_ids)
    if state is not None:
        rows = rows.filter(state=state.value)
    return [_facts(row) for row in rows.order_by("-pk")]


def spd_lines(spd_id: int) -> list[SpdLineFacts]:
    """Return the lines of an SPD, beside what is enacted, planned and released now."""
    found = spd(spd_id)
    return _lines(found.year, found.last_month, OF_SPD, spd_id=spd_id)


def releasable(
    year: int, agency_id: int, last_month: int, *, spd_id: int | None = None
) -> list[SpdLineFacts]:
    """Return every line of an agency and its units that has a ceiling, beside plan and release.

    ``amount`` is that of the SPD named, else nothing.
    """
    units = agency_units(year, agency_id)
    return _lines(year, last_month, OF_AGENCY, spd_id=spd_id, units=units)


def agency_units(year: int, agency_id: int) -> list[int]:
    """Return an agency and all units below it, as they stand at the end of the year."""
    return sorted(units_below([agency_id], date(year, 12, 31))[agency_id])


def spd_withdrawals(spd_id: int) -> list[SpdWithdrawalFacts]:
    """Return what was withdrawn of an SPD, in order."""
    rows = SpdWithdrawal.objects.filter(spd=spd_id).annotate(total=Sum("lines__amount"))
    return [
        SpdWithdrawalFacts(row.pk, row.total or NIL, row.reason, row.by_id, row.at)
        for row in rows.order_by("pk")
    ]


def stage(year: int) -> str:
    """Return the stage of the year's budget that document numbers carry; M before any says so."""
    rows = Version.objects.filter(year=year).exclude(stage="").order_by("-number")
    return rows.values_list("stage", flat=True).first() or "M"


def _lines(year: int, month: int, chosen: str, **values: Any) -> list[SpdLineFacts]:
    sql = _LINES.format(months=to_month(month, "c"), chosen=chosen)
    with connection.cursor() as cursor:
        cursor.execute(sql, {"year": year, "spd": values.pop("spd_id"), "units": None, **values})
        return [SpdLineFacts(*row) for row in cursor.fetchall()]


def _rows() -> QuerySet[Spd]:
    lines = SpdLine.objects.filter(spd=OuterRef("pk")).order_by().values("spd")
    taken = SpdWithdrawalLine.objects.filter(spd_line__spd=OuterRef("pk")).order_by()
    return Spd.objects.annotate(
        sum_lines=_sum(lines), sum_withdrawn=_sum(taken.values("spd_line__spd"))
    )


def _sum(rows: Any) -> Any:
    return Coalesce(Subquery(rows.annotate(s=Sum("amount")).values("s")), NIL, output_field=MONEY)


def _facts(row: Any) -> SpdFacts:
    return SpdFacts(
        id=row.pk,
        year=row.year_id,
        agency_id=row.agency_id,
        first_month=row.first_month,
        last_month=row.last_month,
        state=SpdState(row.state),
        version=row.version,
        total=row.sum_lines,
        withdrawn=row.sum_withdrawn,
        drafted_by=row.drafted_by_id,
        drafted_at=row.drafted_at,
        number=row.number,
        signed_on=row.signed_on,
        signed_by=row.signed_by_id,
        explanation=row.explanation,
        terms=row.terms,
    )
