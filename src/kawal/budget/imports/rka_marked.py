"""The workbook as it came, with every bad cell coloured and explained, and a list of all faults."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from django.utils.translation import gettext as _

from kawal.budget.imports.rka_book import COLUMNS, Book, CellFault
from kawal.budget.presenters.rka_workbook import COLUMNS as WRITTEN
from kawal.budget.presenters.rka_workbook import SHEET, STYLES, plain
from kawal.budget.presenters.xlsx_file import (
    Cell,
    SheetFile,
    Style,
    Value,
    XlsxFile,
    address,
)
from kawal.kernel.importing.parsing import decimal
from kawal.kernel.importing.problems import Unreadable
from kawal.kernel.words import N_

FAULTS = N_("Kesalahan")
USUAL_WIDTH = 18
MOST_LINKS = 60_000  # a spreadsheet refuses a sheet with more than 65,530
_NUMBERS = {"volume1", "volume2", "volume3", "volume4", "price", "tax", "amount"}


def mark(book: Book, path: Path) -> None:
    """Write a workbook back with its faults."""
    places = dict(book.header.places)
    found: dict[int, list[CellFault]] = {}
    for fault in book.faults:
        found.setdefault(fault.line, []).append(fault)
    with XlsxFile(path) as made:
        with made.sheet(SHEET, _widths(book), book.header_line) as sheet:
            for raw in book.before:
                sheet.row(raw.line, _texts(raw.cells))
            head = enumerate(book.header.cells)
            sheet.row(book.header_line, [(place, text, Style.HEAD) for place, text in head])
            styles = _styles(places)
            for raw in book.raw:
                mine = _by_place(found.get(raw.line, ()), places)
                sheet.row(raw.line, _cells(raw.cells, mine, styles))
                for place, texts in mine.items():
                    sheet.comment(raw.line, place, "\n".join(texts))
        with made.sheet(_(FAULTS), [8, 22, 30, 70, 50]) as listed:
            _list(listed, book, places)


def _widths(book: Book) -> list[int]:
    known = {place: WRITTEN[name][1] for name, place in book.header.places.items()}
    return [known.get(place, USUAL_WIDTH) for place in range(len(book.header.cells))]


def _styles(places: Mapping[str, int]) -> dict[int, tuple[Style, bool]]:
    return {place: (STYLES[name], name in _NUMBERS) for name, place in places.items()}


def _by_place(faults: Sequence[CellFault], places: Mapping[str, int]) -> dict[int, list[str]]:
    """Return what is wrong in a row by the place of the cell; a missing column is the first."""
    found: dict[int, list[str]] = {}
    for fault in faults:
        found.setdefault(places.get(fault.column, 0), []).append(_said(fault))
    return found


def _said(fault: CellFault) -> str:
    text = _(fault.reason.text)
    return text % dict(fault.reason.values) if fault.reason.values else text


def _texts(cells: Sequence[str]) -> list[Cell]:
    return [(place, text, Style.PLAIN) for place, text in enumerate(cells)]


def _cells(
    cells: Sequence[str],
    wrong: Mapping[int, list[str]],
    styles: Mapping[int, tuple[Style, bool]],
) -> Iterator[Cell]:
    for place, text in enumerate(cells):
        style, is_number = styles.get(place, (Style.PLAIN, False))
        if place in wrong:
            yield place, (_number(text) if is_number else text) or " ", Style.WRONG
        elif is_number and text:
            value = _number(text)
            yield place, value, Style.PLAIN if isinstance(value, str) else style
        else:
            yield place, text, style if style is Style.QUIET else Style.PLAIN


def _number(text: str) -> Value:
    try:
        return plain(decimal(text))
    except Unreadable:
        return text


def _list(sheet: SheetFile, book: Book, places: Mapping[str, int]) -> None:
    heads = [_("Baris"), _("Kolom"), _("Isi"), _("Kesalahan"), _("Yang dapat dilakukan")]
    sheet.row(1, [(place, text, Style.HEAD) for place, text in enumerate(heads)])
    labels = {column.name: _(column.label) for column in COLUMNS}
    cells = {raw.line: raw.cells for raw in book.raw}
    for row, fault in enumerate(book.faults, 2):
        place = places.get(fault.column, 0)
        mine = cells[fault.line]
        content = mine[place] if fault.column in places and place < len(mine) else ""
        mend = _(fault.reason.mend) % dict(fault.reason.values) if fault.reason.mend else ""
        sheet.row(
            row,
            [
                (0, Decimal(fault.line), Style.LINK),
                (1, labels.get(fault.column, fault.column), Style.PLAIN),
                (2, content, Style.PLAIN),
                (3, _said(fault), Style.PLAIN),
                (4, mend, Style.PLAIN),
            ],
        )
        if row <= MOST_LINKS:
            sheet.link(row, 0, SHEET, address(fault.line, place))
