"""CPU seconds per 1,000 HTTP checks: ours with everything on, the Prometheus stack, a bare fetch.

Everything on: schedule, state, storage in PostgreSQL, and the pages' live stream. All three ask
the same targets at the same rate, one after the other in one run.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from bench import peers
from bench.measure import Line, Meter, Series, of, publish, ratio
from bench.product import product
from bench.programs import Targets, targets

CHECKS, INTERVAL, WINDOW, WINDOWS, SETTLE = 1_000, 5, 20.0, 3, 12.0
ALL = "all"
WHAT = "CPU s per 1,000 HTTP checks"
PROCESSES = ("prober", "worker", "stream", "web")


def windows(pids: Mapping[str, int], served: Callable[[], int]) -> dict[str, Series]:
    """Return CPU seconds per 1,000 answered checks over some windows, whole and by process."""
    time.sleep(SETTLE)
    found: dict[str, list[float]] = {name: [] for name in (ALL, *pids)}
    for _ in range(WINDOWS):
        meters, before = {name: Meter([pid]) for name, pid in pids.items()}, served()
        time.sleep(WINDOW)
        spent = {name: meter.read().cpu for name, meter in meters.items()}
        answered = served() - before
        for name, cpu in (spent | {ALL: sum(spent.values())}).items():
            found[name].append(cpu / answered * 1000)
    return {name: Series.of(values) for name, values in found.items()}


def bare(running: Targets, folder: Path) -> Series:
    """Measure the bare fetch."""
    urls = folder / "urls.json"
    urls.write_text(json.dumps([running.url(n) for n in range(CHECKS)]))
    found = []
    for _ in range(WINDOWS):
        words = [sys.executable, "-m", "bench.floor", str(urls), "--seconds", str(WINDOW)]
        words += ["--rate", str(CHECKS / INTERVAL)]
        says = json.loads(subprocess.run(words, capture_output=True, check=True).stdout)
        found.append(says["cpu"] / says["fetched"] * 1000)
    return Series.of(found)


def peer(running: Targets, folder: Path) -> Series | None:
    """Measure the Prometheus stack, if it is installed."""
    if peers.missing():
        return None
    with (
        peers.Sink().open() as sink,
        peers.stack(running, range(CHECKS), folder / "peer", interval=INTERVAL, sink=sink) as stack,
    ):
        pids = dict(zip(peers.PROGRAMS, stack.pids, strict=True))
        return windows(pids, running.served)[ALL]


def ours(running: Targets, folder: Path) -> dict[str, Series]:
    """Measure Kawal with everything on, whole and by process."""
    with product(folder / "kawal") as kawal:
        urls = [running.url(n) for n in range(CHECKS)]
        kawal.load([{"urls": urls, "interval": INTERVAL}])
        with kawal.serving(PROCESSES):
            return windows(dict(kawal.pids), running.served)


def measure() -> list[Line]:
    """Measure all three and return the lines of the table."""
    with tempfile.TemporaryDirectory(prefix="kawal-bench-") as name:
        folder = Path(name)
        with targets(CHECKS, folder) as running:
            floor, theirs, own = (
                bare(running, folder),
                peer(running, folder),
                ours(running, folder),
            )
    parts = [of("", name, "CPU s", one) for name, one in own.items() if name != ALL]
    return [
        of(WHAT, "Kawal", "CPU s", own[ALL], goal="<= 0.30"),
        *parts,
        of(WHAT, "Prometheus stack", "CPU s", theirs),
        of(WHAT, "bare pycurl fetch", "CPU s", floor),
        ratio("Prometheus stack / Kawal", theirs, own[ALL], goal=">= 4"),
    ]


if __name__ == "__main__":
    publish(f"{WHAT}, {CHECKS} checks every {INTERVAL} s", measure())
