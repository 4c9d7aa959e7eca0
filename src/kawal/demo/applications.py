"""The demo's applications, served: a port each on loopback, and their jobs beside them."""

import asyncio
import ssl
import threading
from datetime import UTC, datetime
from pathlib import Path

import structlog
import uvloop

from kawal.demo import addresses, certificates
from kawal.demo.addresses import HOST, INDEX
from kawal.demo.board import Board
from kawal.demo.doors import Clock, Doors
from kawal.demo.facts.applications import APPLICATIONS
from kawal.demo.heartbeats import Reporter, given_file

SEED = 1275
TICK = 0.5  # seconds between looks at who refuses connections
log = structlog.get_logger(__name__)


def _utc_now() -> datetime:
    return datetime.now(UTC)


def run(stop: threading.Event, *, now: Clock = _utc_now) -> None:
    """Serve every demo application until ``stop`` is set.

    :raises NoRoom: when no block of ports is free.
    """
    from django.conf import settings

    home, port = Path(settings.HOME), int(settings.PORT)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(home, port, stop, now=now))


async def serve(home: Path, port: int, stop: threading.Event, *, now: Clock) -> None:
    """Serve below ``home`` beside the product at ``port`` until ``stop`` is set."""
    board = Board(SEED, now())
    places = addresses.find(home, port=port)
    doors = Doors(board, places, now, _contexts(home, now()))
    reporter = Reporter(board, given_file(home), HOST, port, now)
    jobs = asyncio.create_task(reporter.run())
    try:
        await doors.open_all()
        log.info("demo.serving", index=places.url(INDEX), applications=len(APPLICATIONS))
        while not stop.is_set():
            await doors.follow_schedule()
            if jobs.done():
                jobs.result()
            await asyncio.sleep(TICK)
    finally:
        jobs.cancel()
        await asyncio.gather(jobs, return_exceptions=True)
        doors.close_all()


def _contexts(home: Path, at: datetime) -> dict[str, ssl.SSLContext]:
    codes = [one.code for one in APPLICATIONS if one.scheme == "https"]
    files = certificates.make(home, codes, at)
    found = {}
    for code in codes:
        found[code] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        found[code].load_cert_chain(files.of(code))
    return found
