"""CSV of any make as a source: delimiter found by the headers, lines counted, memory bounded."""

import csv
import io
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from kawal.kernel.importing.encodings import find_encoding
from kawal.kernel.importing.formulas import bare
from kawal.kernel.importing.headers import normal
from kawal.kernel.importing.problems import FileProblem, problem
from kawal.kernel.importing.sources import RawRow, Reading
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_

DELIMITERS = ",;\t|"
LONGEST_LINE = 1024 * 1024
LONGEST_RECORD = 4 * LONGEST_LINE
LINES_TRIED = 20


class TextSource:
    """A text file with one record a line, or more where a quoted cell holds line breaks.

    ``width`` is how many cells a record has, once the header is known. A record of several lines
    that does not have them began with a stray quotation mark: only its first line is refused, and
    the lines that it swallowed are read again.
    """

    kind = "csv"

    def __init__(self, path: Path, reading: Reading, known: frozenset[str]) -> None:
        self.path = path
        self.encoding = find_encoding(path, reading.encoding)
        self.skip, self.delimiter = _delimiter(path, self.encoding, reading.delimiter, known)
        self.notes: tuple[str, ...] = () if "utf" in self.encoding else (self.encoding,)
        self.width = 0
        self._size = path.stat().st_size
        self._at = 0

    def progress(self) -> tuple[int, int]:
        """Return the bytes read and the bytes there are."""
        return self._at, self._size

    def rows(self) -> Iterator[RawRow]:
        """Yield each record with the line it begins on.

        :raises FileProblem: when the file ends inside a record.
        """
        with (
            self.path.open("rb") as raw,
            io.TextIOWrapper(raw, encoding=self.encoding, newline="") as file,
        ):
            lines = _Lines(file)
            for _ in range(self.skip):
                next(lines, "")
            for row in self._records(lines):
                self._at = raw.tell()
                yield row

    def _records(self, lines: "_Lines") -> Iterator[RawRow]:
        reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
        while True:
            lines.begin_record()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield self._stray_quote(lines, str(error))
                continue
            if any(cell.strip() for cell in cells):
                yield self._row(lines, cells)

    def _row(self, lines: "_Lines", cells: list[str]) -> RawRow:
        if lines.ends_without_newline and len(cells) < self.width:
            raise _cut(lines.first, len(cells), self.width)
        if len(lines.record) > 1 and self.width and len(cells) != self.width:
            return self._stray_quote(lines, "")
        return RawRow(lines.first, tuple(map(bare, cells)), (), problems=_nul(cells))

    def _stray_quote(self, lines: "_Lines", why: str) -> RawRow:
        if "expected after" not in why and why:
            raise _unclosed(lines.first)
        text = lines.record[0].rstrip("\r\n")
        lines.give_back_all_but_first()
        reason = Reason(
            "import.stray_quote",
            N_("Tanda kutip di baris ini tidak benar."),
            mend=N_("Gandakan tanda kutip di dalam sel, dan kutip sel yang memuat pemisah."),
        )
        return RawRow(lines.first, tuple(text.split(self.delimiter)), (), problems=(reason,))


class _Lines:
    """The lines of a file, of bounded length, with those of the present record kept."""

    def __init__(self, file: TextIO) -> None:
        self.file = file
        self.record: list[str] = []
        self.first = 1
        self.ends_without_newline = False
        self._number = 0
        self._characters = 0
        self._again: deque[str] = deque()

    def begin_record(self) -> None:
        self.first += len(self.record)
        self.record, self._characters = [], 0

    def give_back_all_but_first(self) -> None:
        self._again.extendleft(reversed(self.record[1:]))
        del self.record[1:]

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self.file.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        self._characters += len(line)
        if len(line) >= LONGEST_LINE or self._characters > LONGEST_RECORD:
            raise _unclosed(self.first)
        self.ends_without_newline = not line.endswith(("\n", "\r"))
        self.record.append(line)
        return line


def _delimiter(path: Path, encoding: str, wanted: str, known: frozenset[str]) -> tuple[int, str]:
    """Return how many lines to skip and the delimiter that makes the most known headers."""
    with path.open(encoding=encoding, newline="") as file:
        lines = [file.readline(LONGEST_LINE) for _ in range(LINES_TRIED)]
    first = lines[0].strip("\ufeff\r\n ").lower()
    named = first[4:] if first.startswith("sep=") and len(first) == 5 else ""
    if wanted or named:
        return int(bool(named)), "\t" if wanted in {"\\t", "tab"} else wanted or named
    return 0, max(DELIMITERS, key=lambda delimiter: _score(lines, delimiter, known))


def _score(lines: list[str], delimiter: str, known: frozenset[str]) -> tuple[int, int]:
    rows = [line.rstrip("\r\n").split(delimiter) for line in lines if line.strip()]
    recognised = max((sum(normal(c.strip('"')) in known for c in row) for row in rows), default=0)
    return recognised, len(rows[0]) if rows else 0


def _nul(cells: list[str]) -> tuple[Reason, ...]:
    if not any("\x00" in cell for cell in cells):
        return ()
    return (Reason("import.nul", N_("Baris ini berisi byte NUL, jadi bukan teks.")),)


def _unclosed(line: int) -> FileProblem:
    return problem(
        "unclosed_quote",
        N_("Rekaman yang mulai di baris %(line)s tidak berakhir: tanda kutip tidak ditutup?"),
        mend=N_("Tutup tanda kutipnya, atau periksa apakah berkas terpotong."),
        line=line,
    )


def _cut(line: int, cells: int, width: int) -> FileProblem:
    return problem(
        "truncated",
        N_(
            "Berkas terpotong: baris terakhir (%(line)s) hanya berisi %(cells)s dari "
            "%(width)s kolom dan tidak berakhir dengan baris baru."
        ),
        mend=N_("Unduh atau salin ulang berkasnya; tidak ada yang disimpan."),
        line=line,
        cells=cells,
        width=width,
    )
