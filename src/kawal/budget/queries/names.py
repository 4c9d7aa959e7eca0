"""Names of codes above the lines of a version, under the decrees of its year."""

from collections.abc import Collection

from kawal.budget.models import FiscalYear
from kawal.budget.queries.rka_sql import select
from kawal.nomenclature.facts import CodeKind
from kawal.nomenclature.queries import chain_of

NAMES = {
    kind: f"""
SELECT DISTINCT ON (code) code, name FROM nomenclature_{kind.value}
WHERE decree_id = ANY (%(chain)s::bigint[]) AND code = ANY (%(codes)s::text[])
ORDER BY code, array_position(%(chain)s::bigint[], decree_id), is_active DESC
"""  # noqa: S608 - every part is ours
    for kind in CodeKind
}
COLUMNS = {
    CodeKind.ACCOUNT: "accounts_id",
    CodeKind.ACTIVITY: "activities_id",
    CodeKind.FUND: "funds_id",
}


def code_names(kind: CodeKind, year: int, codes: Collection[str]) -> dict[str, str]:
    """Return what a year's decrees call codes; one that none of them knows is left out."""
    decree = FiscalYear.objects.values_list(COLUMNS[kind], flat=True).get(pk=year)
    chain = [one.id for one in chain_of(decree)]
    return dict(select(NAMES[kind], {"chain": chain, "codes": sorted(codes)}))
