"""PostgreSQL's own dump and restore, run on one snapshot and with the password out of sight."""

import os
import subprocess
import threading
from pathlib import Path
from typing import IO, Any

from kawal.config.embedded import programs
from kawal.config.environment import Database, Misconfigured

HEADER = 4096  # bytes of a script in which newer programs set what older servers do not know
NEWER_SETTINGS = {b"SET transaction_timeout = 0;": 170000}


def dump(database: Database, path: Path, *, snapshot: str) -> None:
    """Write the database as of an exported snapshot into a file in PostgreSQL's custom format.

    :raises Misconfigured: when pg_dump refuses; its last line is in the text.
    """
    words = [
        "--format=custom",
        f"--file={path}",
        f"--snapshot={snapshot}",
        "--no-owner",
        "--no-acl",
    ]
    done = subprocess.run(  # noqa: S603 - our own program
        [_program("pg_dump"), *words, "--no-owner", "--no-acl", "--no-unlogged-table-data"],
        env=_as(database),
        capture_output=True,
        text=True,
        check=False,
    )
    _see("pg_dump", done.returncode, done.stderr)


def restore(database: Database, path: Path, *, server_version: int) -> None:
    """Load a dump into an empty database, whole or not at all.

    :raises Misconfigured: when it cannot be loaded; nothing is then in the database.
    """
    reading: list[str | Path] = [_program("pg_restore"), "--no-owner", "--no-acl", "--file=-", path]
    loading: list[str | Path] = [_program("psql"), "--no-psqlrc", "--quiet", "--single-transaction"]
    loading += ["--set=ON_ERROR_STOP=1", "--output=/dev/null"]
    with (
        subprocess.Popen(  # noqa: S603
            reading, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as reader,
        subprocess.Popen(  # noqa: S603
            loading, env=_as(database), stdin=subprocess.PIPE, stderr=subprocess.PIPE
        ) as loader,
    ):
        said: dict[str, str] = {}
        listeners = [_listen(reader, "pg_restore", said), _listen(loader, "psql", said)]
        assert reader.stdout and loader.stdin
        _pour(reader.stdout, loader.stdin, server_version)
        for listener in listeners:
            listener.join()
    # The loader first: when it stops, the reader only complains of a broken pipe.
    _see("psql", loader.returncode, said["psql"])
    _see("pg_restore", reader.returncode, said["pg_restore"])


def _pour(source: IO[bytes], sink: IO[bytes], server_version: int) -> None:
    head = source.read(HEADER)
    for setting, since in NEWER_SETTINGS.items():
        if server_version < since:
            head = head.replace(setting, b"")
    try:
        with sink:
            sink.write(head)
            while piece := source.read(1 << 20):
                sink.write(piece)
    except BrokenPipeError:
        source.read()  # the loader has stopped, and says why itself


def _listen(
    process: "subprocess.Popen[bytes]", name: str, said: dict[str, str]
) -> threading.Thread:
    def hear() -> None:
        assert process.stderr
        said[name] = process.stderr.read().decode(errors="replace")

    listener = threading.Thread(target=hear)
    listener.start()
    return listener


def _see(program: str, code: int, said: str) -> None:
    if code:
        lines = [line for line in said.splitlines() if "rror" in line] or said.splitlines()
        raise Misconfigured(f"{program}: {lines[0] if lines else f'exit code {code}'}")


def _as(database: Database) -> dict[str, Any]:
    """Return an environment in which libpq finds the database; nothing stands on a command line."""
    return os.environ | {
        "PGHOST": database.host,
        "PGPORT": str(database.port),
        "PGUSER": database.user,
        "PGPASSWORD": database.password,
        "PGDATABASE": database.name,
        **{f"PG{name.upper()}": value for name, value in database.tls},
    }


def _program(name: str) -> Path:
    return programs.wheel() / name
