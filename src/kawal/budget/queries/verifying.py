"""Is what was enacted still what is stored? Sums and digests again, beside the public trail."""

from collections.abc import Iterator, Mapping
from typing import Any

from kawal.budget import kinds_versions
from kawal.budget.facts import VersionFault
from kawal.budget.models import Dpa, Revision, Version
from kawal.budget.queries.held import sums
from kawal.budget.queries.rka_sql import select
from kawal.budget.queries.sealed import named, version_row, written
from kawal.budget.rules import digests
from kawal.trail import queries as trail

PLACE = """
SELECT r.id, concat_ws(' ', a.code, s.kind), s.unit_id, s.year_id, r.number, (
    SELECT min(v.number) FROM budget_versionsheet h JOIN budget_version v ON v.id = h.version_id
    WHERE h.revision_id = r.id
)
FROM budget_revision r
JOIN budget_sheet s ON s.id = r.sheet_id
LEFT JOIN nomenclature_activity a ON a.id = s.activity_id
WHERE r.id = ANY (%(revisions)s::bigint[])
"""
LINE_SUMS = """
SELECT l.revision_id, a.code, l.amount, coalesce(sum(c.amount), 0)
FROM budget_revisionline l
JOIN budget_revision r ON r.id = l.revision_id AND r.state = 'sealed'
JOIN budget_line k ON k.id = l.line_id
JOIN nomenclature_account a ON a.id = k.account_id
LEFT JOIN budget_component c ON c.revision_line_id = l.id
GROUP BY l.id, a.code HAVING l.amount <> coalesce(sum(c.amount), 0) ORDER BY l.id
"""
MISNAMED = """
SELECT v.year_id, v.number, h.sheet_id, r.id, r.state
FROM budget_versionsheet h
JOIN budget_version v ON v.id = h.version_id
JOIN budget_revision r ON r.id = h.revision_id
WHERE r.state <> 'sealed' OR r.sheet_id <> h.sheet_id ORDER BY h.id
"""
TOLD = ("revenue", "spending", "financing_in", "financing_out")


def version_faults() -> Iterator[VersionFault]:
    """Yield each place where what is stored is not what was enacted and told in public."""
    yield from _sheet_faults()
    for year, number, sheet, revision, state in select(MISNAMED, {}):
        yield VersionFault(f"{year}/{number}", f"sheet {sheet}", "revision", str(revision), state)
    entries = _entries(kinds_versions.ENACTED.name, ("year", "number"))
    parents: dict[int, str] = {}
    for row in Version.objects.order_by("year", "number"):
        parents[row.pk] = row.digest
        yield from _version_faults(row, parents.get(row.parent_id or 0))
        yield from _trail_faults(row, entries.pop((row.year_id, row.number), None))
    for (year, number), told in entries.items():
        yield VersionFault(f"{year}/{number}", "", "version", "", str(told["digest"]))
    yield from _dpa_faults()


def verified_counts() -> tuple[int, int]:
    """Return how many versions and sealed revisions there are to look at."""
    return Version.objects.count(), Revision.objects.filter(state="sealed").count()


def _sheet_faults() -> Iterator[VersionFault]:
    stored = {
        id: (str(total), digest)
        for id, total, digest in Revision.objects.filter(state="sealed").values_list(
            "pk", "total", "digest"
        )
    }
    found: list[tuple[int, str, str, str]] = []
    for one in written(list(stored)):
        total, digest = stored[one.revision_id]
        again = digests.revision_digest(one.rows)
        if total != str(one.total):
            found.append((one.revision_id, "total", total, str(one.total)))
        if digest != again:
            found.append((one.revision_id, "digest", digest, again))
    for revision, account, kept, summed in select(LINE_SUMS, {}):
        found.append((revision, account, str(kept), str(summed)))
    places = _places({revision for revision, *_ in found})
    for revision, *said in found:
        yield VersionFault(*places[revision], *said)


def _places(revisions: set[int]) -> Mapping[int, tuple[str, str]]:
    """Return for revisions the first version that holds them, and where they stand."""
    rows = select(PLACE, {"revisions": sorted(revisions)})
    return {
        id: (f"{year}/{number or '-'}", f"{sheet}, unit {unit}, revision {revision}")
        for id, sheet, unit, year, revision, number in rows
    }


def _version_faults(row: Version, parent: str | None) -> Iterator[VersionFault]:
    again = digests.version_digest([version_row(row, parent), *named(row.pk)])
    if again != row.digest:
        yield VersionFault(f"{row.year_id}/{row.number}", "", "digest", row.digest, again)


def _trail_faults(row: Version, told: Mapping[str, Any] | None) -> Iterator[VersionFault]:
    """Compare with the public log; an event that has no place yet is waited for."""
    name = f"{row.year_id}/{row.number}"
    if told is None:
        if not _waiting():
            yield VersionFault(name, "", "trail", row.digest, "")
        return
    stored = sums(row.pk)[0]
    pairs = [(one, str(getattr(stored, one))) for one in TOLD]
    for what, value in [("digest", row.digest), ("kind", row.kind), *pairs]:
        if told[what] != value:
            yield VersionFault(name, "trail", what, value, told[what])


def _dpa_faults() -> Iterator[VersionFault]:
    entries = _entries(kinds_versions.RATIFIED.name, ("year", "version", "dpa"))
    for row in Dpa.objects.filter(state="ratified").select_related("version").order_by("pk"):
        version = row.version
        told = entries.pop((version.year_id, version.number, row.number), None)
        name = f"{version.year_id}/{version.number}"
        if told is not None and told["total"] != str(row.total):
            yield VersionFault(name, row.number, "total", str(row.total), told["total"])
        elif told is None and not _waiting():
            yield VersionFault(name, row.number, "trail", row.number, "")
    for (year, number, dpa), _ in entries.items():
        yield VersionFault(f"{year}/{number}", str(dpa), "dpa", "", str(dpa))


def _entries(kind: str, keys: tuple[str, ...]) -> dict[tuple[Any, ...], Mapping[str, Any]]:
    found: dict[tuple[Any, ...], Mapping[str, Any]] = {}
    after = 0
    while some := trail.entries(after, 1000, (kind,)):
        for entry in some:
            found[tuple(entry.facts[key] for key in keys)] = entry.facts
        after = some[-1].number
    return found


def _waiting() -> bool:
    return bool(trail.waiting()[0][1])
