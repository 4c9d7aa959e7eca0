"""Blocks copied from a spreadsheet: rows and cells by tabs, columns by header or by their place."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from kawal.budget.facts.rka import MOST_VOLUMES
from kawal.budget.forms.coefficients import coefficient
from kawal.kernel.importing.headers import normal
from kawal.kernel.typed import INDONESIAN, number, style_of

PLACES = ("name", "specification", "coefficient", "price", "tax")
MOST_ROWS = 2000

_HEADERS = {
    "account": "kode rekening|rekening|kode akun|account|account code",
    "fund": "sumber dana|kode sumber dana|fund|source of funds",
    "group": "kelompok|paket|group",
    "note": "keterangan|note",
    "name": "uraian|nama|nama barang|komponen|nama komponen|item|description|name",
    "specification": "spesifikasi|spek|spesifikasi teknis|specification",
    "coefficient": "koefisien|coefficient",
    "price": "harga satuan|harga|harga satuan rp|unit price|price",
    "tax": "pajak|ppn|pajak persen|tax",
} | {
    f"{what}{place}": "|".join(f"{word} {place}".strip() for word in words)
    for what, words in {
        "volume": ("volume", "vol", "jumlah barang", "qty", "quantity"),
        "unit": ("satuan", "sat", "unit"),
    }.items()
    for place in ("", 1, 2, 3, 4)
}
_MEANT = {header: field for field, words in _HEADERS.items() for header in words.split("|")}


@dataclass(frozen=True, slots=True)
class TypedComponent:
    """A component as it was typed: texts, none read yet. ``line`` is where in the block."""

    line: int = 1
    account: str = ""
    fund: str = ""
    group: str = ""
    note: str = ""
    name: str = ""
    specification: str = ""
    coefficient: str = ""
    price: str = ""
    tax: str = ""


def read(block: str, otherwise: str = INDONESIAN) -> tuple[list[TypedComponent], str]:
    """Return the components in a block of tab-separated text, and the style of its numbers.

    A first row of known headers says what the columns are, and what it does not name is left out.
    Without one they are name, specification, coefficient (or volume and unit, up to four times),
    price and tax, and an amount at the end is left out.
    """
    rows = [(line, row) for line, row in enumerate(_rows(block), 1) if any(row)]
    style = style_of((cell for _line, row in rows for cell in row), otherwise)
    header = _header(rows[0][1]) if rows else {}
    if header:
        found = [_named(line, row, header) for line, row in rows[1:]]
    else:
        found = [_placed(line, row, style) for line, row in rows]
    return found[:MOST_ROWS], style


def _rows(block: str) -> list[list[str]]:
    """Return the cells; one that holds a line break stands in quotation marks, as Excel copies."""
    marked = csv.reader(io.StringIO(block.replace("\x00", "")), delimiter="\t")
    try:
        found = list(marked)
    except csv.Error:
        found = [line.split("\t") for line in block.splitlines()]
    return [[" ".join(cell.split()) for cell in row] for row in found]


def _header(row: Sequence[str]) -> dict[str, int]:
    """Return where each field stands, when a row is a header: one names the component."""
    places: dict[str, int] = {}
    for place, cell in enumerate(row):
        field = _MEANT.get(normal(re.sub(r"[(%].*", "", cell)))
        if field:
            places.setdefault(field, place)
    return places if "name" in places and len(places) > 1 else {}


def _named(line: int, row: Sequence[str], header: dict[str, int]) -> TypedComponent:
    cells = {field: row[place] for field, place in header.items() if place < len(row)}
    pairs = [
        (cells.pop(f"volume{place}", ""), cells.pop(f"unit{place}", ""))
        for place in ("", 1, 2, 3, 4)
    ]
    said = " x ".join(f"{volume} {unit}".strip() for volume, unit in pairs if volume)
    return TypedComponent(line, **({"coefficient": said} if said else {}) | cells)


def _placed(line: int, row: Sequence[str], style: str) -> TypedComponent:
    name, specification, *rest = [*row, "", "", ""][: max(len(row), 3)]
    if coefficient(specification, style) and not _is_text(specification, rest, style):
        specification, rest = "", [specification, *rest]
    said, rest = _pairs(rest, style)
    price, tax, *_more = [*rest, "", ""]
    return TypedComponent(
        line,
        name=name,
        specification=specification,
        coefficient=said,
        price=price,
        tax="" if _is_amount(tax, style) else tax,
    )


def _is_text(cell: str, rest: Sequence[str], style: str) -> bool:
    """Tell whether ``80 gram`` in the second column is a specification: a coefficient follows."""
    return bool(rest) and coefficient(rest[0], style) is not None and len(_filled(rest)) > 1


def _filled(cells: Sequence[str]) -> list[str]:
    return [cell for cell in cells if cell]


def _pairs(cells: Sequence[str], style: str) -> tuple[str, list[str]]:
    """Return the coefficient that some cells begin with, and the cells after it."""
    said: list[str] = []
    rest = list(cells)
    while len(rest) > 1 and len(said) < MOST_VOLUMES and _is_pair(rest, style):
        said.append(f"{rest.pop(0)} {rest.pop(0)}")
    if said or not rest:
        return " x ".join(said), rest
    return rest[0], rest[1:]


def _is_pair(cells: Sequence[str], style: str) -> bool:
    """Tell whether a volume and its unit come next."""
    unit = cells[1]
    return (
        number(cells[0], style) is not None
        and bool(unit)
        and coefficient(unit, style) is None
        and not unit.casefold().startswith("rp")
    )


def _is_amount(cell: str, style: str) -> bool:
    """Tell whether what stands in the place of the tax is an amount: no tax is over 100 percent."""
    amount = number(cell, style)
    return amount is not None and amount > 100
