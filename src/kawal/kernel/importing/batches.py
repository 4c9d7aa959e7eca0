"""What an import says of itself: its columns, how it checks a row, how it writes many."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.db import DataError, IntegrityError, transaction

from kawal.kernel.importing.headers import Column
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_


@dataclass(frozen=True, slots=True)
class Row:
    """One row that could be read: its line, its values by column name, its cells as they stood."""

    line: int
    values: Mapping[str, Any]
    cells: tuple[str, ...]
    geometry: Mapping[str, Any] | None = None

    def __getitem__(self, name: str) -> Any:
        """Return the value of a column; its default when the file has no such column."""
        return self.values[name]


@dataclass(frozen=True, slots=True)
class Written:
    """What became of some rows; ``rejected`` names lines, in order, each with every reason.

    ``warnings`` tell what was taken as it stands and is nevertheless not as it should be.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: Iterable[tuple[int, Sequence[Reason]]] = field(default=())
    warnings: Sequence[Reason] = ()


class Import(ABC):
    """One import. The engine reads, recognises and parses; this checks and writes.

    All of it happens in one transaction. ``write`` is given batches in the order of the file and
    should use set-based statements; what must be judged over the whole file is judged in
    ``finish``. A second run of the same file must write nothing.
    """

    columns: ClassVar[tuple[Column, ...]]
    with_geometry: ClassVar[bool] = False
    batch: ClassVar[int] = 1000

    def begin(self) -> None:  # noqa: B027 - most need nothing
        """Prepare, inside the transaction: take locks, read what there is."""

    def check(self, row: Row) -> Sequence[Reason]:
        """Return why a row that could be read cannot be taken."""
        return ()

    @abstractmethod
    def write(self, rows: Sequence[Row]) -> Written:
        """Write a batch; say what became of it."""

    def finish(self) -> Written:
        """Write what had to wait for the end of the file."""
        return Written()


def write_each(importer: Import, rows: Sequence[Row]) -> Iterator[Written]:
    """Write a batch; where the database refuses it, halve it until the bad rows stand alone.

    So a row that breaks a promise of the database costs no other row its place.
    """
    try:
        with transaction.atomic():
            yield importer.write(rows)
    except (IntegrityError, DataError) as error:
        if len(rows) == 1:
            yield Written(rejected=[(rows[0].line, [_broken_promise(error)])])
            return
        middle = len(rows) // 2
        yield from write_each(importer, rows[:middle])
        yield from write_each(importer, rows[middle:])


def _broken_promise(error: Exception) -> Reason:
    cause = error.__cause__
    name = getattr(getattr(cause, "diag", None), "constraint_name", None)
    return Reason(
        "import.refused_by_database",
        N_("Basis data menolak baris ini (%(promise)s)."),
        values={"promise": name or str(error).splitlines()[0]},
    )
