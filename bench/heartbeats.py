"""Heartbeats accepted in a second on one core: through the real ``/ping``, beside a bare route.

The stream process is held to one core; the senders have the others. A heartbeat counts when its
answer said 200, and every one of them must then be in the table. The bare route is an ASGI
application on the same server that only answers.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import uvloop

from bench.measure import NOT_RUN, Line, Series, cores, publish, ratio
from bench.peers import free_port
from bench.product import Product, product
from bench.programs import program

SENDERS, FRESH_SENDERS, SECONDS, RUNS, JOBS = 200, 50, 5.0, 3, 500


async def _kept(port: int, path: str, end: float) -> int:
    """Send one after the other on one connection; return how many were accepted."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    asked = f"GET {path} HTTP/1.1\r\nHost: kawal\r\n\r\n".encode()
    good = 0
    while time.monotonic() < end:
        writer.write(asked)
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r")[0])
        await reader.readexactly(length)
        good += head.startswith(b"HTTP/1.1 200")
    writer.close()
    return good


async def _fresh(port: int, path: str, end: float) -> int:
    """Send each on a connection of its own, as a shell line with curl does."""
    asked = f"GET {path} HTTP/1.1\r\nHost: kawal\r\nConnection: close\r\n\r\n".encode()
    good = 0
    while time.monotonic() < end:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(asked)
        good += (await reader.read()).startswith(b"HTTP/1.1 200")
        writer.close()
    return good


async def _send(port: int, paths: list[str], *, fresh: bool) -> tuple[int, float]:
    one, number = (_fresh, FRESH_SENDERS) if fresh else (_kept, SENDERS)
    begun = time.monotonic()
    end = begun + SECONDS
    counts = await asyncio.gather(*(one(port, paths[n % len(paths)], end) for n in range(number)))
    return sum(counts), time.monotonic() - begun


def rate(port: int, paths: list[str], *, fresh: bool) -> tuple[int, float]:
    """Return how many heartbeats were accepted, and how many a second."""
    loop = asyncio.Runner(loop_factory=uvloop.new_event_loop)
    with loop as runner:
        good, seconds = runner.run(_send(port, paths, fresh=fresh))
    return good, good / seconds


async def bare(scope: dict[str, object], receive: object, send: object) -> None:
    """Answer as the real route does, and do nothing else."""
    if scope["type"] == "http":
        headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"3")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})  # type: ignore[operator]
        await send({"type": "http.response.body", "body": b"OK\n"})  # type: ignore[operator]


@contextmanager
def _bare_route(folder: Path) -> Iterator[int]:
    port = free_port()
    words = (sys.executable, "-m", "uvicorn", "bench.heartbeats:bare", "--port", str(port),
             "--no-access-log", "--lifespan", "off", "--ws", "none")  # fmt: skip
    with program(*words, log=folder / "bare.log") as process:
        _pin(process.pid)
        _wait(port)
        yield port


def _pin(pid: int) -> None:
    os.sched_setaffinity(pid, {min(os.sched_getaffinity(0))})


def _wait(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            asyncio.run(_kept(port, "/ping/none", time.monotonic() + 0.01))
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("nobody listens")


def _stored(kawal: Product) -> int:
    with psycopg.connect(kawal.env["DATABASE_URL"]) as connection:
        row = connection.execute("SELECT count(*) FROM monitoring_ping").fetchone()
    return int(row[0]) if row else 0


_JOBS = """
INSERT INTO monitoring_check (application_id, kind, name, spec, secrets, key_hash, interval,
    timeout, confirmations, recheck, counts, enabled, public, version, created_at, updated_at)
SELECT (SELECT min(id) FROM monitoring_application), 'heartbeat', 'Pekerjaan ' || n,
    '{"every": 3600}', NULL, sha256(('kunci-' || n)::bytea), 60, 1, 1, 1, false, true,
    false, 1, now(), now()
FROM generate_series(0, %s) n
"""


def measure() -> list[Line]:
    """Measure our route and the bare one, kept and fresh connections; return the table's lines."""
    paths = [f"/ping/kunci-{n}" for n in range(JOBS)]
    lines = []
    with (
        tempfile.TemporaryDirectory(prefix="kawal-bench-") as name,
        product(Path(name) / "kawal") as kawal,
    ):
        kawal.load([{"urls": ["http://127.0.0.1:9/t/0"], "interval": 3600}])
        with psycopg.connect(kawal.env["DATABASE_URL"]) as connection:
            connection.execute(_JOBS, (JOBS - 1,))
        with kawal.serving(["stream"]), _bare_route(Path(name)) as beside:
            _pin(kawal.pids["stream"])
            _wait(kawal.port)
            for fresh in (False, True):
                what = "fresh connections" if fresh else "connections kept"
                ours, others = _both(kawal, beside, paths, fresh=fresh)
                goal = "" if fresh else ">= 3,000"
                lines += [
                    Line(what, "Kawal, each stored", "/s", ours.median, ours, goal=goal),
                    Line(what, "bare route", "/s", others.median, others),
                    ratio(f"{what}: bare / Kawal", others, ours),
                ]
    return lines


def _both(kawal: Product, beside: int, paths: list[str], *, fresh: bool) -> tuple[Series, Series]:
    """Return the rates of both, in turns.

    :raises RuntimeError: when a heartbeat that was accepted is not stored.
    """
    ours, others = [], []
    for _ in range(RUNS):
        before = _stored(kawal)
        good, each = rate(kawal.port, paths, fresh=fresh)
        stored = _stored(kawal) - before
        if stored != good:
            raise RuntimeError(f"{good} accepted, {stored} stored")
        ours.append(each)
        others.append(rate(beside, paths, fresh=fresh)[1])
    return Series.of(ours), Series.of(others)


def main() -> None:
    """Measure and publish; on one core senders and server would measure each other."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    if cores() < 2:
        print(f"heartbeats: {NOT_RUN}: needs two cores")
        return
    publish("heartbeats accepted on one core", measure())


if __name__ == "__main__":
    main()
