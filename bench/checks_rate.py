"""Checks a second that one core sustains: HTTP, and HTTPS with fresh handshakes.

The prober has one core for itself; targets and PostgreSQL share the other. A rate is sustained when
its results are stored as up in time, no slot was missed, and the schedule was never noticeably
late. Beside it, on the same core and targets, a bare pycurl loop that keeps nothing.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from bench.measure import Line, Meter, cores, publish
from bench.product import Product, product
from bench.programs import Targets, on_core, targets

INTERVAL, WINDOW, PROOF = 5, 6.0, 20.0
SETTLE = 20.0  # seconds at most until all checks of a rate are up
MADE = 100  # checks of each scheme made by the product's own actions; the others copy them
LATEST = 250.0  # milliseconds behind schedule, at any look
LEAST = 0.99  # of the results that are due
CALM = 8  # looks in a row, half a second apart, that find nothing left to catch up
STORED = 3.0  # seconds after the end of a window in which its results must be in the table
UNPACED = 1e9  # checks a second: as fast as it can


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rates that are tried, in checks a second: from ``first`` by ``step`` to ``last``."""

    scheme: str
    first: int
    step: int
    last: int
    goal: str


LADDERS = (
    Ladder("http", 1000, 500, 3000, ">= 2000"),
    Ladder("https", 300, 200, 1100, ">= 700"),
)

_COPY = """
INSERT INTO monitoring_check (application_id, kind, name, spec, interval, timeout, confirmations,
    recheck, counts, enabled, public, version, created_at, updated_at)
SELECT application_id, kind, name || '-' || n,
    spec || jsonb_build_object('url', spec ->> 'url' || '-' || n), interval, timeout,
    confirmations, recheck, counts, enabled, public, version, created_at, updated_at
FROM monitoring_check, generate_series(2, %s) n WHERE spec ->> 'url' LIKE %s
"""
_ENABLE = """
UPDATE monitoring_check c SET enabled = v.wanted, version = c.version + 1, updated_at = now()
FROM (SELECT id, spec ->> 'url' LIKE %s AND
    row_number() OVER (PARTITION BY spec ->> 'url' LIKE %s ORDER BY id) <= %s AS wanted
    FROM monitoring_check) v
WHERE v.id = c.id AND c.enabled <> v.wanted
"""
_WELL = """
SELECT count(*) FROM monitoring_checkstate s JOIN monitoring_check c ON c.id = s.check_id
WHERE c.enabled AND s.state = 1
"""
_WATCHER = """
SELECT lag_ms, (figures ->> 'missed')::float8, extract(epoch FROM watermark)::float8
FROM monitoring_watcher WHERE name = 'prober'
"""
_UP = """
SELECT count(*) FROM monitoring_result
WHERE at >= to_timestamp(%s) AND at < to_timestamp(%s) AND state = 1
"""


@dataclass(frozen=True, slots=True)
class Tried:
    """What one rate gave: results stored a second, whether it was sustained, and how busy it was.

    ``core`` is the prober's share of its core, ``other`` that of targets and PostgreSQL.
    """

    rate: int
    stored: float
    lag: float
    missed: float
    is_late: bool
    core: float
    other: float

    @property
    def holds(self) -> bool:
        """Tell whether the rate was sustained."""
        full = self.stored >= LEAST * self.rate
        return full and not self.missed and self.lag <= LATEST and not self.is_late

    def __str__(self) -> str:
        return (
            f"{self.rate}/s: {self.stored:.0f}/s stored, {self.lag:.0f} ms late at most, "
            f"{self.missed:.0f} missed, prober {self.core:.0%}, other core {self.other:.0%}"
        )


