"""Sheets: whose they are, how far they are, what they add up to against their ceilings."""

from collections.abc import Collection
from typing import Any

from kawal.budget.facts import (
    Record,
    RevisionFacts,
    RevisionState,
    SheetFacts,
    SheetKind,
    SheetRow,
)
from kawal.budget.models import Revision, Sheet, VersionSheet
from kawal.budget.models.revisions import OPEN
from kawal.budget.queries.rka_sql import CURRENT, IN_FORCE, select
from kawal.budget.queries.years import above, standing
from kawal.kernel.refusals import NotThere
from kawal.regions.facts import AgencyFacts

LIST = f"""
WITH {CURRENT}, {IN_FORCE}, totals AS (
    SELECT l.revision_id, sum(l.amount) AS total
    FROM current c JOIN budget_revisionline l ON l.revision_id = c.id GROUP BY 1
), notes AS (
    SELECT n.revision_id, count(*) AS open
    FROM current c JOIN budget_linenote n ON n.revision_id = c.id
    WHERE n.answered_at IS NULL GROUP BY 1
)
SELECT s.id, s.unit_id, s.kind, s.activity_id, coalesce(a.code, ''), coalesce(a.name, ''),
    c.id, c.state, c.record, coalesce(t.total, 0.00), p.amount, coalesce(n.open, 0), c.changed_at
FROM budget_sheet s
LEFT JOIN nomenclature_activity a ON a.id = s.activity_id
LEFT JOIN current c ON c.sheet_id = s.id
LEFT JOIN totals t ON t.revision_id = c.id
LEFT JOIN notes n ON n.revision_id = c.id
LEFT JOIN in_force p
    ON p.unit_id = s.unit_id AND p.activity_id = s.activity_id AND p.fund_id IS NULL
WHERE s.year_id = %(year)s
    AND (%(units)s::bigint[] IS NULL OR s.unit_id = ANY (%(units)s::bigint[]))
    AND (%(kind)s::text IS NULL OR s.kind = %(kind)s)
"""  # noqa: S608 - every part is ours


def sheet(sheet_id: int) -> SheetFacts:
    """Return a sheet.

    :raises NotThere: when there is none.
    """
    row = Sheet.objects.select_related("activity").filter(pk=sheet_id).first()
    if row is None:
        raise NotThere(f"sheet {sheet_id}")
    return sheet_facts(row)


def sheet_facts(row: Any, units: dict[int, AgencyFacts] | None = None) -> SheetFacts:
    """Return a sheet's row as facts, with its unit as it stands at the end of the year.

    ``units`` are those of the year (``standing``), where many rows are read.
    """
    units = standing(row.year_id) if units is None else units
    top = above(row.unit_id, units)[-1]
    return SheetFacts(
        row.pk,
        row.year_id,
        row.unit_id,
        SheetKind(row.kind),
        row.activity_id,
        row.activity.code if row.activity else "",
        row.activity.name if row.activity else "",
        units[row.unit_id].code if row.unit_id in units else "",
        units[row.unit_id].name if row.unit_id in units else "",
        units[top].code if top in units else "",
    )


def sheets(
    year: int, *, unit_ids: Collection[int] | None = None, kind: SheetKind | None = None
) -> list[SheetRow]:
    """Return a year's sheets of some units (all when none are named), by unit and activity.

    Two queries, whatever their number. Totals are of the newest revision not dropped, in rupiah.
    """
    chosen = {
        "year": year,
        "units": None if unit_ids is None else list(unit_ids),
        "kind": kind.value if kind else None,
    }
    units = standing(year)
    found = [
        _row(row, units[row[1]].name if row[1] in units else "") for row in select(LIST, chosen)
    ]
    codes = {one.id: one.code for one in units.values()}
    return sorted(found, key=lambda one: (codes.get(one.unit_id, ""), one.kind, one.activity_code))


def revision(revision_id: int) -> RevisionFacts:
    """Return how far a revision is.

    :raises NotThere: when there is none.
    """
    row = Revision.objects.filter(pk=revision_id).first()
    if row is None:
        raise NotThere(f"revision {revision_id}")
    return revision_facts(row)


def open_revision(sheet_id: int) -> RevisionFacts | None:
    """Return a sheet's open revision: drafted, submitted or verified but not in a version yet."""
    row = Revision.objects.filter(sheet=sheet_id, state__in=OPEN).first()
    return revision_facts(row) if row else None


def head_revision(sheet_id: int) -> RevisionFacts | None:
    """Return the sealed revision that the newest version of the year's budget holds."""
    held = VersionSheet.objects.filter(sheet=sheet_id).order_by("-version__number")
    row = held.select_related("revision").first()
    return revision_facts(row.revision) if row else None


def revisions(sheet_id: int) -> list[RevisionFacts]:
    """Return all revisions of a sheet, the newest first."""
    rows = Revision.objects.filter(sheet=sheet_id).order_by("-number")
    return [revision_facts(row) for row in rows]


def revision_facts(row: Revision) -> RevisionFacts:
    """Return a revision's row as facts."""
    return RevisionFacts(
        row.pk,
        row.sheet_id,
        row.number,
        RevisionState(row.state),
        Record(row.record),
        row.version,
        row.changed_at,
        row.changed_by_id,
        row.submitted_by_id,
        row.submitted_at,
        row.verified_by_id,
        row.verified_at,
        row.based_on_id,
    )


def _row(row: tuple[Any, ...], unit_name: str) -> SheetRow:
    identity, unit, kind, activity, code, name, revision_id, state, record, *rest = row
    return SheetRow(
        identity,
        unit,
        unit_name,
        SheetKind(kind),
        activity,
        code,
        name,
        revision_id,
        RevisionState(state) if state else None,
        Record(record) if record else Record.HERE,
        *rest,
    )
