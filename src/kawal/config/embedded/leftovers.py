"""What a killed supervisor leaves behind: a server that still runs, or only its PID file."""

import contextlib
import os
import signal
import time
from pathlib import Path

from kawal.config.environment import Misconfigured


def clear(data: Path, *, patience: float = 60.0) -> None:
    """Stop a server that still holds the data folder, and remove a PID file that names nobody.

    :raises Misconfigured: when such a server does not stop.
    """
    pid = _pid(data)
    if pid is None:
        return
    if _holds(pid, data):
        _stop(pid, data, patience)
    elif Path("/proc/self/cwd").exists():
        # The number is free, or another process's now; PostgreSQL itself could take that for a
        # server of the same user and would refuse to start.
        with contextlib.suppress(FileNotFoundError):
            (data / "postmaster.pid").unlink()


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
