"""``kawal serve prober``: the loop with its two threads, until asked to stop."""

import os
import threading
import time
from collections import deque
from typing import Any

import structlog

from kawal.monitoring.addresses import read_host
from kawal.monitoring.codes import Code
from kawal.monitoring.prober.catalog import Before, Catalog, Configuration, Polled
from kawal.monitoring.prober.engine import Engine
from kawal.monitoring.prober.health import memory_is_short
from kawal.monitoring.prober.intake import Intake
from kawal.monitoring.prober.reports import Reports
from kawal.monitoring.prober.writer import Writer, connect

FLUSH = 1.0  # seconds between batches when nothing has changed; a change goes at once
AT_ONCE = 0.02  # seconds in which changes that come together are stored together
CHECKUP = 0.5  # seconds between looks at ourselves

log = structlog.get_logger(__name__)


def canaries(text: str) -> list[tuple[str, int]]:
    """Return the addresses that tell whether our uplink works: ``1.1.1.1:443,9.9.9.9:53``.

    :raises ValueError: when one is none.
    """
    found = []
    for part in text.replace(",", " ").split():
        host, _, port = part.rpartition(":")
        found.append((read_host(host), int(port)))
    return found


class Service:
    """Everything of one prober process."""

    def __init__(self, stop: threading.Event, engine: Engine | None = None) -> None:
        self.stop = stop
        self.engine = engine or Engine(canaries=canaries(os.environ.get("KAWAL_CANARIES", "")))
        self.reports = Reports(self.engine)
        self.intake = Intake(self.engine, self.reports)
        self._stop_threads = threading.Event()
        self.writer = Writer(self.engine.clock.wall(), self._stop_threads)
        self._told: deque[Configuration | Polled] = deque()
        self._bell = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        self._verdict = Code.OK
        self._flushed = self._checked = 0.0

    def run(self) -> None:
        """Work until asked to stop; what was found is stored before the end."""
        self.writer.start()
        while not self.writer.ready.wait(0.2):
            if self.stop.is_set() or self.writer.failed.is_set():
                self._end()
                return
        catalog = Catalog(connect, self.tell, self._stop_threads)
        self.engine.loop.watch(self._bell, self._heed)
        catalog.start()
        log.info("monitoring.prober_started", most=self.engine.most)
        self.engine.health.begin()
        try:
            while not self.stop.is_set() and not self.writer.failed.is_set():
                self.engine.turn()
                self._keep_house()
        finally:
            self.writer.take(self._batch())
            self._end()
            catalog.join(5)

    def tell(self, news: Configuration | Polled) -> None:
        """Hand news over from another thread."""
        self._told.append(news)
        os.eventfd_write(self._bell, 1)

    def _end(self) -> None:
        self._stop_threads.set()
        self.writer.join(15)
        self.engine.close()

    def _heed(self) -> None:
        os.eventfd_read(self._bell)
        while self._told:
            news = self._told.popleft()
            if isinstance(news, Configuration):
                self.intake.take(news)
            else:
                self._polled(news)

    def _polled(self, news: Polled) -> None:
        self.reports.ingest = news.watchers.get("ingest", Before())
        if news.arrived.pings:
            self.reports.take(news.arrived)
        self.reports.marks = news.arrived.marks
        self.reports.read_at = news.read_at

    def _keep_house(self) -> None:
        now = time.monotonic()
        since = now - self._flushed
        if since >= FLUSH or (self.engine.batch.turned and since >= AT_ONCE):
            self._flushed = now
            self.writer.take(self._batch())
        if now - self._checked >= CHECKUP:
            self._checked = now
            self._look_at_ourselves()

    def _batch(self) -> Any:
        batch = self.engine.take_batch()
        batch.figures |= self.reports.figures() | {"kept": self.writer.kept}
        batch.verdict = int(self._verdict)
        return batch

    def _look_at_ourselves(self) -> None:
        engine = self.engine
        before = engine.clock.wall()
        moved = engine.clock.check()
        engine.ways.look()
        if moved is not None:
            log.warning("monitoring.clock_moved", seconds=round(moved, 3))
            self.intake.not_watched(min(before, before + moved))
            self.reports.moved(moved)
        verdict = engine.health.verdict(
            clock_stepped=engine.clock.stepped,
            uplink_cut=engine.witnesses.cut,
            at_limit=engine.at_limit or memory_is_short(),
        )
        if verdict is not self._verdict:
            self._verdict = verdict
            log.warning("monitoring.own_health", verdict=verdict.name)
            engine.batch.verdicts.append((engine.clock.wall(), int(verdict), ""))


def run(stop: threading.Event) -> None:
    """Probe until asked to stop."""
    Service(stop).run()