class Bench:
    """A prober on its own core, and the table in which its results arrive."""

    def __init__(self, kawal: Product, running: Targets) -> None:
        self.kawal = kawal
        self.running = running
        self.line = psycopg.connect(kawal.env["DATABASE_URL"], autocommit=True)

    def enable(self, scheme: str, rate: int) -> None:
        """Let as many checks of a scheme run as make a rate, and no other."""
        like = f"{scheme}:%"
        self.line.execute(_ENABLE, (like, like, rate * INTERVAL))
        self.line.execute("SELECT pg_notify('kawal_live', 'monitoring')")

    def wait(self) -> None:
        """Wait until the prober has begun to write."""
        while self._watcher() is None:
            time.sleep(0.2)

    def attempt(self, ladder: Ladder, rate: int, window: float) -> Tried:
        """Run a rate for a window of seconds, after it has settled."""
        self.enable(ladder.scheme, rate)
        self._settle(rate * INTERVAL)
        prober = Meter([self.kawal.pids["prober"]])
        others = Meter([self.kawal.pids["postgres"], self.running.pid])
        begun, before = time.time(), self._watcher()
        lag = 0.0
        while time.time() < begun + window:
            time.sleep(0.5)
            lag = max(lag, self._watcher()[0])
        ended, core, other = time.time(), prober.read().share, others.read().share
        is_late = not self._stored(ended)
        stored = self._number(_UP, begun, ended) / (ended - begun)
        missed = self._watcher()[1] - before[1]
        tried = Tried(rate, stored, lag, missed, is_late, core, other)
        print(f"  {ladder.scheme} {tried}", file=sys.stderr, flush=True)
        return tried

    def highest(self, ladder: Ladder) -> tuple[Tried | None, Tried | None]:
        """Climb until a rate does not hold, then go down until one holds for long.

        Returns the highest that held, and the lowest that did not.
        """
        rate, failed = ladder.first, None
        while rate <= ladder.last:
            tried = self.attempt(ladder, rate, WINDOW)
            if not tried.holds:
                failed = tried
                break
            rate += ladder.step
        rate -= ladder.step // 2 if failed else ladder.step
        while rate > 0:
            tried = self.attempt(ladder, rate, PROOF)
            if tried.holds:
                return tried, failed
            rate, failed = rate - ladder.step // 2, tried
        return None, failed

    def _settle(self, wanted: int) -> None:
        """Wait until so many checks are up and the first looks caught up; but not for ever."""
        deadline, calm = time.time() + SETTLE, 0
        while time.time() < deadline and calm < CALM:
            is_calm = self._watcher()[0] <= LATEST and self._number(_WELL) >= wanted
            calm = calm + 1 if is_calm else 0
            time.sleep(0.5)

    def _number(self, question: str, *values: float) -> int:
        row = self.line.execute(question, values).fetchone()
        assert row is not None
        return int(row[0])

    def _watcher(self) -> Any:
        return self.line.execute(_WATCHER).fetchone()

    def _stored(self, until: float) -> bool:
        """Wait until all that was due by then is stored; tell whether that came in time."""
        deadline = time.time() + STORED
        while time.time() < deadline:
            if self._watcher()[2] >= until:
                return True
            time.sleep(0.1)
        return False


@contextmanager
def bench(running: Targets, folder: Path, core: int) -> Iterator[Bench]:
    """Start the product with all checks, and its prober on a core of its own."""
    with product(folder / "kawal") as kawal:
        groups: list[dict[str, object]] = [
            {
                "urls": [running.url(n, one.scheme) for n in range(MADE)],
                "interval": INTERVAL,
                "per_application": 20,
            }
            for one in LADDERS
        ]
        kawal.load(groups)
        ready = Bench(kawal, running)
        for one in LADDERS:
            ready.line.execute(_COPY, (one.last * INTERVAL // MADE, f"{one.scheme}:%"))
        ready.enable(LADDERS[0].scheme, LADDERS[0].first)
        with ExitStack() as started:
            with on_core(core):
                environment = {"KAWAL_CA_FILE": running.facts["authority"]}
                started.enter_context(kawal.serving(["prober"], environment))
            ready.wait()
            yield ready


def bare(running: Targets, ladder: Ladder, folder: Path, core: int) -> float:
    """Return how many fetches a second a bare loop makes on that core."""
    urls = folder / "urls.json"
    urls.write_text(json.dumps([running.url(n, ladder.scheme) for n in range(1000)]))
    words = [sys.executable, "-m", "bench.floor", str(urls), "--seconds", str(WINDOW)]
    words += ["--rate", str(UNPACED)]
    if ladder.scheme == "https":
        words += ["--authority", running.facts["authority"]]
    with on_core(core):
        done = subprocess.run(words, capture_output=True, check=True)
    return float(json.loads(done.stdout)["fetched"]) / WINDOW


def lines(ladder: Ladder, found: Tried | None, failed: Tried | None, floor: float) -> list[Line]:
    """Return the lines of one scheme."""
    fresh = ", fresh handshakes" if ladder.scheme == "https" else ""
    what = f"sustained checks/s on one core, {ladder.scheme.upper()}{fresh}"
    value = found.stored if found else None
    note = f"beyond it: {failed}" if failed else "the highest that was tried"
    if found:
        note = f"prober {found.core:.0%}, other core {found.other:.0%}; {note}"
    return [
        Line(what, "Kawal", "checks/s", value, goal=ladder.goal, note=note),
        Line(what, "bare pycurl loop", "fetches/s", floor),
    ]


def measure() -> list[Line]:
    """Return the lines of the table; with one core there is nothing to keep apart."""
    if cores() < 2:
        return [Line("sustained checks/s on one core", "Kawal", "checks/s", None, note="one core")]
    ours, others = sorted(os.sched_getaffinity(0))[:2]
    found = []
    with tempfile.TemporaryDirectory(prefix="kawal-bench-") as name, on_core(others):
        folder = Path(name)
        with targets(1000, folder) as running:
            floors = [bare(running, ladder, folder, ours) for ladder in LADDERS]
            with bench(running, folder, ours) as ready:
                for ladder, floor in zip(LADDERS, floors, strict=True):
                    found += lines(ladder, *ready.highest(ladder), floor)
    return found


if __name__ == "__main__":
    publish("sustained checks/s on one core", measure())
