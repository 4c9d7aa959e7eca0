"""What is planned, rolled up: by agency, by account at any level, by fund; and the balance."""

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal

from kawal.budget.facts import FundBalance, SheetKind, Total
from kawal.budget.models import FiscalYear
from kawal.budget.queries.rka_sql import CURRENT, select
from kawal.budget.queries.years import above, standing
from kawal.nomenclature import queries as nomenclature

BY_ACCOUNT = f"""
WITH {CURRENT}
SELECT array_to_string((string_to_array(a.code, '.'))[1:%(level)s], '.') AS code, sum(l.amount)
FROM current c
JOIN budget_revisionline l ON l.revision_id = c.id
JOIN budget_line k ON k.id = l.line_id
JOIN nomenclature_account a ON a.id = k.account_id
WHERE %(units)s::bigint[] IS NULL OR c.unit_id = ANY (%(units)s::bigint[])
GROUP BY 1 ORDER BY 1
"""  # noqa: S608 - every part is ours

BY_UNIT = f"""
WITH {CURRENT}
SELECT c.unit_id, sum(l.amount)
FROM current c JOIN budget_revisionline l ON l.revision_id = c.id
WHERE c.kind = %(kind)s GROUP BY 1
"""  # noqa: S608 - every part is ours

BY_FUND = f"""
WITH {CURRENT}
SELECT f.code, f.name, f.is_earmarked, c.kind = 'spending' OR a.code LIKE '6.2%%', sum(l.amount)
FROM current c
JOIN budget_revisionline l ON l.revision_id = c.id
JOIN budget_line k ON k.id = l.line_id
JOIN nomenclature_fund f ON f.id = k.fund_id
JOIN nomenclature_account a ON a.id = k.account_id
GROUP BY 1, 2, 3, 4
"""  # noqa: S608 - every part is ours


def account_totals(
    year: int, level: int, *, unit_ids: Collection[int] | None = None
) -> list[Total]:
    """Return what is planned by account at a level from 1 to 6, in rupiah, by code."""
    units = None if unit_ids is None else list(unit_ids)
    rows = select(BY_ACCOUNT, {"year": year, "level": level, "units": units})
    names = _account_names(year, level)
    return [Total(code, names.get(code, ""), amount, level) for code, amount in rows]


def agency_totals(year: int, kind: SheetKind) -> list[Total]:
    """Return what each SKPD plans together with its units, in rupiah, by code."""
    units = standing(year)
    sums: dict[int, Decimal] = {}
    for unit, amount in select(BY_UNIT, {"year": year, "kind": kind.value}):
        top = above(unit, units)[-1]
        sums[top] = sums.get(top, Decimal("0.00")) + amount
    found = [Total(units[top].code, units[top].name, amount) for top, amount in sums.items()]
    return sorted(found, key=lambda total: total.code)


def funding(year: int) -> list[FundBalance]:
    """Return for each fund what comes in and what goes out of it, in rupiah, by code.

    Revenue and financing received come in; spending and financing paid go out.
    """
    found: dict[str, FundBalance] = {}
    for code, name, earmarked, goes_out, amount in select(BY_FUND, {"year": year}):
        known = found.get(code, FundBalance(code, name, earmarked))
        found[code] = (
            replace(known, planned=known.planned + amount)
            if goes_out
            else replace(known, revenue=known.revenue + amount)
        )
    return [found[code] for code in sorted(found)]


def balance(year: int) -> Decimal:
    """Return the SILPA of what is planned, in rupiah: 4 - 5 + 6.1 - 6.2; a budget has none."""
    sums = {total.code: total.amount for total in account_totals(year, 2)}
    signs = (("4", 1), ("5", -1), ("6.1", 1), ("6.2", -1))
    return sum(
        (
            sign * amount
            for code, amount in sums.items()
            for prefix, sign in signs
            if code.startswith(prefix)
        ),
        Decimal("0.00"),
    )


def _account_names(year: int, level: int) -> dict[str, str]:
    decree = FiscalYear.objects.values_list("accounts_id", flat=True).get(pk=year)
    codes = nomenclature.accounts(nomenclature.decree(decree), level=level)
    return {one.code: one.name for one in codes}
