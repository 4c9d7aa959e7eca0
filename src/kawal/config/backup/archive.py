"""The archive: a tar with a manifest first, in which every member has its size and SHA-256."""

import hashlib
import io
import json
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from kawal.config.environment import Misconfigured

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "database.dump"
FOLDERS = ("files", "trail")  # of the data home; keys, secrets and the server's own stay out
CHUNK = 1 << 20

Manifest = dict[str, Any]


def kept_files(home: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files of the data home that belong into a backup, with their names in it."""
    for folder in FOLDERS:
        for path in sorted((home / folder).rglob("*")):
            name = path.relative_to(home).as_posix()
            if path.is_file() and not path.is_symlink() and "/." not in name:
                yield name, path


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write(target: Path, manifest: Manifest, members: dict[str, Path]) -> None:
    """Write the archive; each member is described in the manifest before it is copied.

    :raises Misconfigured: when a member changes while it is copied.
    """
    described: dict[str, dict[str, Any]] = {
        name: {"bytes": path.stat().st_size, "sha256": digest(path)}
        for name, path in members.items()
    }
    text = json.dumps(manifest | {"members": described}, indent=1, sort_keys=True).encode()
    with tarfile.open(target, "w", format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(_entry(MANIFEST, len(text)), io.BytesIO(text))
        for name, path in members.items():
            with path.open("rb") as file:
                archive.addfile(_entry(name, described[name]["bytes"]), file)


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    return entry


def read_manifest(source: Path) -> Manifest:
    """Return what an archive says of itself.

    :raises Misconfigured: when it is not an archive of ours, or of a newer format.
    """
    try:
        with tarfile.open(source, "r:") as archive:
            first = archive.next()
            file = archive.extractfile(first) if first and first.name == MANIFEST else None
            manifest: Manifest = json.loads(file.read()) if file else {}
    except (OSError, tarfile.TarError, ValueError) as error:
        raise Misconfigured(f"{source} is not a backup of Kawal: {error}") from error
    if not manifest:
        raise Misconfigured(f"{source} is not a backup of Kawal")
    if manifest.get("format") != FORMAT:
        raise Misconfigured(f"{source} was made by a newer Kawal; restore it with that one")
    return manifest


def unpack(source: Path, manifest: Manifest, place: Callable[[str], Path | None]) -> int:
    """Write each member to where ``place`` wants its name; return how many were written.

    A member that is not wanted is checked all the same. Nothing keeps its place before its size
    and SHA-256 are those of the manifest.

    :raises Misconfigured: when a member is missing, damaged, or not in the manifest.
    """
    wanted, written = dict(manifest["members"]), 0
    try:
        with tarfile.open(source, "r:") as archive:
            for entry in archive:
                if entry.name != MANIFEST:
                    described = wanted.pop(entry.name, None)
                    written += _unpack_one(source, archive, entry, described, place)
    except tarfile.TarError as error:
        raise Misconfigured(f"{source} is cut off or damaged: {error}") from error
    except OSError as error:
        raise Misconfigured(f"{source} cannot be unpacked: {error.strerror}") from error
    if wanted:
        raise Misconfigured(f"{source} is cut off: {', '.join(sorted(wanted)[:3])} is missing")
    return written


def _unpack_one(
    source: Path,
    archive: tarfile.TarFile,
    entry: tarfile.TarInfo,
    described: dict[str, Any] | None,
    place: Callable[[str], Path | None],
) -> int:
    file = archive.extractfile(entry) if entry.isfile() else None
    if described is None or file is None or not _is_safe(entry.name):
        raise Misconfigured(f"{source}: {entry.name} is not in its manifest")
    return _copy(file, place(entry.name), described, f"{source}: {entry.name}")


def _copy(file: Any, target: Path | None, described: dict[str, Any], called: str) -> int:
    """Copy through a hash; the copy takes its place when it is whole."""
    digest = hashlib.sha256()
    fresh = target.with_name(f".{target.name}.new") if target else Path("/dev/null")
    if target:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with fresh.open("wb") as copy:
        while piece := file.read(CHUNK):
            digest.update(piece)
            copy.write(piece)
    if digest.hexdigest() != described["sha256"]:
        if target:
            fresh.unlink()
        raise Misconfigured(f"{called} is damaged: its SHA-256 is not that of the manifest")
    if target:
        fresh.chmod(0o600)
        fresh.rename(target)
    return int(target is not None)


def _is_safe(name: str) -> bool:
    path = PurePosixPath(name)
    inside = name == DATABASE or path.parts[0] in FOLDERS
    return inside and not path.is_absolute() and ".." not in path.parts
