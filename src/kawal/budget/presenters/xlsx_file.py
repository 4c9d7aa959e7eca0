"""An XLSX file written row by row into its zip: a large budget in seconds, in bounded memory.

Only what our workbooks need (ECMA-376): texts, numbers, formulas, comments, links, one set of
styles. Measured beside XlsxWriter in bench/xlsx.py; texts are never formulas here.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape

from kawal.budget.presenters import xlsx_parts as parts
from kawal.kernel.importing.formulas import FORMULA

LETTERS = tuple(
    f"{first}{last}" for first in ["", *"ABCDEF"] for last in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
)
MOST_TEXT = 32_767  # characters that a cell can hold
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Style(IntEnum):
    """How a cell looks; the numbers are places in ``xlsx_parts.STYLES``."""

    PLAIN = 0
    HEAD = 1
    MONEY = 2
    NUMBER = 3
    QUIET = 4
    QUOTED = 5  # a text that a spreadsheet would take for a formula when one edits it
    WRONG = 6
    LINK = 7
    QUIET_MONEY = 8


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula without its equals sign, and what it comes to."""

    text: str
    value: Decimal


Value = str | Decimal | int | Formula | None
Cell = tuple[int, Value, Style]  # column from 0, value, style
Comment = tuple[int, int, str]  # row from 1, column from 0, text


class XlsxFile:
    """A workbook on its way to the disk; sheets are written one after the other."""

    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=3)
        self._sheets: list[tuple[str, bool]] = []  # names, and whether they have comments

    @contextmanager
    def sheet(self, name: str, widths: Sequence[int], head: int = 1) -> Iterator["SheetFile"]:
        """Begin a sheet: widths of its columns in characters; so many rows stay in sight."""
        number = len(self._sheets) + 1
        with self._zip.open(f"xl/worksheets/sheet{number}.xml", "w", force_zip64=True) as out:
            written = SheetFile(out)
            out.write(parts.sheet_begin(widths, head).encode())
            yield written
            out.write(written.end(len(widths), head).encode())
        self._sheets.append((name, bool(written.comments)))
        for path, text in parts.beside_sheet(number, written.comments):
            self._zip.writestr(path, text)

    def close(self) -> None:
        """Write what holds the sheets together."""
        for path, text in parts.around(self._sheets):
            self._zip.writestr(path, text)
        self._zip.close()

    def __enter__(self) -> "XlsxFile":
        """Begin."""
        return self

    def __exit__(self, *error: object) -> None:
        """End, whole."""
        self.close()


class SheetFile:
    """One sheet on its way to the disk."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._links: list[tuple[str, str]] = []
        self.comments: list[Comment] = []

    def row(self, number: int, cells: Iterable[Cell]) -> None:
        """Write a row, numbered from 1, its cells by column."""
        said = "".join(
            _cell(f"{LETTERS[column]}{number}", value, style)
            for column, value, style in cells
            if value is not None and value != ""
        )
        self._out.write(f'<row r="{number}">{said}</row>'.encode())

    def comment(self, row: int, column: int, text: str) -> None:
        """Put a comment on a cell."""
        self.comments.append((row, column, clean(text)))

    def link(self, row: int, column: int, sheet: str, to: str) -> None:
        """Let a cell lead to another one in the workbook."""
        self._links.append((f"{LETTERS[column]}{row}", f"'{sheet}'!{to}"))

    def end(self, columns: int, head: int) -> str:
        """Return what stands below the rows."""
        return parts.sheet_end(self._links, bool(self.comments), columns, head)


def address(row: int, column: int) -> str:
    """Return the name of a cell: row from 1, column from 0."""
    return f"{LETTERS[column]}{row}"


def clean(text: str) -> str:
    """Return a text as XML can hold it, not longer than a cell can."""
    return _NOT_XML.sub("\ufffd", text[:MOST_TEXT])


def _cell(at: str, value: Value, style: Style) -> str:
    if isinstance(value, str):
        if style is Style.PLAIN and FORMULA.match(value):
            style = Style.QUOTED
        text = escape(clean(value))
        kept = ' xml:space="preserve"' if text != text.strip() else ""
        return f'<c r="{at}" s="{style}" t="inlineStr"><is><t{kept}>{text}</t></is></c>'
    if isinstance(value, Formula):
        return f'<c r="{at}" s="{style}"><f>{escape(value.text)}</f><v>{value.value}</v></c>'
    return f'<c r="{at}" s="{style}"><v>{value}</v></c>'
