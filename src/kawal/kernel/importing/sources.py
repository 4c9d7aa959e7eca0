"""What a file of any kind looks like to the engine: a header, and rows one at a time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from kawal.kernel.importing.problems import problem
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_

GIB = 1024**3
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row as it stands in the file: ``line`` is its line, sheet row or feature number."""

    line: int
    cells: tuple[str, ...]
    header: tuple[str, ...]
    geometry: Mapping[str, Any] | None = None
    problems: tuple[Reason, ...] = ()


class Source(Protocol):
    """A file that is open for reading; ``width`` is how many cells its header has, once known."""

    kind: str
    notes: tuple[str, ...]
    width: int

    def rows(self) -> Iterator[RawRow]:
        """Yield every row, the header's too, in the order of the file."""

    def progress(self) -> tuple[int, int]:
        """Return how much has been read and how much there is, in one unit."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read a file, where it does not say so itself."""

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    most_bytes: int = GIB


def open_source(path: Path, reading: Reading, known: frozenset[str]) -> Source:
    """Open a file by what it holds, not by its name; ``known`` are the headers one may expect.

    :raises FileProblem: when it cannot be read at all.
    """
    from kawal.kernel.importing.geojson import GeoJsonSource
    from kawal.kernel.importing.sheets import SheetSource
    from kawal.kernel.importing.text import TextSource

    start = _first_bytes(path, reading)
    if start.startswith((ZIP, OLE)):
        return SheetSource(path, reading)
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return GeoJsonSource(path)
    return TextSource(path, reading, known)


def _first_bytes(path: Path, reading: Reading) -> bytes:
    if path.is_dir():
        raise problem("is_folder", N_("%(path)s adalah folder, bukan berkas."), path=str(path))
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError as error:
        raise problem(
            "cannot_open",
            N_("%(path)s tidak dapat dibuka: %(why)s."),
            path=str(path),
            why=error.strerror or str(error),
        ) from None
    if not start.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        raise problem(
            "empty",
            N_("%(path)s kosong."),
            mend=N_("Periksa apakah berkas selesai diunduh atau disalin."),
            path=str(path),
        )
    if size > reading.most_bytes:
        raise problem(
            "too_large",
            N_("%(path)s terlalu besar: %(size)s byte, paling banyak %(most)s."),
            mend=N_("Pecahlah menjadi beberapa berkas dengan baris judul yang sama."),
            path=str(path),
            size=size,
            most=reading.most_bytes,
        )
    return start
