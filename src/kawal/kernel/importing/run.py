"""The one way every import runs: read, recognise, parse, check, write; all or nothing of a file."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext

from kawal.kernel.importing.batches import Import, Row, Written, write_each
from kawal.kernel.importing.headers import Header, check_map, known_headers, missing, recognise
from kawal.kernel.importing.problems import Unreadable, problem
from kawal.kernel.importing.rejects import RejectsFile
from kawal.kernel.importing.sources import RawRow, Reading, Source, open_source
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_

HEADER_WITHIN = 20
SHOWN = 20
MOST_HEADERS = 1000

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says beside the file."""

    dry_run: bool = False
    mapped: Mapping[str, str] = field(default_factory=dict)
    reading: Reading = field(default_factory=Reading)
    rejects: Path | None = None


@dataclass(slots=True)
class Summary:
    """What a run did; ``shown`` are the first rejected rows, all of them are in the file."""

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    dry_run: bool = False
    rejects_file: Path | None = None
    notes: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    shown: list[tuple[int, tuple[Reason, ...]]] = field(default_factory=list)
    warnings: list[Reason] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """Return 0 when no row was rejected, else 1."""
        return 1 if self.rejected else 0


def run(
    importer: Import, path: Path, options: Options, progress: Progress = lambda done, all: None
) -> Summary:
    """Import a file in one transaction; a dry run does the same and takes it back.

    :raises FileProblem: when nothing can be taken from the file; nothing is then written.
    """
    check_map(importer.columns, options.mapped)
    known = known_headers(importer.columns, options.mapped)
    source = open_source(path, options.reading, known)
    if importer.with_geometry and source.kind != "geojson":
        raise problem(
            "needs_geojson",
            N_("Impor ini membutuhkan GeoJSON."),
            mend=N_("Ekspor batas wilayahnya sebagai FeatureCollection GeoJSON."),
        )
    rejects = RejectsFile(options.rejects or beside(path), gettext)
    work = _Run(importer, source, options, rejects, progress)
    try:
        with transaction.atomic():
            work.all()
            if options.dry_run:
                _keep_deferred_promises()
                transaction.set_rollback(True)
        rejects.finish()
    except BaseException:
        rejects.discard()
        raise
    work.summary.rejects_file = rejects.path if rejects.count else None
    return work.summary


def beside(path: Path) -> Path:
    """Return where the rejected rows of a file go unless somebody says otherwise."""
    return path.with_name(f"{path.stem}-ditolak.csv")


