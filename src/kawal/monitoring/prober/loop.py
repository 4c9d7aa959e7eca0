"""The prober's loop: epoll under libcurl's multi interface, and fetches as generators.

Every wait costs one small object; a slow server holds nobody up. libcurl's socket interface is
used (not ``perform``) because its cost does not grow with the number of transfers in flight.
"""

import contextlib
import select
import time
from collections import deque
from collections.abc import Callable
from heapq import heappop, heappush
from typing import Any

import pycurl

from kawal.monitoring.feeds.base import (
    Fetch,
    OutOfTime,
    Readable,
    Sleep,
    Transfer,
    Until,
    Writable,
)

_IN, _OUT = select.EPOLLIN, select.EPOLLOUT
_FAILED = select.EPOLLERR | select.EPOLLHUP
_WANTED = {
    pycurl.POLL_NONE: 0,
    pycurl.POLL_IN: _IN,
    pycurl.POLL_OUT: _OUT,
    pycurl.POLL_INOUT: _IN | _OUT,
}
_MOST_EVENTS = 512

Done = Callable[[Any, Any], None]


class Task:
    """One fetch under way; ``done(note, answer)`` is called at its end, ``note`` the caller's."""

    __slots__ = ("deadline", "done", "fd", "fetch", "note", "turn")

    def __init__(self, fetch: Fetch, deadline: float, note: Any, done: Done) -> None:
        self.fetch = fetch
        self.deadline = deadline
        self.note = note
        self.done = done
        self.fd = -1
        self.turn = 0


