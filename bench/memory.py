"""Memory with 10,000 checks running: the sum of the proportional set sizes, PostgreSQL included."""

import tempfile
import time
from pathlib import Path

from bench.measure import Line, Series, pss_bytes, publish
from bench.product import product
from bench.programs import targets

CHECKS, INTERVAL, SETTLE, LOOKS = 10_000, 60, 90.0, 3
PROCESSES = ("prober", "worker", "stream", "web")


def measure() -> list[Line]:
    """Return the lines of the table: the whole, and each process tree."""
    with tempfile.TemporaryDirectory(prefix="kawal-bench-") as name:
        folder = Path(name)
        with targets(CHECKS, folder) as running, product(folder / "kawal") as kawal:
            urls = [running.url(n) for n in range(CHECKS)]
            kawal.load([{"urls": urls, "interval": INTERVAL, "per_application": 20}])
            with kawal.serving(PROCESSES):
                time.sleep(SETTLE)
                looks = [_look(kawal.pids) for _ in range(LOOKS)]
    whole = Series.of(sum(look.values()) for look in looks)
    parts = {part: Series.of(look[part] for look in looks) for part in looks[0]}
    return [
        Line("memory, 10,000 checks", "Kawal, all", "MiB PSS", whole.median, whole, "<= 600"),
        *(Line("", part, "MiB PSS", one.median, one) for part, one in parts.items()),
    ]


def _look(pids: dict[str, int]) -> dict[str, float]:
    time.sleep(5)
    return {name: pss_bytes([pid]) / 2**20 for name, pid in pids.items()}


if __name__ == "__main__":
    publish("memory (sum of PSS) with 10,000 checks", measure())
