"""An RKA workbook on its way in: its rows read, each fault kept with the cell that it is in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from kawal.budget.facts import SHEET_KIND_LABELS, SheetKind
from kawal.budget.presenters.rka_workbook import COLUMNS as WRITTEN
from kawal.kernel.importing.headers import Column, Header, known_headers, missing, recognise
from kawal.kernel.importing.parsing import decimal, integer, one_of, text
from kawal.kernel.importing.problems import Unreadable, problem
from kawal.kernel.importing.sources import RawRow, Reading, open_source
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_

HEADER_WITHIN = 20
MOST_ROWS = 200_000

_KINDS = {label.casefold(): kind for kind, label in SHEET_KIND_LABELS.items()}
_ENGLISH = {
    "unit": "unit code",
    "kind": "kind",
    "activity": "activity code",
    "account": "account code",
    "fund": "fund code",
    "group": "group",
    "note": "note",
    "name": "description",
    "specification": "specification",
    "price": "unit price",
    "tax": "tax",
    "amount": "amount",
    "price_code": "standard price code",
    "version": "sheet version",
} | {f"{word}{n}": f"{word} {n}" for word in ("volume", "unit") for n in range(1, 5)}
_NUMBERS = ("volume1", "volume2", "volume3", "volume4", "price", "tax", "amount")
_PARSE: Mapping[str, Any] = {
    "kind": one_of(SheetKind, _KINDS),
    "version": integer,
    **dict.fromkeys(_NUMBERS, decimal),
}
_REQUIRED = {"unit", "account", "fund", "name", "volume1", "unit1", "price"}
_DEFAULT: Mapping[str, Any] = {
    "kind": SheetKind.SPENDING,
    "tax": Decimal(0),
    "amount": None,
    "version": None,
    **dict.fromkeys(("volume2", "volume3", "volume4"), None),
}
COLUMNS: tuple[Column, ...] = tuple(
    Column(
        name,
        WRITTEN[name][0],
        (word,),
        parse=_PARSE.get(name, text),
        required=name in _REQUIRED,
        default=_DEFAULT.get(name, ""),
    )
    for name, word in _ENGLISH.items()
)


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong in one cell: its row in the file, its column's name, and why."""

    line: int
    column: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class BookRow:
    """A row that could be read: values by column name."""

    line: int
    values: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        """Return the value of a column."""
        return self.values[name]


@dataclass(slots=True)
class Book:
    """A workbook: all its rows as they stood, those that could be read, and every fault.

    ``halves`` are rows of which some cells could not be read, with the names of those columns.
    """

    header_line: int
    header: Header
    before: list[RawRow]
    raw: list[RawRow]
    rows: list[BookRow] = field(default_factory=list)
    halves: list[tuple[BookRow, frozenset[str]]] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)

    def fault(self, line: int, column: str, reason: Reason) -> None:
        """Keep what is wrong in a cell."""
        self.faults.append(CellFault(line, column, reason))


def read(path: Path, reading: Reading | None = None) -> Book:
    """Read a workbook (or CSV) whole, in the reader's own process with its bounds.

    :raises FileProblem: when no row of it can be taken for the header, or it cannot be opened.
    """
    source = open_source(path, reading or Reading(), known_headers(COLUMNS, {}))
    book: Book | None = None
    before: list[RawRow] = []
    for raw in source.rows():
        if book is None:
            book = _begun(raw, before)
            continue
        book.raw.append(raw)
        _take(book, raw)
        if len(book.raw) > MOST_ROWS:
            raise problem(
                "too_many_rows",
                N_("Buku kerja ini berisi lebih dari %(most)s baris."),
                mend=N_("Pecahlah menjadi satu buku kerja untuk setiap perangkat daerah."),
                most=MOST_ROWS,
            )
    if book is None:
        raise _no_header(before)
    return book


def _begun(raw: RawRow, before: list[RawRow]) -> Book | None:
    header = recognise(raw.cells, COLUMNS, {})
    if header is not None:
        return Book(raw.line, header, before, [])
    before.append(raw)
    if len(before) >= HEADER_WITHIN:
        raise _no_header(before)
    return None


def _no_header(rows: Sequence[RawRow]) -> Exception:
    nearest = min((missing(row.cells, COLUMNS, {}) for row in rows), key=len, default=[])
    return problem(
        "missing_columns",
        N_("Kolom wajib tidak ditemukan: %(missing)s. Judul di berkas: %(found)s."),
        mend=N_("Pakailah buku kerja yang diekspor dari sini sebagai contoh."),
        missing=", ".join(nearest),
        found=", ".join(cell for row in rows for cell in row.cells if cell.strip())[:300],
    )


def _take(book: Book, raw: RawRow) -> None:
    values: dict[str, Any] = {}
    faults = list(_parsed(book.header.places, raw, values))
    book.faults += faults
    row = BookRow(raw.line, values)
    if faults:
        book.halves.append((row, frozenset(one.column for one in faults)))
    else:
        book.rows.append(row)


def _parsed(places: Mapping[str, int], raw: RawRow, values: dict[str, Any]) -> Iterator[CellFault]:
    """Fill the values of a row, and yield what cannot be read, cell by cell."""
    for column in COLUMNS:
        place = places.get(column.name)
        cell = raw.cells[place].strip() if place is not None and place < len(raw.cells) else ""
        values[column.name] = column.default
        if not cell:
            if column.required:
                reason = Reason("import.blank", N_("tidak diisi"))
                yield CellFault(raw.line, column.name, reason)
            continue
        try:
            values[column.name] = column.parse(cell)
        except Unreadable as error:
            yield CellFault(raw.line, column.name, error.reason)
