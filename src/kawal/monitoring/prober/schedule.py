"""When each check is due: slots on a fixed grid, phases spread, nothing drifts or piles up."""

import math
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Generic, TypeVar

T = TypeVar("T")

GOLDEN = 0.6180339887498949
LATEST = 10.0
STEPS = 20  # a second; checks of one step share their wake-ups, which cost more than their work


def phase(check_id: int, interval: float) -> float:
    """Return where in its interval a check is due: spread evenly, the same after every start."""
    return math.floor((check_id * GOLDEN) % 1.0 * interval * STEPS) / STEPS


def next_slot(check_id: int, interval: float, after: float) -> float:
    """Return the first slot of a check strictly after an instant (both seconds since 1970)."""
    offset = phase(check_id, interval)
    slot = math.floor((after - offset) / interval) * interval + offset
    while slot <= after:
        slot += interval
    return slot


def slots_between(check_id: int, interval: float, first: float, last: float) -> int:
    """Return how many slots a check has in ``(first, last]``."""
    offset = phase(check_id, interval)
    return max(0, math.floor((last - offset) / interval) - math.floor((first - offset) / interval))


def may_start_late(interval: float) -> float:
    """Return by how many seconds a slot may start late before it counts as missed."""
    return min(max(interval / 2, 1.0), LATEST)


@dataclass(slots=True)
class Agenda(Generic[T]):
    """Who is due when, earliest first. Setting somebody anew makes his older entry void."""

    _heap: list[tuple[float, int, T]] = field(default_factory=list)
    _valid: dict[T, int] = field(default_factory=dict)
    _count: int = 0

    def __len__(self) -> int:
        return len(self._valid)

    def set(self, one: T, due: float) -> None:
        """Let somebody be due at a moment, and no other."""
        self._count += 1
        self._valid[one] = self._count
        heappush(self._heap, (due, self._count, one))
        if len(self._heap) > 64 + 4 * len(self._valid):
            self._heap = [entry for entry in self._heap if self._valid.get(entry[2]) == entry[1]]
            self._heap.sort()

    def drop(self, one: T) -> None:
        """Let somebody not be due at all."""
        self._valid.pop(one, None)

    def first(self) -> float | None:
        """Return when the first is due."""
        heap = self._heap
        while heap and self._valid.get(heap[0][2]) != heap[0][1]:
            heappop(heap)
        return heap[0][0] if heap else None

    def pop(self, now: float) -> tuple[float, T] | None:
        """Take the first that is due by now, with when it was due."""
        due = self.first()
        if due is None or due > now:
            return None
        _, _, one = heappop(self._heap)
        del self._valid[one]
        return due, one
