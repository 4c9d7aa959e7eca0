"""How long an application was up, down or unknown inside its service hours: pure and exact.

Every span is half-open. A state holds from its transition until the next. An application stands as
the worst of its counting checks; a paused check, and one not yet or no longer watched, weighs
nothing, so a time in which nothing was watched on purpose counts nowhere.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kawal.monitoring.facts import State

Spans = Sequence[tuple[datetime, datetime]]
SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in which an application stood in one state; ``None`` while nothing was watched."""

    start: datetime
    end: datetime
    state: State | None


@dataclass(frozen=True, slots=True)
class Count:
    """What a time came to, exactly."""

    up: timedelta = timedelta()
    down: timedelta = timedelta()
    unknown: timedelta = timedelta()

    def seconds(self) -> tuple[int, int, int]:
        """Return whole seconds of up, down and unknown, each rounded to the nearest."""
        return whole(self.up), whole(self.down), whole(self.unknown)


def whole(span: timedelta) -> int:
    """Return a span in seconds, rounded to the nearest; a half goes up."""
    return (2 * span + SECOND) // (2 * SECOND)


def stretches(
    checks: Mapping[int, Sequence[tuple[datetime, State]]], start: datetime, end: datetime
) -> list[Stretch]:
    """Return how an application stood within ``[start, end)``, without gaps.

    ``checks`` holds for each counting check its transitions in order of time, the last one before
    ``start`` among them.
    """
    events = sorted(
        (max(at, start), check, state)
        for check, changes in checks.items()
        for at, state in _relevant(changes, start, end)
    )
    now: dict[int, State] = {}
    found: list[Stretch] = []
    since = start
    for at, check, state in events:
        if at > since:
            found.append(Stretch(since, at, worst(now.values())))
            since = at
        now[check] = state
    if end > since:
        found.append(Stretch(since, end, worst(now.values())))
    return list(_joined(found))


def _relevant(
    changes: Sequence[tuple[datetime, State]], start: datetime, end: datetime
) -> Iterator[tuple[datetime, State]]:
    """Yield the last change at or before the start, and all within."""
    before = [change for change in changes if change[0] <= start]
    yield from before[-1:]
    yield from (change for change in changes if start < change[0] < end)


def worst(states: Iterable[State]) -> State | None:
    """Return the worst of the states that weigh anything."""
    weighed = [state for state in states if state is not State.PAUSED]
    return max(weighed, key=lambda state: state.weight, default=None)


def _joined(found: Iterable[Stretch]) -> Iterator[Stretch]:
    last: Stretch | None = None
    for one in found:
        if last and last.state is one.state:
            last = Stretch(last.start, one.end, one.state)
            continue
        if last:
            yield last
        last = one
    if last:
        yield last


def blinded(found: Iterable[Stretch], watermark: datetime | None) -> Iterator[Stretch]:
    """Yield the stretches, unknown from where the watcher's word ends.

    ``watermark``: everything due until then is stored; ``None`` when no watcher ever ran.
    """
    for one in found:
        if one.state is None or (watermark and one.end <= watermark):
            yield one
        elif watermark is None or one.start >= watermark:
            yield Stretch(one.start, one.end, State.UNKNOWN)
        else:
            yield Stretch(one.start, watermark, one.state)
            yield Stretch(watermark, one.end, State.UNKNOWN)


def count(found: Iterable[Stretch], service: Spans) -> Count:
    """Return what the stretches come to inside the service hours; both in order of time."""
    sums = dict.fromkeys(("up", "down", "unknown"), timedelta())
    for one in found:
        if one.state is not None:
            inside = sum((_shared(one, span) for span in service), timedelta())
            sums[_name(one.state)] += inside
    return Count(**sums)


def _shared(one: Stretch, span: tuple[datetime, datetime]) -> timedelta:
    return max(min(one.end, span[1]) - max(one.start, span[0]), timedelta())


def _name(state: State) -> str:
    return {State.DOWN: "down", State.UNKNOWN: "unknown"}.get(state, "up")
