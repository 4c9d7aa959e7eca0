"""One child of the supervisor: forked from it with all modules loaded, to share memory."""

import contextlib
import os
import signal
import sys
import time
import traceback
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from kawal.config import death
from kawal.config.environment import Misconfigured


@dataclass(slots=True)
class Child:
    """A process of ours: its name, its work, and when it is stopped (a lower stage first)."""

    name: str
    work: Callable[[], None]
    stage: int = 1
    pid: int = 0
    output: int = -1
    status: int | None = None
    tail: deque[str] = field(default_factory=lambda: deque(maxlen=15))
    _rest: bytes = b""

    def start(self, *, close: Callable[[], None], parting: int = signal.SIGTERM) -> None:
        """Fork; the child closes what is the supervisor's alone, works, and ends.

        Call it from the only thread there is: a fork copies no other.
        """
        supervisor = os.getpid()
        read, write = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(read)
            self._be(supervisor, write, close, parting)
        os.close(write)
        os.set_blocking(read, False)
        self.output = read

    def _be(self, supervisor: int, write: int, close: Callable[[], None], parting: int) -> None:
        code = 1
        try:
            os.setsid()  # Ctrl-C is for the supervisor, who stops us in order
            for name in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD):
                signal.signal(name, signal.SIG_DFL)
            death.with_parent(parting, supervisor)()
            close()
            _redirect(write)
            os.environ["KAWAL_PROCESS"] = self.name
            os.environ.pop("DATABASE_OWNER_URL", None)
            self.work()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        except Misconfigured as error:
            print(error, file=sys.stderr)  # noqa: T201 - the supervisor reads it
            code = os.EX_CONFIG
        except BaseException:
            traceback.print_exc()
        finally:
            with contextlib.suppress(Exception):
                sys.stdout.flush()
                sys.stderr.flush()
            os._exit(code)

    def lines(self) -> list[str]:
        """Return what it said since, in whole lines, and remember the last ones."""
        try:
            while piece := os.read(self.output, 65536):
                self._rest += piece
        except BlockingIOError:
            pass
        *whole, self._rest = self._rest.split(b"\n")
        if self.status is not None and self._rest:
            whole, self._rest = [*whole, self._rest], b""
        said = [line.decode(errors="replace").rstrip() for line in whole]
        self.tail.extend(line for line in said if line)
        return said

    def poll(self) -> int | None:
        """Return its exit code once it has ended (negative: the signal), else ``None``."""
        if self.status is None and self.pid:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status

    def ask_to_stop(self) -> None:
        """Send SIGTERM."""
        if self.poll() is None:
            os.kill(self.pid, signal.SIGTERM)

    def end(self, patience: float) -> bool:
        """Wait for it; kill it and its whole group when it takes too long; True when it obeyed."""
        deadline = time.monotonic() + patience
        while self.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
        obeyed = self.status is not None
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)  # and whatever it left behind
        while self.poll() is None:
            time.sleep(0.01)
        return obeyed


def _redirect(write: int) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(write, 1)
    os.dup2(write, 2)
    os.close(nothing)
    os.close(write)
    sys.stdout = os.fdopen(1, "w", buffering=1, closefd=False)
    sys.stderr = os.fdopen(2, "w", buffering=1, closefd=False)
