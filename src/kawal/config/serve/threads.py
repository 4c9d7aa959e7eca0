"""Several loops in one process: when one ends by itself, all end and the process fails."""

import signal
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import structlog

log = structlog.get_logger(__name__)

Loop = Callable[[threading.Event], None]
PATIENCE = 20.0  # seconds for each loop to end its piece of work


@dataclass(slots=True)
class Loops:
    """Named loops; each gets the event that asks it to stop."""

    loops: Mapping[str, Loop]
    stop: threading.Event = field(default_factory=threading.Event)
    failed: list[str] = field(default_factory=list)

    def run(self) -> bool:
        """Run all until asked to stop; return whether none ended before that."""
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: self.stop.set())
        threads = [
            threading.Thread(target=self._guard, args=(name, loop), name=name, daemon=True)
            for name, loop in self.loops.items()
        ]
        for thread in threads:
            thread.start()
        while not self.stop.wait(1.0):  # a wait without end would not see the signal
            pass
        for thread in threads:
            thread.join(PATIENCE)
        late = [thread.name for thread in threads if thread.is_alive()]
        if late:
            log.error("loop does not stop", loops=late)
        return not self.failed and not late

    def _guard(self, name: str, loop: Loop) -> None:
        from django.db import connections

        try:
            loop(self.stop)
            if not self.stop.is_set():
                self.failed.append(name)
                log.error("loop ended by itself", loop=name)
        except Exception:
            self.failed.append(name)
            log.exception("loop failed", loop=name)
        finally:
            connections.close_all()
            self.stop.set()
