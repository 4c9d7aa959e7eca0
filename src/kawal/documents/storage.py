"""Files by their SHA-256 below ``KAWAL_HOME/files``: whole or not at all, never changed.

``ab/cd/abcd…`` (two levels of folders, 0700 and 0600). A file is written aside, flushed to the
disk and then renamed; the same content is kept once, whoever brings it.
"""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp
from typing import BinaryIO

from kawal.documents import rules
from kawal.documents.facts import MediaType

INCOMING = ".incoming"
CHUNK = 256 * 1024


class Damaged(Exception):
    """A kept file is gone, or is not what it was."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A file written aside, not yet in its place."""

    path: Path
    sha256: str
    size: int
    media_type: MediaType | None


@dataclass(frozen=True, slots=True)
class Files:
    """The files below one folder."""

    folder: Path

    def take(self, stream: BinaryIO, limit: int) -> Taken:
        """Write a stream aside, at most one byte beyond the limit.

        The caller settles it, and unlinks what it did not settle.
        """
        path = Path(_aside(self._folder(INCOMING)))
        try:
            return _copy(stream, path, limit)
        except BaseException:
            path.unlink(missing_ok=True)
            raise

    def settle(self, taken: Taken) -> None:
        """Move a file into its place; one of the same content that is there already stays."""
        place = self.place(taken.sha256)
        self._folder(taken.sha256[:2])
        self._folder(taken.sha256[:2], taken.sha256[2:4])
        if place.exists() and place.stat().st_size == taken.size:
            taken.path.unlink()
            return
        taken.path.replace(place)
        for folder in (place.parent, place.parent.parent, self.folder):
            _flush(folder)

    def _folder(self, *names: str) -> Path:
        """Return a folder below ours, made where it is missing; nobody else may look in."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = self.folder.joinpath(*names)
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder

    def place(self, sha256: str) -> Path:
        """Return where a file of that hash stands."""
        return self.folder / sha256[:2] / sha256[2:4] / sha256

    def read(self, sha256: str) -> bytes:
        """Return a file's content, checked.

        :raises Damaged: when it is gone or not what it was.
        """
        try:
            content = self.place(sha256).read_bytes()
        except OSError as error:
            raise Damaged(sha256) from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise Damaged(sha256)
        return content

    def fault(self, sha256: str, size: int) -> str:
        """Return what is wrong with a kept file: ``missing``, ``changed``, or nothing."""
        try:
            with self.place(sha256).open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
                length = file.tell()
        except OSError:
            return "missing"
        return "" if (digest, length) == (sha256, size) else "changed"

    def all(self) -> Iterator[str]:
        """Return the name of every file that stands in a place, and of each left aside."""
        for path in sorted(self.folder.glob("*/*/*")) + sorted(self.folder.glob(f"{INCOMING}/*")):
            yield path.relative_to(self.folder).as_posix()


def _aside(folder: Path) -> str:
    handle, name = mkstemp(dir=folder)  # 0600
    os.close(handle)
    return name


def _copy(stream: BinaryIO, path: Path, limit: int) -> Taken:
    digest, size, head = hashlib.sha256(), 0, b""
    with path.open("wb") as file:
        while size <= limit and (chunk := stream.read(min(CHUNK, limit + 1 - size))):
            digest.update(chunk)
            size += len(chunk)
            head += chunk[: max(rules.SNIFFED - len(head), 0)]
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    whole = path.read_bytes() if head.startswith(b"PK") and size <= limit else None
    return Taken(path, digest.hexdigest(), size, rules.sniff(head, whole))


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
