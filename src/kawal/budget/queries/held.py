"""What a version holds, or would hold with some revisions in their sheets' places: its sums."""

from collections.abc import Sequence
from decimal import Decimal

from kawal.budget.facts import FundBalance, Totals
from kawal.budget.queries.rka_sql import select

# The sheets of a version, those of the revisions named replaced or added.
HELD = """
held AS (
    SELECT h.sheet_id, h.revision_id FROM budget_versionsheet h
    WHERE h.version_id = %(version)s AND NOT EXISTS (
        SELECT FROM budget_revision r
        WHERE r.id = ANY (%(revisions)s::bigint[]) AND r.sheet_id = h.sheet_id
    )
    UNION ALL
    SELECT r.sheet_id, r.id FROM budget_revision r WHERE r.id = ANY (%(revisions)s::bigint[])
)"""

SUMS = f"""
WITH {HELD}
SELECT left(a.code, 3), f.code, f.name, f.is_earmarked, sum(l.amount)
FROM held h
JOIN budget_revisionline l ON l.revision_id = h.revision_id
JOIN budget_line k ON k.id = l.line_id
JOIN nomenclature_account a ON a.id = k.account_id
JOIN nomenclature_fund f ON f.id = k.fund_id
GROUP BY 1, 2, 3, 4
"""  # noqa: S608 - every part is ours

SIDES = (("4", "revenue"), ("5", "spending"), ("6.1", "financing_in"), ("6.2", "financing_out"))
NIL = Decimal("0.00")


def sums(
    version_id: int | None, revision_ids: Sequence[int] = ()
) -> tuple[Totals, list[FundBalance]]:
    """Return totals, and each fund's coming in and going out, in rupiah, with some replaced.

    Revenue and financing received come in; spending and financing paid go out.
    """
    rows = select(SUMS, {"version": version_id, "revisions": list(revision_ids)})
    sides = dict.fromkeys((name for _, name in SIDES), NIL)
    funds: dict[str, dict[bool, Decimal]] = {}
    named: dict[str, tuple[str, bool]] = {}
    for group, code, name, earmarked, amount in rows:
        side = next(word for prefix, word in SIDES if group.startswith(prefix))
        sides[side] += amount
        comes_in = side in ("revenue", "financing_in")
        fund = funds.setdefault(code, {True: NIL, False: NIL})
        fund[comes_in] += amount
        named[code] = (name, earmarked)
    balances = [FundBalance(c, *named[c], s[True], s[False]) for c, s in sorted(funds.items())]
    return Totals(**sides), balances


def version_totals(version_id: int) -> Totals:
    """Return what a version adds up to, in rupiah."""
    return sums(version_id)[0]
