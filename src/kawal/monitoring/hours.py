"""An hour of one check made of its raw results: counts, quantiles, sixty packed minutes (pure)."""

import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from kawal.monitoring import histograms
from kawal.monitoring.codes import Code
from kawal.monitoring.facts import State

MINUTES = 60
NOT_RUN = frozenset({Code.MISSED, Code.LIMITS, Code.NOT_WATCHED})
COUNTS = ("up", "warn", "down", "unknown", "missed")
LATENCIES = ("p50", "p95", "p99", "worst")
_SHARES = {"p50": 0.5, "p95": 0.95, "p99": 0.99, "worst": 1.0}
_FIELD = {State.UP: "up", State.WARN: "warn", State.DOWN: "down", State.UNKNOWN: "unknown"}

Result = tuple[int, int, int, float]  # minute of the hour, state, code, milliseconds


@dataclass(slots=True)
class Tally:
    """Counts and latencies of some results. ``unknown`` includes ``missed``."""

    up: int = 0
    warn: int = 0
    down: int = 0
    unknown: int = 0
    missed: int = 0
    latencies: Counter[int] = field(default_factory=Counter)

    def add(self, state: int, code: int, milliseconds: float) -> None:
        """Count one result; its latency only when somebody answered."""
        name = _FIELD.get(State(state))
        if name is None:
            return
        setattr(self, name, getattr(self, name) + 1)
        if code in NOT_RUN:
            self.missed += 1
        elif milliseconds > 0 and (state in (State.UP, State.WARN) or 100 <= code < 600):
            self.latencies[histograms.bucket(milliseconds)] += 1

    def latency(self, name: str) -> float | None:
        """Return a quantile by its name, in milliseconds."""
        return histograms.quantile(self.latencies, _SHARES[name])


@dataclass(frozen=True, slots=True)
class Minute:
    """One minute as it is read back; latencies in milliseconds, true to 3.5 percent."""

    up: int
    warn: int
    down: int
    unknown: int
    missed: int
    p50: float | None
    p95: float | None
    p99: float | None
    worst: float | None


def tally(results: Iterable[Result]) -> tuple[Tally, bytes]:
    """Return an hour's tally and its packed minutes."""
    minutes = [Tally() for _ in range(MINUTES)]
    for minute, state, code, milliseconds in results:
        minutes[minute].add(state, code, milliseconds)
    whole = Tally()
    for one in minutes:
        for name in COUNTS:
            setattr(whole, name, getattr(whole, name) + getattr(one, name))
        whole.latencies.update(one.latencies)
    return whole, pack(minutes)


def pack(minutes: list[Tally]) -> bytes:
    """Return sixty minutes, one plane of sixty bytes a figure so that it deflates well."""
    planes = [bytes(min(255, getattr(one, name)) for one in minutes) for name in COUNTS]
    planes += [bytes(histograms.byte(one.latency(name)) for one in minutes) for name in LATENCIES]
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    return deflate.compress(b"".join(planes)) + deflate.flush()


def unpack(packed: bytes) -> list[Minute]:
    """Return the minutes that :func:`pack` packed."""
    plain = zlib.decompress(packed, -15)
    planes = [plain[n : n + MINUTES] for n in range(0, len(plain), MINUTES)]
    counts, latencies = planes[: len(COUNTS)], planes[len(COUNTS) :]
    return [
        Minute(
            *(plane[n] for plane in counts),
            *(histograms.unbyte(plane[n]) for plane in latencies),
        )
        for n in range(MINUTES)
    ]
