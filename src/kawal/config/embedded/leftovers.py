"""What a killed supervisor leaves behind: a server that still runs, or only its PID file."""

import contextlib
import os
import signal
import time
from pathlib import Path

from kawal.config.embedded.place import SOCKET
from kawal.config.environment import Misconfigured


def clear(data: Path, sockets: Path, *, patience: float = 60.0) -> None:
    """Stop a server that still holds the data folder, and remove files that name nobody.

    Only the holder of the server's lock may call it.

    :raises Misconfigured: when such a server does not stop.
    """
    pid = _pid(data)
    if pid is not None and _holds(pid, data):
        _stop(pid, data, patience)
    elif Path("/proc/self/cwd").exists():
        # The number is free, a dead process's that nobody has buried, or a stranger's by now;
        # PostgreSQL itself takes the latter two for a server and would refuse to start.
        for file in (data / "postmaster.pid", sockets / SOCKET, sockets / f"{SOCKET}.lock"):
            with contextlib.suppress(FileNotFoundError):
                file.unlink()


def _pid(data: Path) -> int | None:
    try:
        first = (data / "postmaster.pid").read_text().split("\n", 1)[0]
        return abs(int(first))
    except (FileNotFoundError, ValueError):
        return None


def _holds(pid: int, data: Path) -> bool:
    """Tell whether the process works in the data folder, as every PostgreSQL server does."""
    try:
        return Path(f"/proc/{pid}/cwd").samefile(data)
    except OSError:
        return False


def _stop(pid: int, data: Path, patience: float) -> None:
    deadline = time.monotonic() + patience
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGINT)
    while _holds(pid, data):
        if time.monotonic() > deadline:
            raise Misconfigured(
                f"A PostgreSQL server of an earlier run (process {pid}) still holds {data} and "
                f"does not stop; end it with: kill -QUIT {pid}"
            )
        time.sleep(0.05)
