"""Memory with 10,000 checks running: the sum of the proportional set sizes, PostgreSQL included.

Twice: as ``kawal run`` starts the product (children forked from one process, which share what they
loaded; the demo's own applications included), and as single services, as under systemd. In both a
browser has read the wall and the desk many times, and keeps the wall open. ``--minutes`` says how
long the first is watched for growth.
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.measure import Line, Series, pss_bytes, publish
from bench.product import Product, product
from bench.programs import targets
from bench.wall_paint import signed_in

CHECKS, INTERVAL, SETTLE, LOOKS, READS = 10_000, 60, 90.0, 3, 20
PROCESSES = ("prober", "worker", "stream", "web")
PAGES = ("/wall/", "/office/", "/wall/perlu-keputusan/", "/status/")


def measure(minutes: float) -> list[Line]:
    """Return the lines of the table: the whole, and each process tree."""
    with tempfile.TemporaryDirectory(prefix="kawal-bench-") as name:
        folder = Path(name)
        with targets(CHECKS, folder) as running, product(folder / "kawal") as kawal:
            urls = [running.url(n) for n in range(CHECKS)]
            kawal.load([{"urls": urls, "interval": INTERVAL, "per_application": 20}])
            with kawal.running(), _in_use(kawal):
                lines = _lines("kawal run", _looks(kawal.pids))
                lines += _growth(kawal.pids, minutes)
            with kawal.serving(PROCESSES), _in_use(kawal):
                lines += _lines("single services", _looks(kawal.pids))
    return lines


@contextmanager
def _in_use(kawal: Product) -> Iterator[None]:
    """Read pages until each worker has shown each, and keep the wall open."""
    time.sleep(SETTLE)
    if shutil.which("chromium") is None:
        print("no chromium here: nobody reads a page", file=sys.stderr)
        yield
        return
    with signed_in(kawal) as browser:
        page = browser.new_page()
        for number in range(READS * len(PAGES)):
            page.goto(kawal.url + PAGES[number % len(PAGES)])
        page.goto(kawal.url + PAGES[0])
        yield


def _looks(pids: dict[str, int]) -> list[dict[str, float]]:
    return [_look(pids) for _ in range(LOOKS)]


def _look(pids: dict[str, int]) -> dict[str, float]:
    time.sleep(5)
    return {name: pss_bytes([pid]) / 2**20 for name, pid in pids.items()}


def _lines(way: str, looks: list[dict[str, float]]) -> list[Line]:
    whole = Series.of(sum(look.values()) for look in looks)
    parts = {part: Series.of(look[part] for look in looks) for part in looks[0]}
    return [
        Line(
            f"memory, 10,000 checks, {way}", "Kawal, all", "MiB PSS", whole.median, whole, "<= 600"
        ),
        *(Line("", part, "MiB PSS", one.median, one) for part, one in parts.items()),
    ]


def _growth(pids: dict[str, int], minutes: float) -> list[Line]:
    """Return by how much each process tree has grown after some minutes."""
    before = _look(pids)
    time.sleep(minutes * 60)
    after = _look(pids)
    return [
        Line(f"growth in {minutes:g} minutes", name, "MiB PSS", after[name] - before[name])
        for name in pids
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=10)
    minutes = parser.parse_args().minutes
    publish("memory (sum of PSS) with 10,000 checks", measure(minutes))


if __name__ == "__main__":
    main()
