"""Spreadsheets (XLSX, XLS, ODS) as a source, read in a process of its own with bounded memory.

A file of a few kB can name a cell in the last row and column, or unpack to gigabytes. The reader
is a child with a limit on its memory and time, so the worst that such a file does is to end it.
"""

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from kawal.kernel.importing import sheet_reader
from kawal.kernel.importing.problems import FileProblem, problem
from kawal.kernel.importing.sheet_reader import FAILED, NO_SUCH_SHEET
from kawal.kernel.importing.sources import RawRow, Reading
from kawal.kernel.words import N_

MOST_BYTES = 64 * 1024**2
MOST_UNPACKED = 512 * 1024**2


class SheetSource:
    """One sheet of a workbook: the named one, else the first."""

    kind = "sheet"

    def __init__(self, path: Path, reading: Reading) -> None:
        if path.stat().st_size > MOST_BYTES:
            raise problem(
                "sheet_too_large",
                N_("Buku kerja lebih besar dari %(most)s byte."),
                mend=N_("Simpan lembarnya sebagai CSV UTF-8; CSV boleh jauh lebih besar."),
                most=MOST_BYTES,
            )
        if _unpacked(path) > MOST_UNPACKED:
            raise _too_much()
        self.path = path
        self.sheet = reading.sheet
        self.notes: tuple[str, ...] = ()
        self.width = 0
        self._read, self._rows = 0, 1

    def progress(self) -> tuple[int, int]:
        """Return the rows read and the rows there are."""
        return self._read, self._rows

    def rows(self) -> Iterator[RawRow]:
        """Yield each row that is not empty, with its number in the sheet.

        :raises FileProblem: when the workbook cannot be read.
        """
        command = [sys.executable, "-I", sheet_reader.__file__, str(self.path), self.sheet]
        with subprocess.Popen(  # noqa: S603 - our own module, our own arguments
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL
        ) as child:
            try:
                yield from self._from(child.stdout)
            finally:
                child.kill()

    def _from(self, lines: "IO[bytes] | None") -> Iterator[RawRow]:
        finished = False
        for line in lines or ():
            message = json.loads(line)
            if "error" in message:
                raise _unreadable(message)
            if "done" in message:
                finished = True
            elif "rows" in message:
                self._rows = max(1, message["rows"])
            else:
                self._read = message["line"]
                yield RawRow(message["line"], tuple(message["cells"]), ())
        if not finished:
            raise _too_much()


def _unpacked(path: Path) -> int:
    """Return how many bytes the parts of a zipped workbook say that they unpack to."""
    try:
        with zipfile.ZipFile(path) as parts:
            return sum(part.file_size for part in parts.infolist())
    except (zipfile.BadZipFile, OSError):
        return 0  # XLS, or broken: the reader will say


def _too_much() -> FileProblem:
    return problem(
        "sheet_too_much",
        N_("Buku kerja ini membutuhkan memori atau waktu lebih dari yang diizinkan."),
        mend=N_("Simpan lembarnya sebagai CSV UTF-8."),
    )


def _unreadable(message: dict[str, str]) -> FileProblem:
    if message["error"] == NO_SUCH_SHEET:
        return problem(
            "no_sheet",
            N_("Lembar “%(sheet)s” tidak ada. Yang ada: %(sheets)s."),
            sheet=message["sheet"],
            sheets=message["sheets"],
        )
    assert message["error"] == FAILED
    return problem(
        "sheet_broken",
        N_("Buku kerja ini rusak atau terpotong (%(why)s)."),
        mend=N_("Unduh atau salin ulang berkasnya, atau simpan ulang sebagai XLSX."),
        why=message["why"],
    )
