"""What is planned, rolled up: by account at any level, and the balance."""

from collections.abc import Collection
from decimal import Decimal

from kawal.budget.facts import Total
from kawal.budget.models import FiscalYear
from kawal.budget.queries.rka_sql import CURRENT, select
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


def account_totals(
    year: int, level: int, *, unit_ids: Collection[int] | None = None
) -> list[Total]:
    """Return what is planned by account at a level from 1 to 6, in rupiah, by code."""
    units = None if unit_ids is None else list(unit_ids)
    rows = select(BY_ACCOUNT, {"year": year, "level": level, "units": units})
    names = _account_names(year, level)
    return [Total(code, names.get(code, ""), amount, level) for code, amount in rows]


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
