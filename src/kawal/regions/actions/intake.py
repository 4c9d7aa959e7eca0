"""Takes regions in, any number of them, set by set inside the database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_
from kawal.regions.actions.locks import REGIONS, hold
from kawal.regions.facts import RegionKind


@dataclass(frozen=True, slots=True)
class RegionDraft:
    """A region as a file names it, with the line where it does; the code tells its parent."""

    line: int
    code: str
    name: str
    kind: RegionKind

    @property
    def parent(self) -> str:
        """Return the parent's code, empty for a province."""
        return self.code.rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the regions that were taken in."""

    new: int
    changed: int
    unchanged: int


def kind_of(code: str, name: str = "") -> RegionKind:
    """Return a region's level by its code: PP.KK.CC.VVVV (Permendagri 58/2021).

    A KK from 71 is a kota; a VVVV that begins with 1 a kelurahan, else a desa (3: desa adat).
    """
    parts = code.split(".")
    if len(parts) == 4:
        return RegionKind.KELURAHAN if parts[3].startswith("1") else RegionKind.DESA
    if len(parts) == 2:
        is_kota = int(parts[1]) >= 71 or name.casefold().startswith("kota ")
        return RegionKind.KOTA if is_kota else RegionKind.KABUPATEN
    return RegionKind.KECAMATAN if len(parts) == 3 else RegionKind.PROVINSI


class RegionIntake:
    """Regions on their way in: staged first, judged and written all together.

    They stand in a table of their own and are gone with the transaction, so their number does not
    matter; two lists at once take turns. Use the methods in their order, inside a transaction.
    """

    def __init__(self, *, valid_from: date, legal_basis: str, at: datetime) -> None:
        self.values: dict[str, date | str] = {
            "valid_from": valid_from,
            "basis": legal_basis,
            "at": at,
        }

    def open(self) -> None:
        """Wait for the turn."""
        hold(REGIONS)

    def stage(self, drafts: Iterable[RegionDraft]) -> None:
        """Put some of them there."""
        columns = "(line, code, name, kind, parent)"
        with (
            connection.cursor() as cursor,
            cursor.copy(f"COPY regions_incoming {columns} FROM STDIN") as copy,
        ):
            for draft in drafts:
                copy.write_row((draft.line, draft.code, draft.name, draft.kind.value, draft.parent))

    def judge(self) -> Iterator[tuple[int, Reason]]:
        """Decide what becomes of each; yield those that cannot be taken, with the reason."""
        self._run(_DOUBLES)
        self._run(_STANDING)
        for _level in ("kabupaten", "kecamatan", "kelurahan"):
            self._run(_ORPHANS)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT line, code, parent, fate FROM regions_incoming"
                " WHERE fate IN ('double', 'orphan', 'same_day') ORDER BY line"
            )
            for line, code, parent, fate in cursor.fetchall():
                values = {"code": code, "parent": parent, "since": str(self.values["valid_from"])}
                yield line, Reason(f"regions.{fate}", _WHY[fate], at="Kode", values=values)

    def write(self) -> Taken:
        """Write those that can be taken: new identities, new versions, old versions closed."""
        for statement in _WRITE:
            self._run(statement)
        with connection.cursor() as cursor:
            cursor.execute("SELECT fate, count(*) FROM regions_incoming GROUP BY fate")
            counts = dict(cursor.fetchall())
        self._run("DELETE FROM regions_incoming")
        return Taken(counts.get("new", 0), counts.get("changed", 0), counts.get("unchanged", 0))

    def _run(self, statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, self.values)


_WHY = {
    "double": N_("Kode %(code)s sudah ada di baris sebelumnya dengan isi lain."),
    "orphan": N_("Wilayah induknya (%(parent)s) tidak ada."),
    "same_day": N_("Wilayah ini sudah tercatat lain sejak %(since)s; sebut tanggal sesudahnya."),
}

# The first line of a code counts; a later one with the same words is the same, else it is double.
_DOUBLES = """
    UPDATE regions_incoming i
    SET fate = CASE WHEN i.name = f.name THEN 'unchanged' ELSE 'double' END
    FROM (SELECT DISTINCT ON (code) code, line, name FROM regions_incoming ORDER BY code, line) f
    WHERE f.code = i.code AND f.line <> i.line
"""
_STANDING = """
    UPDATE regions_incoming i
    SET region_id = v.region_id,
        standing = v.id,
        fate = CASE
            WHEN v.name = i.name AND v.kind = i.kind THEN 'unchanged'
            WHEN v.valid_from >= %(valid_from)s OR v.valid_until IS NOT NULL THEN 'same_day'
            ELSE 'changed' END
    FROM (
        SELECT DISTINCT ON (code) * FROM regions_regionversion
        WHERE valid_until IS NULL OR valid_until >= %(valid_from)s
        ORDER BY code, valid_from) v
    WHERE v.code = i.code AND i.fate IS NULL
"""
_ORPHANS = """
    UPDATE regions_incoming i
    SET fate = 'orphan'
    WHERE i.fate IS NULL AND i.parent <> ''
      AND NOT EXISTS (
        SELECT 1 FROM regions_incoming p
        WHERE p.code = i.parent AND (p.fate IS NULL OR p.fate IN ('changed', 'unchanged')))
      AND NOT EXISTS (
        SELECT 1 FROM regions_regionversion v
        WHERE v.code = i.parent AND v.valid_from <= %(valid_from)s
          AND (v.valid_until IS NULL OR v.valid_until >= %(valid_from)s))
"""
_WRITE = (
    """
    UPDATE regions_incoming
    SET fate = 'new', region_id = nextval(pg_get_serial_sequence('regions_region', 'id'))
    WHERE fate IS NULL
    """,
    """
    INSERT INTO regions_region (id, recorded_at)
    SELECT region_id, %(at)s FROM regions_incoming WHERE fate = 'new' ORDER BY code
    """,
    """
    UPDATE regions_regionversion v
    SET valid_until = CAST(%(valid_from)s AS date) - 1
    FROM regions_incoming i WHERE i.fate = 'changed' AND v.id = i.standing
    """,
    """
    INSERT INTO regions_regionversion
        (region_id, code, name, kind, parent_id, valid_from, legal_basis)
    SELECT i.region_id, i.code, i.name, i.kind,
           COALESCE(
               (SELECT p.region_id FROM regions_incoming p
                WHERE p.code = i.parent AND p.fate IN ('new', 'changed', 'unchanged')
                  AND p.region_id IS NOT NULL),
               (SELECT v.region_id FROM regions_regionversion v
                WHERE v.code = i.parent AND v.valid_from <= %(valid_from)s
                  AND (v.valid_until IS NULL OR v.valid_until >= %(valid_from)s))),
           %(valid_from)s, %(basis)s
    FROM regions_incoming i WHERE i.fate IN ('new', 'changed') ORDER BY i.code
    """,
)
