"""The supervisor itself: start in order, watch, stop in order."""

import contextlib
import os
import select
import signal
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from kawal.config.environment import Misconfigured
from kawal.config.supervisor.child import Child
from kawal.config.supervisor.voice import Voice

PATIENCE = 25.0  # seconds for a process to end its work before it is killed
SIGNALS = {signal.SIGINT: "Ctrl-C", signal.SIGTERM: "SIGTERM", signal.SIGHUP: "the terminal closed"}


class Ended(Exception):
    """Why the product stops: the words for it, and the exit code."""

    def __init__(self, why: str, code: int) -> None:
        super().__init__(why)
        self.code = code


class Supervisor:
    """Holds the children of one run; ``server`` answers why the database ended, if it did."""

    def __init__(
        self, run: Path, voice: Voice, *, database_ended: Callable[[], str | None]
    ) -> None:
        self.run = run
        self.voice = voice
        self.database_ended = database_ended
        self.children: list[Child] = []
        self.asked: str | None = None
        self.close_in_child: list[Callable[[], None]] = []
        self._poll = select.poll()

    def listen(self) -> None:
        """Take the signals that ask us to stop; a second one hastens it."""
        read, write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(write)
        self._poll.register(read, select.POLLIN)
        self._wakeup = read
        for name in SIGNALS:
            signal.signal(name, self._take)
        signal.signal(signal.SIGCHLD, lambda *_: None)  # only to wake up

    def _take(self, number: int, _: object) -> None:
        if self.asked:
            for child in self.children:
                if child.poll() is None:
                    os.killpg(child.pid, signal.SIGKILL)
        self.asked = SIGNALS[signal.Signals(number)]

    def start(self, child: Child) -> None:
        """Start one that is to run until we stop it."""
        child.start(close=self._close_all)
        self.children.append(child)
        self._poll.register(child.output, select.POLLIN)
        (self.run / f"{child.name}.pid").write_text(f"{child.pid}\n")

    def complete(self, child: Child) -> None:
        """Run one to its end.

        :raises Misconfigured: when it fails; its last line is in the text.
        :raises Ended: when we are asked to stop meanwhile.
        """
        self.start(child)
        while child.poll() is None:
            self._listen_once(0.2)
            if self.asked:
                raise Ended(f"stopped by {self.asked}", 0)
        self._pass_on(child)
        self._forget(child)
        if child.status:
            said_why = child.status == os.EX_CONFIG
            raise Misconfigured(
                _last(child) if said_why else f"{child.name} failed: {_last(child)}"
            )

    def watch(self, until: Callable[[], bool] = lambda: False) -> None:
        """Pass lines on until ``until`` says so.

        :raises Ended: when we are asked to stop, or a process ends by itself.
        """
        while not until():
            self._listen_once(0.2)
            if self.asked:
                raise Ended(f"stopped by {self.asked}", 0)
            if why := self.database_ended():
                raise Ended(why, 1)
            for child in self.children:
                if child.poll() is not None:
                    self._pass_on(child)
                    raise Ended(_obituary(child), 1)

    def stop(self) -> None:
        """Stop the children, stage by stage; what does not obey is killed and named."""
        for stage in sorted({child.stage for child in self.children}):
            these = [child for child in self.children if child.stage == stage]
            for child in these:
                child.ask_to_stop()
            deadline = time.monotonic() + PATIENCE
            while time.monotonic() < deadline and any(c.poll() is None for c in these):
                self._listen_once(0.1)
            for child in these:
                if not child.end(0):
                    self.voice.say(f"{child.name} did not stop in {PATIENCE:.0f} s and was killed")
                self._pass_on(child)
        for child in list(self.children):
            self._forget(child)

    def _listen_once(self, seconds: float) -> None:
        ready = {handle for handle, _ in self._poll.poll(seconds * 1000)}
        if self._wakeup in ready:
            with contextlib.suppress(BlockingIOError):
                os.read(self._wakeup, 512)
        self._pass_on(*(child for child in self.children if child.output in ready))

    def _pass_on(self, *children: Child) -> None:
        for child in children:
            for line in child.lines():
                self.voice.pass_on(child.name, line)

    def _forget(self, child: Child) -> None:
        self._poll.unregister(child.output)
        os.close(child.output)
        self.children.remove(child)
        (self.run / f"{child.name}.pid").unlink(missing_ok=True)

    def _close_all(self) -> None:
        """Close, in a child, what only the supervisor may hold."""
        signal.set_wakeup_fd(-1)
        handles: Iterable[int] = [self._wakeup, *(child.output for child in self.children)]
        for handle in handles:
            if handle >= 0:
                os.close(handle)
        for close in self.close_in_child:
            close()


def _last(child: Child) -> str:
    return child.tail[-1] if child.tail else f"exit code {child.status}"


def _obituary(child: Child) -> str:
    assert child.status is not None
    if child.status < 0:
        how = f"was killed by {signal.Signals(-child.status).name}"
    else:
        how = f"ended with exit code {child.status}"
    last = "\n".join(f"    {line}" for line in child.tail)
    return f"{child.name} {how}" + (f"; its last lines:\n{last}" if last else "")
