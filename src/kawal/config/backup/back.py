"""Restores a backup into an empty database and the data home, and compares."""

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from kawal.config import keys
from kawal.config.backup import archive, dump, tables
from kawal.config.backup.make import fingerprint
from kawal.config.environment import Database, Misconfigured


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back, and what the operator must know."""

    tables: int
    rows: int
    files: int
    warnings: list[str] = field(default_factory=list)


def see_empty(database: Database) -> int:
    """Return the server's version, when the database is empty.

    :raises Misconfigured: when it holds tables already.
    """
    with tables.connect(database) as connection:
        if names := tables.names(connection):
            raise Misconfigured(
                f"The database {database.name} is not empty ({len(names)} tables); a backup is "
                "restored into an empty one: a new KAWAL_HOME, or a new database"
            )
        return connection.info.server_version


def restore(database: Database, home: Path, source: Path) -> Restored:
    """Bring a backup back into an empty database and a data home.

    Files that are there already stay as they are.

    :raises Misconfigured: when the archive is damaged, the database is not empty, or what was
        loaded is not what the manifest says.
    """
    manifest = archive.read_manifest(source)
    server_version = see_empty(database)
    with tempfile.TemporaryDirectory(prefix="kawal-restore-", dir=home) as folder:
        dumped = Path(folder) / archive.DATABASE

        def place(name: str) -> Path | None:
            if name == archive.DATABASE:
                return dumped
            return None if (home / name).exists() else home / name

        files = archive.unpack(source, manifest, place) - 1
        dump.restore(database, dumped, server_version=server_version)
    return _compare(database, home, manifest, files)


def _compare(database: Database, home: Path, manifest: archive.Manifest, files: int) -> Restored:
    try:
        with tables.connect(database) as connection:
            now = tables.contents(connection)
    except psycopg.OperationalError as error:
        raise Misconfigured(f"The database: {str(error).strip()}") from error
    if found := tables.differences(manifest["tables"], now):
        raise Misconfigured("What was restored is not what was backed up: " + "; ".join(found))
    ours = {fingerprint(key) for key in keys.ring(home)}
    lacking = [name for name in manifest["seal_keys"] if name not in ours]
    warnings = []
    if lacking:
        warnings.append(
            f"{home / 'keys' / 'seal'} lacks {len(lacking)} of the keys that seal this backup's "
            "personal numbers; put the old file there, or nobody can read them"
        )
    return Restored(len(now), sum(table["rows"] for table in now.values()), files, warnings)
