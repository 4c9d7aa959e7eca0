"""A version rolled up: six levels of accounts, five of the urusan chain, units, to the sen."""

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from kawal.budget.facts import Node, Totals
from kawal.budget.models import Version
from kawal.budget.queries.held import NIL, SIDES
from kawal.budget.queries.names import code_names
from kawal.budget.queries.rka_sql import select
from kawal.nomenclature.facts import CodeKind

# The lines of a version, narrowed to units and to what lies under a code.
CHOSEN = """
chosen AS (
    SELECT l.amount, a.code AS account, v.code AS activity, s.unit_id
    FROM budget_versionsheet h
    JOIN budget_sheet s ON s.id = h.sheet_id
    LEFT JOIN nomenclature_activity v ON v.id = s.activity_id
    JOIN budget_revisionline l ON l.revision_id = h.revision_id
    JOIN budget_line k ON k.id = l.line_id
    JOIN nomenclature_account a ON a.id = k.account_id
    WHERE h.version_id = %(version)s
        AND (%(units)s::bigint[] IS NULL OR s.unit_id = ANY (%(units)s::bigint[]))
        AND (%(activity)s = '' OR v.code = %(activity)s OR v.code LIKE %(activity)s || '.%%')
        AND (%(account)s = '' OR a.code = %(account)s OR a.code LIKE %(account)s || '.%%')
)"""
# Summed by whole code first, so that few rows are cut into levels.
TREE = f"""
WITH {CHOSEN}, leaf AS (
    SELECT string_to_array({{code}}, '.') AS parts, sum(amount) AS amount
    FROM chosen WHERE {{code}} IS NOT NULL GROUP BY {{code}}
)
SELECT array_to_string(parts[1:n.cut], '.') AS code, n.level, sum(amount)
FROM leaf JOIN (VALUES {{cuts}}) AS n (level, cut) ON n.cut <= cardinality(parts)
GROUP BY 1, 2 ORDER BY array_to_string(parts[1:n.cut], '.') COLLATE "C"
"""  # noqa: S608 - every part is ours
ACCOUNTS = TREE.format(code="account", cuts="(1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (6, 6)")
# The kewenangan is no level of its own: 1.01.02.2.01.0001 has five.
ACTIVITIES = TREE.format(code="activity", cuts="(1, 1), (2, 2), (3, 3), (4, 5), (5, 6)")
UNITS = f"WITH {CHOSEN} SELECT unit_id, left(account, 3), sum(amount) FROM chosen GROUP BY 1, 2"  # noqa: S608


def tree(
    version_id: int,
    *,
    unit_ids: Collection[int] | None = None,
    activity: str = "",
    account: str = "",
) -> list[Node]:
    """Return the accounts of a version at all six levels with their sums in rupiah, by code.

    Narrowed to the lines of some units, and to those under an activity or account.
    """
    chosen = _chosen(version_id, unit_ids, activity, account)
    return _nodes(CodeKind.ACCOUNT, select(ACCOUNTS, chosen), version_id)


def activity_tree(
    version_id: int,
    *,
    unit_ids: Collection[int] | None = None,
    activity: str = "",
    account: str = "",
) -> list[Node]:
    """Return urusan, bidang, program, kegiatan and sub kegiatan with their sums, by code."""
    chosen = _chosen(version_id, unit_ids, activity, account)
    return _nodes(CodeKind.ACTIVITY, select(ACTIVITIES, chosen), version_id)


def totals_by_unit(version_id: int) -> dict[int, Totals]:
    """Return what each unit's own sheets add up to in a version, in rupiah."""
    found: dict[int, dict[str, Decimal]] = {}
    for unit, group, amount in select(UNITS, _chosen(version_id, None, "", "")):
        side = next(word for prefix, word in SIDES if group.startswith(prefix))
        sums = found.setdefault(unit, dict.fromkeys((word for _, word in SIDES), NIL))
        sums[side] += amount
    return {unit: Totals(**sums) for unit, sums in found.items()}


def _chosen(
    version_id: int, unit_ids: Collection[int] | None, activity: str, account: str
) -> dict[str, Any]:
    units = None if unit_ids is None else list(unit_ids)
    return {"version": version_id, "units": units, "activity": activity, "account": account}


def _nodes(kind: CodeKind, rows: list[Any], version_id: int) -> list[Node]:
    year = Version.objects.values_list("year", flat=True).get(pk=version_id)
    names = code_names(kind, year, {code for code, _, _ in rows})
    return [Node(code, names.get(code, ""), level, amount) for code, level, amount in rows]
