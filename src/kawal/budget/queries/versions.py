"""The versions of a year's budget, and the amounts that each holds."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from kawal.budget.facts import Enacted, Instrument, VersionFacts, VersionKind
from kawal.budget.models import Version
from kawal.budget.queries.rka_sql import select
from kawal.kernel.refusals import NotThere

AMOUNTS = """
SELECT l.line_id, l.amount
FROM budget_versionsheet h
JOIN budget_sheet s ON s.id = h.sheet_id
JOIN budget_revisionline l ON l.revision_id = h.revision_id
WHERE h.version_id = %(version)s
    AND (%(units)s::bigint[] IS NULL OR s.unit_id = ANY (%(units)s::bigint[]))
"""

# Which version counts on a day: the latest in force, by the day of the paper that gives it force.
ENACTED = """
WITH counts AS (
    SELECT id FROM budget_version
    WHERE year_id = %(year)s AND stage <> '' AND instrument_date <= %(on)s
    ORDER BY number DESC LIMIT 1
)
SELECT s.unit_id, k.account_id, a.code, k.fund_id, sum(l.amount)
FROM counts v
JOIN budget_versionsheet h ON h.version_id = v.id
JOIN budget_sheet s ON s.id = h.sheet_id
JOIN budget_revisionline l ON l.revision_id = h.revision_id
JOIN budget_line k ON k.id = l.line_id
JOIN nomenclature_account a ON a.id = k.account_id
GROUP BY 1, 2, 3, 4 HAVING sum(l.amount) <> 0
ORDER BY a.code COLLATE "C", 1, 4
"""


def versions(year: int) -> list[VersionFacts]:
    """Return a year's versions, the newest first."""
    return [version_facts(row) for row in Version.objects.filter(year=year).order_by("-number")]


def head(year: int) -> VersionFacts | None:
    """Return the newest version of a year; ``None`` before the first."""
    row = Version.objects.filter(year=year).order_by("-number").first()
    return version_facts(row) if row else None


def version(version_id: int) -> VersionFacts:
    """Return one version.

    :raises NotThere: when there is none of that id.
    """
    row = Version.objects.filter(pk=version_id).first()
    if row is None:
        raise NotThere(f"version {version_id}")
    return version_facts(row)


def amounts(version_id: int, *, agency_ids: Collection[int] | None = None) -> dict[int, Decimal]:
    """Return the amount of each line of a version, in rupiah; of some units only when named."""
    units = None if agency_ids is None else list(agency_ids)
    return dict(select(AMOUNTS, {"version": version_id, "units": units}))


def enacted(year: int, on: date) -> list[Enacted]:
    """Return what is enacted on a day by unit, account and fund, in rupiah, by account.

    It is that of the latest version of which DPA are made; nothing before the first.
    """
    return [Enacted(*row) for row in select(ENACTED, {"year": year, "on": on})]


def version_facts(row: Version) -> VersionFacts:
    """Return a version's row as facts."""
    return VersionFacts(
        row.pk,
        row.year_id,
        row.number,
        VersionKind(row.kind),
        row.parent_id,
        row.stage,
        Instrument(row.instrument),
        row.instrument_number,
        row.instrument_date,
        row.title,
        row.digest,
        row.made_at,
        row.made_by_id,
    )
