"""A year's RKA as a workbook that one may edit in a spreadsheet and hand in again."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

from django.utils.translation import gettext as _

from kawal.budget.facts import SHEET_KIND_LABELS
from kawal.budget.presenters.xlsx_file import LETTERS, Cell, Formula, Style, Value, XlsxFile
from kawal.budget.queries.rka_rows import WorkbookRow
from kawal.kernel.words import N_

SHEET = "RKA"
COLUMNS: Mapping[str, tuple[str, int]] = {  # header and width; what is read back has no (*)
    "unit": (N_("Kode unit"), 24),
    "unit_name": (N_("Nama unit"), 26),
    "kind": (N_("Jenis"), 12),
    "activity": (N_("Kode sub kegiatan"), 20),
    "activity_name": (N_("Nama sub kegiatan"), 34),
    "account": (N_("Kode rekening"), 20),
    "account_name": (N_("Nama rekening"), 34),
    "fund": (N_("Kode sumber dana"), 16),
    "fund_name": (N_("Nama sumber dana"), 22),
    "group": (N_("Kelompok (#)"), 18),
    "note": (N_("Keterangan (–)"), 18),
    "name": (N_("Uraian"), 34),
    "specification": (N_("Spesifikasi"), 26),
    "volume1": (N_("Volume 1"), 10),
    "unit1": (N_("Satuan 1"), 10),
    "volume2": (N_("Volume 2"), 10),
    "unit2": (N_("Satuan 2"), 10),
    "volume3": (N_("Volume 3"), 10),
    "unit3": (N_("Satuan 3"), 10),
    "volume4": (N_("Volume 4"), 10),
    "unit4": (N_("Satuan 4"), 10),
    "price": (N_("Harga satuan"), 16),
    "tax": (N_("Pajak (persen)"), 9),
    "amount": (N_("Jumlah"), 18),
    "price_code": (N_("Kode standar harga"), 18),
    "version": (N_("Versi lembar"), 8),
}
PLACE = {name: place for place, name in enumerate(COLUMNS)}
QUIET = {"unit_name", "activity_name", "account_name", "fund_name", "version"}
NUMBERS = {"volume1", "volume2", "volume3", "volume4", "tax"}
STYLES = {
    name: Style.QUIET
    if name in QUIET
    else Style.NUMBER
    if name in NUMBERS
    else Style.MONEY
    if name in {"price", "amount"}
    else Style.PLAIN
    for name in COLUMNS
}
CELLS = tuple((PLACE[name], STYLES[name]) for name in COLUMNS)
# What a spreadsheet keeps of a number is 15 digits; a longer one is written as text.
EXACT = Decimal(10) ** 13


def headers() -> list[str]:
    """Return the headers in the reader's language."""
    return [_(header) for header, _width in COLUMNS.values()]


def widths() -> list[int]:
    """Return the widths of the columns in characters."""
    return [width for _header, width in COLUMNS.values()]


def write(path: Path, rows: Iterable[WorkbookRow], units: Mapping[int, tuple[str, str]]) -> int:
    """Write a workbook and return how many rows it has; ``units`` are codes and names by id."""
    number = 1
    kinds = {kind: _(label) for kind, label in SHEET_KIND_LABELS.items()}
    with XlsxFile(path) as book, book.sheet(SHEET, widths()) as sheet:
        sheet.row(1, [(place, text, Style.HEAD) for place, text in enumerate(headers())])
        for number, row in enumerate(rows, 2):
            sheet.row(number, _cells(row, number, units, kinds[row.kind]))
    return number - 1


def _cells(
    row: WorkbookRow, number: int, units: Mapping[int, tuple[str, str]], kind: str
) -> Iterable[Cell]:
    code, name = units.get(row.unit_id, ("", ""))
    values: list[Value] = [code, name, kind, row.activity_code, row.activity_name]
    values += [row.account_code, row.account_name, row.fund_code, row.fund_name]
    values += [row.group, row.note, row.name, row.specification]
    for volume, unit in row.volumes:
        values += [None if volume is None else plain(volume), unit]
    values += [plain(row.price), plain(row.tax), Formula(formula(number), row.amount)]
    values += [row.price_code, row.version]
    return [(place, value, style) for (place, style), value in zip(CELLS, values, strict=True)]


def plain(number: Decimal) -> Value:
    """Return a number without idle zeros; as text where a spreadsheet would lose digits of it."""
    short = number.normalize() if number else Decimal(0)
    said = f"{short:f}"
    return Decimal(said) if number < EXACT else said


def formula(number: int) -> str:
    """Return how a row's amount comes about, as the database reckons it."""
    at = {name: f"{LETTERS[place]}{number}" for name, place in PLACE.items()}
    more = "*".join(f'IF({at[f"volume{n}"]}="",1,{at[f"volume{n}"]})' for n in (2, 3, 4))
    return f"ROUND({at['volume1']}*{more}*{at['price']}*(1+{at['tax']}/100),2)"
