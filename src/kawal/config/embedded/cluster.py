"""The data folder of the embedded server: made whole or not at all, checked, and its log read."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from typing import IO, Any

from kawal.config.embedded import programs
from kawal.config.embedded.place import Place
from kawal.config.environment import Misconfigured

ROOM_FOR_NEW = 200 * 1024 * 1024
ROOM_TO_START = 48 * 1024 * 1024  # three segments of the write-ahead log
LOG_KEPT = 10 * 1024 * 1024

# Local connections only, each with a password; no line for the network, none for replication.
HBA = "# Written by Kawal: everybody needs a password, and only the socket is open.\n"
HBA += "local all all scram-sha-256\n"

CAUSES = {
    "No space left on device": "the disk that holds {data} is full",
    "Permission denied": "a file in {data} cannot be read or written",
    "database files are incompatible": "{data} was made by another version of PostgreSQL",
    "invalid checkpoint record": "{data} is damaged; restore a backup into a new KAWAL_HOME",
    "could not locate a valid checkpoint record": (
        "{data} is damaged; restore a backup into a new KAWAL_HOME"
    ),
    "is not a valid data directory": "{data} is not whole; restore a backup into a new KAWAL_HOME",
}


def make(place: Place, admin_password: str, *, durable: bool, say: Callable[[str], None]) -> None:
    """Make the data folder where there is none, and see that it fits the programs and the disk.

    ``durable`` is False only for a server that is thrown away, such as that of the tests.

    :raises Misconfigured: when it does not, or cannot be made.
    """
    made = (place.data / "PG_VERSION").exists()
    _see_room(place, ROOM_TO_START if made else ROOM_FOR_NEW)
    if made:
        _see_version(place)
    else:
        say("making a new PostgreSQL data folder")
        _initdb(place, admin_password, durable=durable)


def as_user(place: Place) -> dict[str, Any]:
    """Return what Popen needs to become the server's user."""
    if place.user is None:
        return {}
    return {"user": place.user.uid, "group": place.user.gid, "extra_groups": []}


def open_log(place: Place) -> IO[bytes]:
    """Open the server's log to add to it; a long one is put aside first."""
    if place.log.exists() and place.log.stat().st_size > LOG_KEPT:
        place.log.rename(place.log.with_suffix(".log.1"))
    handle = os.open(place.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    return os.fdopen(handle, "ab")


def last_words(place: Place, size: int = 1500) -> str:
    """Return the end of the server's log."""
    try:
        with place.log.open("rb") as log:
            log.seek(max(0, log.seek(0, os.SEEK_END) - size))
            return log.read().decode(errors="replace").strip()
    except FileNotFoundError:
        return ""


def explain(said: str, place: Place) -> str:
    """Return one sentence for what the server said when it ended, and where to read more."""
    for sign, cause in CAUSES.items():
        if sign in said:
            return f"PostgreSQL stopped: {cause.format(data=place.data)} (log: {place.log})"
    lines = [line for line in said.splitlines() if "FATAL" in line or "PANIC" in line]
    why = lines[-1] if lines else " ".join(said.split())[-300:]
    return f"PostgreSQL stopped: {why} (log: {place.log})"


def _see_room(place: Place, needed: int) -> None:
    free = shutil.disk_usage(place.folder).free
    if free < needed:
        raise Misconfigured(
            f"The disk that holds {place.folder} is full: {free // 1048576} MB are free and "
            f"PostgreSQL needs {needed // 1048576} MB"
        )


def _see_version(place: Place) -> None:
    made_by = (place.data / "PG_VERSION").read_text().strip()
    ours = str(programs.major(place.programs))
    if made_by != ours:
        raise Misconfigured(
            f"The database in {place.data} was made by PostgreSQL {made_by} and this Kawal "
            f"carries PostgreSQL {ours}. Make a backup with the Kawal that made it (kawal "
            "backup), then restore it into a new KAWAL_HOME (kawal restore)"
        )


def _initdb(place: Place, admin_password: str, *, durable: bool) -> None:
    """Make the folder beside its place and move it there when it is whole."""
    fresh = place.folder / "data.new"
    shutil.rmtree(fresh, ignore_errors=True)
    with tempfile.NamedTemporaryFile("w", dir=place.folder) as password:  # of mode 0600
        password.write(admin_password)
        password.flush()
        if place.user:
            os.chown(password.name, place.user.uid, place.user.gid)
        words: list[Any] = ["-D", fresh, "-U", "kawal_admin", "-A", "scram-sha-256", "-E", "UTF8"]
        done = subprocess.run(  # noqa: S603 - our own program
            [
                place.programs / "initdb",
                *words,
                "--locale=C",
                "--no-instructions",
                *([] if durable else ["--no-sync"]),
                f"--pwfile={password.name}",
            ],
            capture_output=True,
            text=True,
            cwd="/",
            check=False,
            **as_user(place),
        )
    if done.returncode:
        shutil.rmtree(fresh, ignore_errors=True)
        raise Misconfigured(explain(f"{done.stdout}\n{done.stderr}", place))
    with (fresh / "pg_hba.conf").open("w") as hba:
        hba.write(HBA)
        hba.flush()
        os.fsync(hba.fileno())
    fresh.rename(place.data)
