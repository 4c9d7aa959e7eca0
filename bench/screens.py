"""How late a change reaches the screens: our stream process beside a bare server of the same lines.

Both run on one core, the screens on the other. A change is a check's new state, committed with its
NOTIFY; late is the time from then until a screen has the whole message. The bare server only writes
a message of the same size to every connection: the raw limit of a Python event loop.
"""

import argparse
import asyncio
import os
import socket
import statistics
import sys
import time
import urllib.request
from multiprocessing import Process
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import uvloop

from bench import measure
from bench.peers import free_port
from bench.product import product

CHANGES = 25
PAUSE = 0.6  # seconds between changes, as a beat falls between some of them


class Screens:
    """Open streams that note when each message of a kind has come whole."""

    def __init__(self, port: int, path: str, count: int) -> None:
        self.port, self.path, self.count = port, path, count
        self.at: list[float] = []
        self.writers: list[asyncio.StreamWriter] = []
        self.tasks: list[asyncio.Task[None]] = []

    async def open(self) -> None:
        """Open all, a few at a time, and wait until each has its first message."""
        gate, first = asyncio.Semaphore(50), [asyncio.Event() for _ in range(self.count)]

        async def one(number: int) -> None:
            async with gate:
                reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
                writer.write(f"GET {self.path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
                self.writers.append(writer)
                self.tasks.append(asyncio.create_task(self._read(reader, first[number])))
                await first[number].wait()

        await asyncio.gather(*(one(number) for number in range(self.count)))

    async def _read(self, reader: asyncio.StreamReader, first: asyncio.Event) -> None:
        kind = b""
        while line := await reader.readline():
            if b"event: " in line:
                kind = line.strip().rpartition(b"event: ")[2]
            elif line.startswith(b"data: "):
                if kind == b"change":
                    self.at.append(time.time())
                elif kind == b"snapshot":
                    first.set()

    async def heard(self, seconds: float = 20) -> list[float]:
        """Return when each screen had the change; wait until all have it."""
        deadline = time.time() + seconds
        while len(self.at) < self.count and time.time() < deadline:
            await asyncio.sleep(0.01)
        found, self.at = self.at, []
        return found

    async def close(self) -> None:
        """Close all."""
        for task in self.tasks:
            task.cancel()
        for writer in self.writers:
            writer.close()


async def late(screens: Screens, change: "Changer") -> list[float]:
    """Return for every change and screen how late it was, in milliseconds."""
    await screens.open()
    await asyncio.sleep(2.5)
    found: list[float] = []
    for number in range(CHANGES):
        screens.at.clear()
        begun = await asyncio.to_thread(change, number)
        heard = await screens.heard()
        assert len(heard) >= screens.count, f"{len(heard)} of {screens.count} screens heard it"
        found += [(at - begun) * 1000 for at in heard]
        await asyncio.sleep(PAUSE)
    await screens.close()
    return found


class Changer:
    """Changes a check's state and says so, as the prober does; returns when it was committed."""

    def __init__(self, env: dict[str, str]) -> None:
        self.url = env["DATABASE_URL"]
        with psycopg.connect(self.url) as connection:  # all run, so that one fault shows
            connection.execute(
                "INSERT INTO monitoring_checkstate (check_id, state, code, detail, since, last_at,"
                " last_code, failing, memory)"
                " SELECT id, 1, 0, '', now(), now(), 0, 0, '{}' FROM monitoring_check"
            )

    def __call__(self, number: int) -> float:
        with psycopg.connect(self.url) as connection:
            connection.execute(
                "UPDATE monitoring_checkstate SET state = %s, code = %s, since = now()"
                " WHERE check_id = (SELECT min(id) FROM monitoring_check)",
                [1, 0] if number % 2 else [3, 500],
            )
            connection.execute(
                "SELECT pg_notify('kawal_live', json_build_object('kind', 'applications', 'ids',"
                " json_build_array(application_id))::text) FROM monitoring_check"
                " WHERE id = (SELECT min(id) FROM monitoring_check)"
            )
            return time.time()  # before the commit, so that nothing is flattered


class Bare:
    """Asks the bare server to write to everybody."""

    def __init__(self, port: int) -> None:
        self.port = port

    def __call__(self, number: int) -> float:
        with socket.create_connection(("127.0.0.1", self.port)) as trigger:
            trigger.sendall(b"CHANGE\r\n\r\n")
            return time.time()


def bare_server(port: int, size: int) -> None:
    """Serve streams with nothing behind them."""
    os.sched_setaffinity(0, {0})
    open_now: set[asyncio.StreamWriter] = set()
    text = b"event: change\ndata: " + b"x" * size + b"\n\n"

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        if head.startswith(b"CHANGE"):
            for each in open_now:
                each.write(text)
            writer.close()
            return
        open_now.add(writer)
        writer.write(b"HTTP/1.1 200 OK\r\n\r\nevent: snapshot\ndata: {}\n\n")
        await reader.read()

    async def run() -> None:
        server = await asyncio.start_server(serve, "127.0.0.1", port, backlog=4096)
        await server.serve_forever()

    uvloop.run(run())


def ours(count: int, checks: int) -> tuple[list[float], int]:
    """Return how late our screens were, and the size of a change in bytes."""
    with TemporaryDirectory(prefix="kawal-bench-") as folder, product(Path(folder)) as made:
        urls = [f"http://127.0.0.1:9/{number}" for number in range(checks)]
        made.load([{"urls": urls, "per_application": 10}])
        os.environ.update(made.env)
        import django

        django.setup()
        from kawal.sites.command_centre.live import painter
        from kawal.ui import live

        with made.serving(["web", "stream"]):
            _wait(made.url)
            os.sched_setaffinity(made.pids["stream"], {0})
            path = f"/events?topic=wall&ticket={live.ticket('wall')}"
            found = asyncio.run(late(Screens(made.port, path, count), Changer(made.env)))
        size = statistics.mean(len(html) for key, html in painter()(None).items() if "opd" in key)
        return found, round(size)


def _wait(url: str) -> None:
    """Wait until the pages answer through the port."""
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{url}/readyz", timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the product did not answer in a minute")


def peer(count: int, size: int) -> list[float]:
    """Return how late the screens of the bare server were."""
    port = free_port()
    server = Process(target=bare_server, args=(port, size), daemon=True)
    server.start()
    time.sleep(1)
    try:
        return asyncio.run(late(Screens(port, "/", count), Bare(port)))
    finally:
        server.terminate()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--screens", type=int, default=1000)
    parser.add_argument("--checks", type=int, default=1000)
    parser.add_argument("--json")
    asked = parser.parse_args()
    os.sched_setaffinity(0, set(range(1, measure.cores())) or {0})
    found, size = ours(asked.screens, asked.checks)
    bare = peer(asked.screens, size)
    lines = []
    for share in (0.5, 0.99):
        mine = measure.Series.of([measure.percentile(found, share)])
        theirs = measure.Series.of([measure.percentile(bare, share)])
        what, goal = f"p{share * 100:.0f} of a change", "<= 250" if share == 0.99 else ""
        lines += [
            measure.of(what, "kawal stream", "ms", mine, goal=goal),
            measure.of(what, "bare server", "ms", theirs),
            measure.ratio(what, mine, theirs),
        ]
    measure.publish(
        f"screens: {asked.screens} on one core, {asked.checks} checks", lines, asked.json
    )


if __name__ == "__main__":
    sys.exit(main())
