"""The prober judges itself before it judges others.

Whatever keeps it from looking in time is *stolen* time: it was stopped, starved of the processor,
or held up by its own work. A fetch that failed by running out of time while time was being stolen
proves nothing about the other side.
"""

import os
import resource
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

from kawal.monitoring.codes import Code

UNNOTICED = 0.012  # seconds; a wake-up may be this late without meaning anything
OWN_WORK = 0.05  # seconds of work in one turn that delay nobody noticeably
WINDOW = 5.0  # seconds over which the verdict looks
STARVED_SHARE = 0.2
LATE = 2.0  # seconds behind schedule that mean overload
TOLERATED = 0.05  # seconds of stolen time that a failure may carry and still count
TOLERATED_SHARE = 0.05
RESERVED_FILES = 96
FILES_PER_FETCH = 2

# What a slow or stopped prober can itself bring about.
BY_TIME = frozenset(
    {
        Code.TIMEOUT,
        Code.CONNECT_TIMEOUT,
        Code.NAME_TIMEOUT,
        Code.NAME_FAILED,
        Code.SILENT,
        Code.CLOSED,
        Code.TLS_FAILED,
        Code.SLOW,
        Code.UNREACHABLE,
        408,  # the server waited for a request that we began and did not end in time
    }
)


class Health:
    """Counts stolen seconds and gives the verdict; ``mono`` never steps."""

    def __init__(
        self,
        mono: Callable[[], float] = time.monotonic,
        processor: Callable[[], float] = time.thread_time,
    ) -> None:
        self._mono = mono
        self._processor = processor
        self.stolen = 0.0
        self.lag = 0.0
        self._window: deque[tuple[float, float]] = deque()
        self.begin()

    def begin(self) -> None:
        """Begin to count from now on; in the thread that does the work."""
        self._slept_at = self._woke_at = self._mono()
        self._used = self._processor()
        self._noticed = 0.0

    def notice(self) -> None:
        """Count what was stolen since we woke: beyond the processor's time, or by our own work.

        Ask it before a failure is judged: the same turn may have been stopped in its middle.
        """
        now, used = self._mono(), self._processor()
        worked, busy = now - self._woke_at, used - self._used
        stolen = max(0.0, worked - busy - UNNOTICED) + max(0.0, busy - OWN_WORK)
        self._add(stolen - self._noticed)
        self._noticed = max(stolen, self._noticed)

    def stolen_so_far(self) -> float:
        """Return the stolen seconds, this turn's included."""
        self.notice()
        return self.stolen

    def sleep(self) -> None:
        """Note that the turn is done."""
        self.notice()
        self._slept_at = self._mono()

    def wake(self, planned: float) -> None:
        """Note that the sleep is over; ``planned`` is how long it was to be at most."""
        now = self._mono()
        self._add(max(0.0, now - self._slept_at - planned - UNNOTICED))
        self._woke_at, self._used = now, self._processor()
        self._noticed = 0.0

    def proves_nothing(self, code: int, elapsed: float, stolen_before: float) -> bool:
        """Tell whether a failure may be our own doing: time was stolen while it was under way."""
        if code not in BY_TIME:
            return False
        self.notice()
        return self.stolen - stolen_before > max(TOLERATED, TOLERATED_SHARE * elapsed)

    def share(self) -> float:
        """Return which share of the last seconds was stolen."""
        now = self._mono()
        while self._window and self._window[0][0] < now - WINDOW:
            self._window.popleft()
        return sum(stolen for _, stolen in self._window) / WINDOW

    def verdict(self, *, clock_stepped: bool, uplink_cut: bool, at_limit: bool) -> Code:
        """Return what is wrong with us, the gravest first; OK when nothing is."""
        if self.share() > STARVED_SHARE:
            return Code.STARVED
        if clock_stepped:
            return Code.CLOCK_STEPPED
        if uplink_cut:
            return Code.UPLINK
        if at_limit:
            return Code.LIMITS
        return Code.OVERLOADED if self.lag > LATE else Code.OK

    def _add(self, seconds: float) -> None:
        if seconds > 0:
            self.stolen += seconds
            self._window.append((self._mono(), seconds))


def most_fetches() -> int:
    """Return how many fetches may run at once; raises our limit of open files as far as it goes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        soft = hard
    files = 65_536 if soft == resource.RLIM_INFINITY else soft
    return max(16, min(4_000, (files - RESERVED_FILES) // FILES_PER_FETCH))


def memory_is_short(group: Path = Path("/sys/fs/cgroup")) -> bool:
    """Tell whether our control group has used nearly all the memory that it may."""
    try:
        most = (group / "memory.max").read_text().strip()
        now = int((group / "memory.current").read_text())
        idle = _field((group / "memory.stat").read_text(), "inactive_file")
    except (OSError, ValueError):
        return False
    return most != "max" and now - idle > 0.95 * int(most)


def _field(text: str, name: str) -> int:
    return next((int(line.split()[1]) for line in text.splitlines() if line.startswith(name)), 0)


def memory_used() -> int:
    """Return our resident memory in bytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
