"""The rows over which digests are taken: all that a revision says, and all that a version names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kawal.budget.models import Version
from kawal.budget.queries.rka_sql import select
from kawal.budget.rules.digests import Row

HEADERS = """
SELECT r.id, s.year_id, s.unit_id, s.kind, d.code, a.code, r.number, r.places, r.place_text,
    r.first_month, r.last_month, r.target_group, r.last_year::text, r.next_year::text, r.labels,
    r.record, r.source, r.external_id
FROM budget_revision r
JOIN budget_sheet s ON s.id = r.sheet_id
LEFT JOIN nomenclature_activity a ON a.id = s.activity_id
LEFT JOIN nomenclature_decree d ON d.id = a.decree_id
WHERE r.id = ANY (%(revisions)s) ORDER BY r.id
"""
INDICATORS = """
SELECT revision_id, kind, measure, target::text, unit FROM budget_indicator
WHERE revision_id = ANY (%(revisions)s) ORDER BY id
"""
LINES = """
SELECT l.revision_id, l.id, l.amount, ad.code, a.code, fd.code, f.code, l.amount::text
FROM budget_revisionline l
JOIN budget_line k ON k.id = l.line_id
JOIN nomenclature_account a ON a.id = k.account_id
JOIN nomenclature_decree ad ON ad.id = a.decree_id
JOIN nomenclature_fund f ON f.id = k.fund_id
JOIN nomenclature_decree fd ON fd.id = f.decree_id
WHERE l.revision_id = ANY (%(revisions)s)
ORDER BY a.code COLLATE "C", ad.code COLLATE "C", f.code COLLATE "C", fd.code COLLATE "C"
"""
COMPONENTS = """
SELECT c.revision_line_id, c.position, c."group", c.note, c.name, c.specification,
    c.volume1::text, c.unit1, c.volume2::text, c.unit2, c.volume3::text, c.unit3,
    c.volume4::text, c.unit4, c.price::text, c.tax::text, c.amount::text
FROM budget_component c
WHERE c.revision_line_id = ANY (
    SELECT id FROM budget_revisionline WHERE revision_id = ANY (%(revisions)s)
)
ORDER BY c.position, c.id
"""
NAMED = """
SELECT s.unit_id, s.kind, d.code, a.code, r.number, r.total::text, r.digest
FROM budget_versionsheet h
JOIN budget_sheet s ON s.id = h.sheet_id
JOIN budget_revision r ON r.id = h.revision_id
LEFT JOIN nomenclature_activity a ON a.id = s.activity_id
LEFT JOIN nomenclature_decree d ON d.id = a.decree_id
WHERE h.version_id = %(version)s ORDER BY h.sheet_id
"""
AT_ONCE = 100  # revisions; some 300 lines each


@dataclass(frozen=True, slots=True)
class Written:
    """A revision as it is written: its sum in rupiah and its rows for the digest."""

    revision_id: int
    total: Decimal
    rows: Sequence[Row]


def written(revision_ids: Sequence[int]) -> Iterator[Written]:
    """Yield what revisions say, in the order of their ids; a hundred at a time are in memory."""
    ids = sorted(revision_ids)
    for place in range(0, len(ids), AT_ONCE):
        yield from _some({"revisions": ids[place : place + AT_ONCE]})


def _some(chosen: dict[str, Any]) -> Iterator[Written]:
    indicators, lines, components = (
        _grouped(select(sql, chosen)) for sql in (INDICATORS, LINES, COMPONENTS)
    )
    for id, year, unit, kind, decree, code, *header in select(HEADERS, chosen):
        rows: list[Row] = [("sheet", year, unit, kind, decree, code), ("header", *header)]
        rows += [("indicator", *said) for said in indicators.get(id, ())]
        total = Decimal("0.00")
        for line, amount, *said in lines.get(id, ()):
            total += amount
            rows.append(("line", *said))
            rows += [("component", *each) for each in components.get(line, ())]
        yield Written(id, total, rows)


def _grouped(rows: list[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for key, *said in rows:
        found.setdefault(key, []).append(said)
    return found


def named(version_id: int) -> list[Row]:
    """Return a version's ``sheet`` rows."""
    return [("sheet", *row) for row in select(NAMED, {"version": version_id})]


def version_row(row: Version, parent_digest: str | None) -> Row:
    """Return a version's own row, which goes before its sheets."""
    day = row.instrument_date.isoformat() if row.instrument_date else None
    paper = (row.instrument, row.instrument_number, day)
    said = (row.year_id, row.number, row.kind, row.stage, *paper, row.title, parent_digest)
    return ("version", *said)
