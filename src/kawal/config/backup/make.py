"""Makes a backup: one snapshot of the database, then the files, then the archive in its place."""

import hashlib
import json
import os
import tempfile
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import psycopg

from kawal.config import keys
from kawal.config.backup import archive, dump, tables
from kawal.config.environment import Database, Misconfigured

LAST = "last-backup.json"


def make(
    database: Database, home: Path, target: Path, *, deployment: str, at: datetime
) -> archive.Manifest:
    """Write the backup of an installation as of ``at`` (UTC) to a file of mode 0600.

    The files are read after the database: they only grow, so what the rows name is there.

    :raises Misconfigured: when it cannot be made; nothing is then left at ``target``.
    """
    if target.exists():
        raise Misconfigured(f"{target} exists; a backup never replaces another")
    with _beside(target) as folder:
        dumped = Path(folder) / archive.DATABASE
        manifest = _dump(database, dumped) | {
            "format": archive.FORMAT,
            "kawal": version("kawal"),
            "made_at": at.isoformat(),
            "deployment": deployment,
            "seal_keys": [fingerprint(key) for key in keys.ring(home)],
        }
        whole = Path(folder) / "whole"
        archive.write(whole, manifest, {archive.DATABASE: dumped, **dict(archive.kept_files(home))})
        whole.chmod(0o600)
        with whole.open("rb") as file:
            os.fsync(file.fileno())
        whole.rename(target)
    _remember(home, target, at)
    return manifest


def fingerprint(key: str) -> str:
    """Return a name for a key that gives nothing of it away."""
    return hashlib.sha256(f"kawal seal key {key}".encode()).hexdigest()[:16]


def _dump(database: Database, target: Path) -> archive.Manifest:
    """Dump the database and count its rows in one snapshot."""
    try:
        with tables.connect(database) as connection:
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            row = connection.execute("SELECT pg_export_snapshot()").fetchone()
            assert row is not None
            dump.dump(database, target, snapshot=row[0])
            return {
                "postgresql": connection.info.server_version,
                "tables": tables.contents(connection),
            }
    except psycopg.OperationalError as error:
        raise Misconfigured(f"The database: {str(error).strip()}") from error


def _beside(target: Path) -> "tempfile.TemporaryDirectory[str]":
    try:
        return tempfile.TemporaryDirectory(prefix=".kawal-backup-", dir=target.parent)
    except OSError as error:
        raise Misconfigured(f"{target.parent} cannot be written: {error.strerror}") from error


def _remember(home: Path, target: Path, at: datetime) -> None:
    note = {"file": str(target.resolve()), "made_at": at.isoformat()}
    note["sha256"] = archive.digest(target)
    (home / LAST).write_text(json.dumps(note) + "\n")
