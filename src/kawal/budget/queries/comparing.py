"""Any two versions of a year, line by line or rolled up: before, after, difference."""

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from kawal.budget.facts import Compared, ComparedLine, ComparedLines
from kawal.budget.models import Version
from kawal.budget.queries.held import NIL
from kawal.budget.queries.names import code_names
from kawal.budget.queries.rka_sql import select
from kawal.budget.queries.years import above, standing
from kawal.nomenclature.facts import CodeKind

# A sheet with one revision in both versions is the same in each line: where only differences are
# wanted it is left out before any line is read.
LINES = """
pairs AS (
    SELECT sheet_id, b.revision_id AS old, a.revision_id AS new
    FROM (SELECT sheet_id, revision_id FROM budget_versionsheet WHERE version_id = %(before)s) b
    FULL JOIN (SELECT sheet_id, revision_id FROM budget_versionsheet WHERE version_id = %(after)s) a
        USING (sheet_id)
    WHERE NOT %(only)s OR b.revision_id IS DISTINCT FROM a.revision_id
), lines AS (
    SELECT line_id, coalesce(o.amount, 0) AS before, coalesce(n.amount, 0) AS after
    FROM (
        SELECT l.line_id, l.amount FROM pairs p JOIN budget_revisionline l ON l.revision_id = p.old
    ) o FULL JOIN (
        SELECT l.line_id, l.amount FROM pairs p JOIN budget_revisionline l ON l.revision_id = p.new
    ) n USING (line_id)
    WHERE NOT %(only)s OR o.amount IS DISTINCT FROM n.amount
), placed AS (
    SELECT l.line_id, l.before, l.after, k.sheet_id, k.fund_id, s.unit_id, s.activity_id,
        a.code AS account, a.name AS account_name
    FROM lines l
    JOIN budget_line k ON k.id = l.line_id
    JOIN budget_sheet s ON s.id = k.sheet_id
    JOIN nomenclature_account a ON a.id = k.account_id
    WHERE (%(units)s::bigint[] IS NULL OR s.unit_id = ANY (%(units)s::bigint[]))
)"""
PAGE = f"""
WITH {LINES}
SELECT p.line_id, p.sheet_id, p.unit_id, coalesce(v.code, ''), coalesce(v.name, ''), p.account,
    p.account_name, f.code, f.name, p.before, p.after,
    count(*) OVER (), sum(p.before) OVER (), sum(p.after) OVER ()
FROM placed p
JOIN nomenclature_fund f ON f.id = p.fund_id
LEFT JOIN nomenclature_activity v ON v.id = p.activity_id
ORDER BY p.unit_id, v.code COLLATE "C" NULLS FIRST, p.account COLLATE "C", f.code COLLATE "C"
LIMIT %(size)s OFFSET %(skip)s
"""  # noqa: S608 - every part is ours
BY_ACCOUNT = f"""
WITH {LINES}
SELECT array_to_string((string_to_array(account, '.'))[1:%(level)s], '.'), sum(before), sum(after)
FROM placed GROUP BY 1 HAVING NOT %(only)s OR sum(before) <> sum(after) ORDER BY 1
"""  # noqa: S608 - every part is ours
BY_UNIT = f"""
WITH {LINES}
SELECT unit_id, sum(before), sum(after) FROM placed
WHERE account LIKE %(side)s || '%%' GROUP BY 1
"""  # noqa: S608 - every part is ours


def compare(
    before: int,
    after: int,
    *,
    unit_ids: Collection[int] | None = None,
    only_different: bool = True,
    page: int = 1,
    size: int = 100,
) -> ComparedLines:
    """Return a page of two versions' lines with the sums of all pages, in rupiah.

    A line that one of them does not hold has 0 there. One statement, whatever the versions hold.
    """
    chosen = _chosen(before, after, unit_ids, only_different)
    rows = select(PAGE, chosen | {"size": size, "skip": max(page - 1, 0) * size})
    if not rows:
        return ComparedLines((), 0, NIL, NIL)
    count, old, new = rows[0][11:]
    return ComparedLines(tuple(ComparedLine(*row[:11]) for row in rows), count, old, new)


def compare_accounts(
    before: int,
    after: int,
    *,
    level: int = 3,
    unit_ids: Collection[int] | None = None,
    only_different: bool = True,
) -> list[Compared]:
    """Return two versions' sums by account at a level from 1 to 6, in rupiah, by code."""
    chosen = _chosen(before, after, unit_ids, only_different)
    rows = select(BY_ACCOUNT, chosen | {"level": level})
    year = Version.objects.values_list("year", flat=True).get(pk=after)
    names = code_names(CodeKind.ACCOUNT, year, [code for code, _, _ in rows])
    return [Compared(code, names.get(code, ""), old, new) for code, old, new in rows]


def compare_agencies(
    before: int,
    after: int,
    *,
    side: str = "5",
    unit_ids: Collection[int] | None = None,
    only_different: bool = True,
) -> list[Compared]:
    """Return two versions' sums by SKPD with its units, in rupiah, by code.

    ``side`` is the account they are summed under: 5 is spending, 4 revenue, 6 financing.
    """
    year = Version.objects.values_list("year", flat=True).get(pk=after)
    units = standing(year)
    sums: dict[int, tuple[Decimal, Decimal]] = {}
    chosen = _chosen(before, after, unit_ids, only_different)
    for unit, old, new in select(BY_UNIT, chosen | {"side": side}):
        top = above(unit, units)[-1]
        so_far = sums.get(top, (NIL, NIL))
        sums[top] = (so_far[0] + old, so_far[1] + new)
    named = [(units[top], pair) for top, pair in sums.items() if top in units]
    found = [Compared(agency.code, agency.name, old, new) for agency, (old, new) in named]
    kept = [one for one in found if one.difference or not only_different]
    return sorted(kept, key=lambda one: one.key)


def _chosen(
    before: int, after: int, unit_ids: Collection[int] | None, only_different: bool
) -> dict[str, Any]:
    units = None if unit_ids is None else list(unit_ids)
    return {"before": before, "after": after, "units": units, "only": only_different}
