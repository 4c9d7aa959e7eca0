"""DPA: how far each is, what an agency's DPA of a version holds, and who still owes one."""

from collections.abc import Collection, Iterable
from decimal import Decimal

from kawal.budget.facts import DpaFacts, DpaState, DpaStep
from kawal.budget.models import Dpa, Version, VersionSheet
from kawal.budget.queries.rka_sql import select
from kawal.budget.queries.years import above, standing
from kawal.kernel.refusals import NotThere

# What a DPA lets be spent: lines of spending, and of financing paid.
SPENDABLE = """
spendable AS (
    SELECT l.line_id, l.amount
    FROM budget_versionsheet h
    JOIN budget_sheet s ON s.id = h.sheet_id
    JOIN budget_revisionline l ON l.revision_id = h.revision_id
    JOIN budget_line k ON k.id = l.line_id
    JOIN nomenclature_account a ON a.id = k.account_id
    WHERE h.version_id = %(version)s AND s.unit_id = ANY (%(units)s::bigint[])
        AND (s.kind = 'spending' OR a.code LIKE '6.2%%')
)"""
TOTAL = f"WITH {SPENDABLE} SELECT coalesce(sum(amount), 0) FROM spendable"  # noqa: S608
# What a version enacts for an agency, less what its lines have already.
DIFFERENCE = f"""
WITH {SPENDABLE}, known AS (
    SELECT f.line_id, f.ceiling
    FROM budget_funds f
    JOIN budget_line k ON k.id = f.line_id
    JOIN budget_sheet s ON s.id = k.sheet_id
    WHERE s.year_id = %(year)s AND s.unit_id = ANY (%(units)s::bigint[])
)
SELECT line_id, coalesce(s.amount, 0) - coalesce(f.ceiling, 0) AS more
FROM spendable s FULL JOIN known f USING (line_id)
WHERE coalesce(s.amount, 0) <> coalesce(f.ceiling, 0)
"""  # noqa: S608 - every part is ours
Held = frozenset[tuple[int, int]]  # sheets, each with its revision


def dpa(dpa_id: int) -> DpaFacts:
    """Return one DPA.

    :raises NotThere: when there is none of that id.
    """
    row = Dpa.objects.select_related("version").filter(pk=dpa_id).first()
    if row is None:
        raise NotThere(f"DPA {dpa_id}")
    return _facts(row)


def dpas(
    year: int, *, agency_ids: Collection[int] | None = None, version_id: int | None = None
) -> list[DpaFacts]:
    """Return a year's DPA, of some agencies or one version when named, the newest version first."""
    rows = Dpa.objects.select_related("version").filter(version__year=year)
    rows = rows if agency_ids is None else rows.filter(agency__in=agency_ids)
    rows = rows if version_id is None else rows.filter(version=version_id)
    return [_facts(row) for row in rows.order_by("-version__number", "pk")]


def units_of_skpd(agency_id: int, year: int) -> list[int]:
    """Return an agency with all units below it, as they stand in the year."""
    units = standing(year)
    return sorted(one for one in {*units, agency_id} if agency_id in above(one, units))


def spendable(version_id: int, unit_ids: Iterable[int]) -> Decimal:
    """Return what a version lets some units spend, financing paid too, in rupiah."""
    chosen = {"version": version_id, "units": list(unit_ids)}
    total: Decimal = select(TOTAL, chosen)[0][0]
    return total


def enacted_differences(version_id: int, year: int, unit_ids: Iterable[int]) -> dict[int, Decimal]:
    """Return by line what a version enacts more (less: negative) than funds have, in rupiah."""
    chosen = {"version": version_id, "year": year, "units": list(unit_ids)}
    return dict(select(DIFFERENCE, chosen))


def held(version_id: int, unit_ids: Iterable[int]) -> Held:
    """Return the sheets of some units in a version, each with its revision."""
    rows = VersionSheet.objects.filter(version=version_id, sheet__unit__in=list(unit_ids))
    return frozenset(rows.values_list("sheet", "revision"))


def last_ratified(agency_id: int, year: int) -> DpaFacts | None:
    """Return the DPA by which an agency spends now."""
    rows = dpas(year, agency_ids=[agency_id])
    return next((one for one in rows if one.state is DpaState.RATIFIED), None)


def newest_for_dpa(year: int) -> int | None:
    """Return the newest version of which DPA are made."""
    rows = Version.objects.filter(year=year).exclude(stage="").order_by("-number")
    return rows.values_list("pk", flat=True).first()


def is_superseded(version_id: int, year: int, unit_ids: Collection[int]) -> bool:
    """Tell whether the newest version changed these units since one."""
    newest = newest_for_dpa(year)
    return newest is not None and held(newest, unit_ids) != held(version_id, unit_ids)


def owing(year: int) -> list[int]:
    """Return the SKPD whose budget in the newest version is not what their ratified DPA says."""
    newest = newest_for_dpa(year)
    if newest is None:
        return []
    units = standing(year)
    ratified = {
        one.agency_id: one.version_id
        for one in reversed(dpas(year))
        if one.state is DpaState.RATIFIED
    }
    rows = VersionSheet.objects.filter(version__in={newest, *ratified.values()})
    found: dict[tuple[int, int], set[tuple[int, int]]] = {}
    for version, sheet, revision, unit in rows.values_list(
        "version", "sheet", "revision", "sheet__unit"
    ):
        found.setdefault((version, above(unit, units)[-1]), set()).add((sheet, revision))
    return sorted(
        agency
        for version, agency in found
        if version == newest
        and found[newest, agency] != found.get((ratified.get(agency, 0), agency))
    )


def _facts(row: Dpa) -> DpaFacts:
    return DpaFacts(
        row.pk,
        row.version.year_id,
        row.version_id,
        row.version.number,
        row.agency_id,
        DpaState(row.state),
        row.version.stage,
        row.number,
        row.total,
        tuple(
            DpaStep(state, getattr(row, f"{state}_by_id"), getattr(row, f"{state}_at"))
            for state in DpaState
        ),
    )
