"""A wall clock that never steps by itself: anchored once, then carried by the monotonic clock."""

import time
from collections.abc import Callable

STEP = 1.0  # seconds of difference from which the machine's clock was set, not slewed
SETTLED = 10.0  # seconds without another step before the new time is believed


class Clock:
    """Seconds since 1970 by ``mono``; ``check`` tells when the machine's own clock was set.

    While the machine's clock differs, ``stepped`` is true; when it has run evenly for ten
    seconds it is taken over.
    """

    def __init__(
        self,
        mono: Callable[[], float] = time.monotonic,
        machine: Callable[[], float] = time.time,
    ) -> None:
        self.mono = mono
        self._machine = machine
        self.offset = machine() - mono()
        self._seen = self.offset
        self._since: float | None = None

    @property
    def stepped(self) -> bool:
        """Tell whether the machine's clock was set and its new time is not yet believed."""
        return self._since is not None

    def wall(self) -> float:
        """Return seconds since 1970."""
        return self.mono() + self.offset

    def check(self) -> float | None:
        """Compare with the machine's clock; return by how much ours was moved, when it was."""
        now = self.mono()
        offset = self._machine() - now
        if abs(offset - self._seen) > STEP:
            self._seen, self._since = offset, now
        if self._since is not None and now - self._since >= SETTLED:
            self._since = None
            moved, self.offset = offset - self.offset, offset
            return moved if abs(moved) > STEP else None
        return None