class Loop:
    """Runs fetches. All times are seconds of ``clock``, which never steps."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.running = 0
        self.woken: Callable[[float], None] = lambda planned: None  # told before anything is judged
        self._epoll = select.epoll()
        self._multi = pycurl.CurlMulti()
        self._multi.setopt(pycurl.M_SOCKETFUNCTION, self._on_curl_socket)
        self._multi.setopt(pycurl.M_TIMERFUNCTION, self._on_curl_timer)
        self._curl_fds: dict[int, int] = {}
        self._curl_due: float | None = None
        self._transfers: dict[Any, Task] = {}
        self._waiting: dict[int, Task] = {}
        self._readers: dict[int, Callable[[], None]] = {}
        self._timers: list[tuple[float, int, int, Task]] = []
        self._ready: deque[Task] = deque()
        self._pool: list[Any] = []
        self._count = 0

    def start(self, fetch: Fetch, deadline: float, note: Any, done: Done) -> Task:
        """Begin a fetch; it is given until ``deadline`` and told by ``OutOfTime``."""
        task = Task(fetch, deadline, note, done)
        self.running += 1
        self._resume(task, None)
        return task

    def watch(self, fd: int, call: Callable[[], None]) -> None:
        """Call something whenever a descriptor can be read."""
        self._readers[fd] = call
        self._epoll.register(fd, _IN)

    def unwatch(self, fd: int) -> None:
        """Stop watching a descriptor."""
        self._readers.pop(fd, None)
        with contextlib.suppress(OSError, ValueError):
            self._epoll.unregister(fd)

    def handle(self) -> Any:
        """Return a curl handle without any option."""
        return self._pool.pop() if self._pool else pycurl.Curl()

    def give_back(self, handle: Any) -> None:
        """Take a handle back, and forget what was asked with it."""
        handle.reset()
        self._pool.append(handle)

    def next_due(self) -> float | None:
        """Return when this loop must act even if no socket stirs."""
        first = self._timers[0][0] if self._timers else None
        if self._curl_due is not None and (first is None or self._curl_due < first):
            return self._curl_due
        return first

    def turn(self, longest: float) -> None:
        """Wait for whatever comes first, at most ``longest`` seconds, and act on all of it."""
        due = self.next_due()
        if due is not None:
            longest = min(longest, due - self.clock())
        longest = max(longest, 0.0)
        events = self._epoll.poll(longest, _MOST_EVENTS)
        self.woken(longest)
        for fd, event in events:
            self._on_event(fd, event)
        now = self.clock()
        if self._curl_due is not None and self._curl_due <= now:
            self._curl_due = None
            self._multi.socket_action(pycurl.SOCKET_TIMEOUT, 0)
        self._fire_timers(now)
        if self._transfers:
            self._finish_transfers()

    def close(self) -> None:
        """Give everything up."""
        for handle in self._transfers:
            self._multi.remove_handle(handle)
        for task in [*self._transfers.values(), *self._waiting.values()]:
            task.fetch.close()
        self._transfers.clear()
        self._waiting.clear()
        self._multi.close()
        self._epoll.close()

    def _on_event(self, fd: int, event: int) -> None:
        if fd in self._curl_fds:
            mask = (pycurl.CSELECT_IN if event & _IN else 0) | (
                pycurl.CSELECT_OUT if event & _OUT else 0
            )
            if event & _FAILED:
                mask |= pycurl.CSELECT_ERR
            self._multi.socket_action(fd, mask)
        elif fd in self._waiting:
            task = self._waiting.pop(fd)
            self._forget(task)
            self._resume(task, None)
        elif fd in self._readers:
            self._readers[fd]()

    def _on_curl_socket(self, what: int, fd: int, multi: Any, data: Any) -> None:
        if what == pycurl.POLL_REMOVE:
            if self._curl_fds.pop(fd, None) is not None:
                with contextlib.suppress(OSError):  # curl has closed it
                    self._epoll.unregister(fd)
            return
        wanted = _WANTED[what]
        if fd in self._curl_fds:
            self._epoll.modify(fd, wanted)
        else:
            self._epoll.register(fd, wanted)
        self._curl_fds[fd] = wanted

    def _on_curl_timer(self, milliseconds: int) -> None:
        self._curl_due = None if milliseconds < 0 else self.clock() + milliseconds / 1000

    def _finish_transfers(self) -> None:
        while True:
            left, good, bad = self._multi.info_read()
            for handle in good:
                self._finish(handle, 0)
            for handle, error, _ in bad:
                self._finish(handle, error)
            if not left:
                return

    def _finish(self, handle: Any, error: int) -> None:
        self._multi.remove_handle(handle)
        self._resume(self._transfers.pop(handle), error)

    def _fire_timers(self, now: float) -> None:
        timers = self._timers
        while timers and timers[0][0] <= now:
            _, _, turn, task = heappop(timers)
            if turn != task.turn:
                continue
            slept = task.fd == -1
            if not slept:
                self._waiting.pop(task.fd, None)
                self._forget(task)
            if slept and now < task.deadline:
                self._resume(task, None)
            else:
                self._resume(task, None, late=True)

    def _forget(self, task: Task) -> None:
        with contextlib.suppress(OSError, ValueError):
            self._epoll.unregister(task.fd)
        task.fd = -1

    def _resume(self, task: Task, value: Any, *, late: bool = False) -> None:
        task.turn += 1
        try:
            want = task.fetch.throw(OutOfTime()) if late else task.fetch.send(value)
        except StopIteration as end:
            self._end(task, end.value)
        except Exception as error:
            self._end(task, error)
        else:
            self._wait(task, want)

    def _end(self, task: Task, answer: Any) -> None:
        self.running -= 1
        task.done(task.note, answer)

    def _wait(self, task: Task, want: Any) -> None:
        if type(want) is Transfer:
            self._transfers[want.handle] = task
            self._multi.add_handle(want.handle)
            return
        until = task.deadline
        if type(want) is Until:
            until = min(until, want.until)
            want = want.want
        if type(want) is Sleep:
            until = min(until, self.clock() + want.seconds)
        elif type(want) is Readable or type(want) is Writable:
            task.fd = want.fd
            self._waiting[want.fd] = task
            self._epoll.register(want.fd, _IN if type(want) is Readable else _OUT)
        self._count += 1
        heappush(self._timers, (until, self._count, task.turn, task))