class _Run:
    """One file on its way in."""

    def __init__(
        self,
        importer: Import,
        source: Source,
        options: Options,
        rejects: RejectsFile,
        progress: Progress,
    ) -> None:
        self.importer, self.source, self.mapped = importer, source, options.mapped
        self.rejects, self.progress = rejects, progress
        self.summary = Summary(dry_run=options.dry_run, notes=source.notes)
        self.header: tuple[str, ...] = ()
        self._headers: dict[tuple[str, ...], Header | None] = {}

    def all(self) -> None:
        """Take every row in, then what had to wait for the end."""
        self.importer.begin()
        batch: list[Row] = []
        for raw, header in self._rows():
            self.summary.read += 1
            row, reasons = self._parsed(raw, header)
            if reasons:
                self._reject(raw.line, reasons, raw)
                continue
            batch.append(row)
            if len(batch) >= self.importer.batch:
                self._write(batch)
                batch = []
        if batch:
            self._write(batch)
        self._late(self.importer.finish())
        self.progress(*self.source.progress())

    def _write(self, batch: Sequence[Row]) -> None:
        cells = {row.line: row for row in batch}
        for written in write_each(self.importer, batch):
            self._count(written)
            for line, reasons in written.rejected:
                row = cells[line]
                self._reject(line, reasons, RawRow(line, row.cells, self.header))
        self.progress(*self.source.progress())

    def _late(self, written: Written) -> None:
        """Count the end; the lines rejected only then are read once more, to be shown whole."""
        self._count(written)
        waiting = iter(written.rejected)
        next_one = next(waiting, None)
        for raw, _header in self._rows() if next_one else ():
            while next_one and next_one[0] == raw.line:
                self._reject(raw.line, next_one[1], raw)
                next_one = next(waiting, None)
            if next_one is None:
                return

    def _count(self, written: Written) -> None:
        self.summary.new += written.new
        self.summary.changed += written.changed
        self.summary.unchanged += written.unchanged
        self.summary.warnings += written.warnings

    def _reject(self, line: int, reasons: Sequence[Reason], raw: RawRow) -> None:
        self.summary.rejected += 1
        if len(self.summary.shown) < SHOWN:
            self.summary.shown.append((line, tuple(reasons)))
        cells = raw.cells
        if raw.header != self.header:
            named = dict(zip(raw.header, raw.cells, strict=False))
            cells = tuple(named.get(name, "") for name in self.header) if named else raw.cells
        self.rejects.add(line, reasons, self.header, cells)

    def _rows(self) -> Iterator[tuple[RawRow, Header]]:
        """Yield the rows below the header, each with what its cells mean."""
        header: Header | None = None
        before: list[RawRow] = []
        for raw in self.source.rows():
            if raw.header:
                header = self._header_of(raw)
            elif header is None:
                header = None if raw.problems else self._recognised(raw.cells)
                if header is None:
                    before.append(raw)
                    if len(before) >= HEADER_WITHIN:
                        raise self._no_header(before)
                continue
            assert header is not None
            yield raw, header
        if header is None:
            raise self._no_header(before)

    def _recognised(self, cells: tuple[str, ...]) -> Header | None:
        if len(self._headers) > MOST_HEADERS:  # features may each have properties of their own
            self._headers = {self.header: self._headers[self.header]}
        if cells not in self._headers:
            self._headers[cells] = recognise(cells, self.importer.columns, self.mapped)
        header = self._headers[cells]
        if header and not self.header:
            self.header, self.summary.ignored = cells, header.ignored
            self.source.width = len(cells)
        return header

    def _header_of(self, raw: RawRow) -> Header:
        header = self._recognised(raw.header)
        if header is None:
            if not self.header:
                raise self._no_header([RawRow(raw.line, raw.header, ())])
            places = {name: i for i, name in enumerate(raw.header)}
            return Header(raw.header, self._by_name(places), ())
        return header

    def _by_name(self, places: Mapping[str, int]) -> dict[str, int]:
        """Return the columns that a feature without all of them still has."""
        first = self._headers[self.header]
        assert first is not None
        own = {column: self.header[place] for column, place in first.places.items()}
        return {column: places[name] for column, name in own.items() if name in places}

    def _no_header(self, rows: Sequence[RawRow]) -> Exception:
        cells = max((row.cells for row in rows), key=len, default=())
        nearest = min(
            (missing(row.cells, self.importer.columns, self.mapped) for row in rows),
            key=len,
            default=[c.label for c in self.importer.columns if c.required],
        )
        return problem(
            "missing_columns",
            N_("Kolom wajib tidak ditemukan: %(missing)s. Judul di berkas: %(found)s."),
            mend=N_("Cocokkan judulnya dengan --map KOLOM=JUDUL."),
            missing=", ".join(nearest),
            found=", ".join(cell for cell in cells if cell.strip())[:300],
        )

    def _parsed(self, raw: RawRow, header: Header) -> tuple[Row, list[Reason]]:
        reasons = [*raw.problems]
        if not raw.problems and not raw.header:
            reasons += _width_reasons(raw.cells, len(header.cells))
        values, unread = _values(raw.cells, header, self.importer)
        if self.importer.with_geometry and raw.geometry is None:
            reasons.append(Reason("import.no_geometry", N_("Fitur ini tidak punya geometri.")))
        row = Row(raw.line, values, raw.cells, raw.geometry)
        if not reasons:
            reasons = unread or list(self.importer.check(row))
        return row, reasons


def _width_reasons(cells: Sequence[str], width: int) -> list[Reason]:
    if len(cells) == width or (len(cells) > width and not any(c.strip() for c in cells[width:])):
        return []
    return [
        Reason(
            "import.width",
            N_("Baris ini berisi %(cells)s kolom, judulnya %(width)s."),
            values={"cells": len(cells), "width": width},
        )
    ]


def _values(
    cells: Sequence[str], header: Header, importer: Import
) -> tuple[dict[str, Any], list[Reason]]:
    values: dict[str, Any] = {}
    reasons: list[Reason] = []
    for column in importer.columns:
        place = header.places.get(column.name)
        cell = cells[place].strip() if place is not None and place < len(cells) else ""
        values[column.name] = column.default
        if not cell:
            if column.required:
                reasons.append(Reason("import.blank", N_("tidak diisi"), at=column.label))
            continue
        try:
            values[column.name] = column.parse(cell)
        except Unreadable as error:
            own = error.reason
            reasons.append(Reason(own.code, own.text, column.label, own.mend, own.values))
    return values, reasons


def _keep_deferred_promises() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
