"""The file of rejected rows: where each stood, every reason, and the row as it was."""

import csv
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from kawal.kernel.importing.formulas import harmless
from kawal.kernel.importing.problems import problem
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_

LINE, CODES, REASONS = "baris", "kode_alasan", "alasan"


class RejectsFile:
    """Written beside its place and put there at the end: a run that fails leaves none."""

    def __init__(self, path: Path, translate: Callable[[str], str] = str) -> None:
        self.path = path
        self.count = 0
        self._part = path.with_name(f".{path.name}.{os.getpid()}.part")
        self._translate = translate
        self._file: Any = None
        self._writer: Any = None

    def add(
        self, line: int, reasons: Sequence[Reason], header: Sequence[str], cells: Sequence[str]
    ) -> None:
        """Write one row; the first brings the header.

        :raises FileProblem: when the file cannot be written.
        """
        self.count += 1
        codes = " ".join(reason.code for reason in reasons)
        texts = "; ".join(self._sentence(reason) for reason in reasons)
        plain = [harmless(cell.replace("\x00", "\ufffd")) for cell in cells]
        with self._writing():
            if self._writer is None:
                self._open([LINE, CODES, REASONS, *header])
            self._writer.writerow([line, codes, harmless(texts), *plain])

    def finish(self) -> None:
        """Put the file in its place; without rejected rows there is none."""
        if self._file:
            with self._writing():
                self._file.close()
                self._part.replace(self.path)
            self._file = None

    def discard(self) -> None:
        """Leave nothing behind."""
        if self._file:
            with suppress(OSError):
                self._file.close()
            self._file = None
        self._part.unlink(missing_ok=True)

    def _open(self, header: Sequence[str]) -> None:
        self._file = self._part.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file)
        self._writer.writerow([harmless(cell) for cell in header])

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise problem(
                "cannot_write",
                N_("Berkas baris yang ditolak (%(path)s) tidak dapat ditulis: %(why)s."),
                mend=N_("Sebutkan tempat lain dengan --rejects."),
                path=str(self.path),
                why=error.strerror or str(error),
            ) from None

    def _sentence(self, reason: Reason) -> str:
        text = self._translate(reason.text)
        text = text % reason.values if reason.values else text
        return f"{reason.at}: {text}" if reason.at else text
