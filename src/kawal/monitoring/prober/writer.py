"""Writes what the loop found: one connection, one thread, one transaction a batch.

A batch is results by COPY, changes with their incidents and messages, the latest of each check,
and the watcher's own row with the batch's number. Killed at any moment, either all of it is there
or none. While the database is away batches join, up to a bound; changes are never thrown away.
"""

import json
import secrets
import threading
import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg
import structlog
from django.db import Error, InterfaceError, OperationalError, connection, transaction

from kawal.monitoring.prober import settle
from kawal.monitoring.prober.batch import COLUMNS, HEAD, ROW_BYTES, TAIL, Batch, live_payload
from kawal.ui.live import CHANNEL

NAME = "prober"
MOST_ROWS = 500_000
MOST_TURNED = 200
LOCK = 0x6B61776C  # one prober at a time works; another waits

log = structlog.get_logger(__name__)

_COPY = f"COPY monitoring_result ({COLUMNS}) FROM STDIN (FORMAT binary)"
_SEEN = """
UPDATE monitoring_checkstate s SET last_at = to_timestamp(v.at), last_ms = v.ms,
    last_code = v.code, last_ok_at = CASE WHEN v.good THEN to_timestamp(v.at) ELSE s.last_ok_at END
FROM unnest(%s::int[], %s::float8[], %s::bool[], %s::float8[], %s::smallint[])
    AS v (id, at, good, ms, code) WHERE s.check_id = v.id
"""
_MEMORY = """
UPDATE monitoring_checkstate s SET memory = v.memory::jsonb
FROM unnest(%s::int[], %s::text[]) AS v (id, memory) WHERE s.check_id = v.id
"""
_WATCHER = """
INSERT INTO monitoring_watcher AS w
    (name, started_at, alive_at, watermark, batch, verdict, lag_ms, figures)
VALUES (%(name)s, to_timestamp(%(started)s), to_timestamp(%(alive)s), to_timestamp(%(mark)s),
    %(batch)s, %(verdict)s, %(lag)s, %(figures)s)
ON CONFLICT (name) DO UPDATE SET started_at = excluded.started_at, alive_at = excluded.alive_at,
    watermark = greatest(w.watermark, excluded.watermark), batch = excluded.batch,
    verdict = excluded.verdict, lag_ms = excluded.lag_ms, figures = w.figures || excluded.figures
"""
_DIRTY = """
UPDATE monitoring_rolledhour SET is_dirty = true
WHERE hour >= date_trunc('hour', to_timestamp(%s), 'UTC') AND hour <= to_timestamp(%s)
"""
_VERDICT = """
INSERT INTO monitoring_verdict (watcher, at, verdict, detail)
VALUES (%s, to_timestamp(%s), %s, %s)
"""


class Writer(threading.Thread):
    """Takes batches and stores them in order."""

    def __init__(self, started_at: float, stop: threading.Event) -> None:
        super().__init__(name="writer", daemon=True)
        self._started_at = started_at
        self._run = secrets.token_hex(8)
        self._stopping = stop
        self._holds = False
        self.ready = threading.Event()
        self.failed = threading.Event()
        self._waiting: Batch | None = None
        self._condition = threading.Condition()
        self._committed = -1
        self._asked: int | None = None
        self._days: set[date] = set()
        self.thrown_away = 0
        self.kept = 0

    def take(self, batch: Batch) -> None:
        """Take a batch over; never blocks on the database."""
        with self._condition:
            if self._waiting is None:
                self._waiting = batch
            else:
                self._waiting.join(batch)
                self._shed(self._waiting)
            self.kept = self._waiting.count
            self._condition.notify()

    def run(self) -> None:
        """Wait until no other prober works, then store until asked to stop and nothing is left."""
        try:
            while not self._stopping.is_set() and not self._hold_somehow():
                self._stopping.wait(0.5)
            self.ready.set()
            while (batch := self._next()) is not None:
                self._store_somehow(batch)
        except Exception:
            log.exception("monitoring.writer_failed")
            self.failed.set()
        finally:
            connection.close()

    def _next(self) -> Batch | None:
        with self._condition:
            while self._waiting is None and not self._stopping.is_set():
                self._condition.wait(0.5)
            batch, self._waiting = self._waiting, None
            if batch is not None and len(batch.turned) > MOST_TURNED:
                # a landslide in pieces, so that the first are seen while the last are written
                self._waiting = replace(batch, turned=batch.turned[MOST_TURNED:])
                batch = Batch(turned=batch.turned[:MOST_TURNED], alive_at=batch.alive_at)
            self.kept = self._waiting.count if self._waiting else 0
            return batch

    def _shed(self, batch: Batch) -> None:
        """Throw the oldest raw results away when there are too many; changes stay."""
        if batch.count > MOST_ROWS:
            extra = batch.count - MOST_ROWS
            del batch.rows[: extra * ROW_BYTES]
            batch.count = MOST_ROWS
            self.thrown_away += extra

    def _store_somehow(self, batch: Batch) -> None:
        """Store one batch, however often the database must be asked; at a stop for 10 s."""
        number = batch.number = self._committed + 1
        give_up = None
        while True:
            try:
                if self._hold_somehow():
                    self._store(batch)
                    self._committed = number
                    return
            except (OperationalError, InterfaceError) as error:
                log.warning("monitoring.database_away", error=str(error)[:200], kept=batch.count)
            except Error:
                log.exception("monitoring.batch_refused", results=batch.count)
                connection.close()
                self._store_piecewise(batch)
                return
            connection.close()
            if self._stopping.is_set():
                give_up = give_up or time.monotonic() + 10
                if time.monotonic() > give_up:
                    return
            time.sleep(0.2)

    def _store_piecewise(self, batch: Batch) -> None:
        """Store a refused batch change by change, so that one bad piece loses nothing else."""
        pieces = [replace(batch, turned=[]), *(Batch(turned=[one]) for one in batch.turned)]
        for piece in pieces:
            piece.number = self._committed + 1
            piece.alive_at, piece.watermark = batch.alive_at, batch.watermark
            try:
                if self._hold_somehow():
                    self._store(piece)
                    self._committed += 1
            except Error:
                log.exception("monitoring.piece_refused", results=piece.count, turned=piece.turned)
                connection.close()

    def _hold_somehow(self) -> bool:
        """Hold the lock that makes us the only prober; a lost line lost it."""
        if self._holds and connection.connection is not None:
            return True
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
                self._holds = bool(cursor.fetchone()[0])
        except (OperationalError, InterfaceError) as error:
            log.warning("monitoring.database_away", error=str(error)[:200])
            self._holds = False
        if not self._holds:
            connection.close()
        return self._holds

    def _store(self, batch: Batch) -> None:
        if self._was_committed(batch.number):
            return
        if batch.rows:
            self._make_days(batch)
        with transaction.atomic(), connection.cursor() as cursor:
            if batch.rows:
                with cursor.copy(_COPY) as copy:
                    copy.write(HEAD + bytes(batch.rows) + TAIL)
                cursor.execute(_DIRTY, [batch.first_at, batch.last_at])
            touched = settle.settle(batch.turned) if batch.turned else []
            self._small(cursor, batch)
            if touched:
                cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, live_payload(touched)])
        self._asked = None

    def _small(self, cursor: Any, batch: Batch) -> None:
        """Write the latest of each check, and the watcher itself."""
        if batch.seen:
            at, good, ms, code = zip(*batch.seen.values(), strict=True)
            cursor.execute(_SEEN, [_array(one) for one in (batch.seen, at, good, ms, code)])
        if batch.memories:
            texts = [json.dumps(memory) for memory in batch.memories.values()]
            cursor.execute(_MEMORY, [list(batch.memories), texts])
        for at_, verdict, detail in batch.verdicts:
            cursor.execute(_VERDICT, [NAME, at_, verdict, detail])
        values = {
            "name": NAME,
            "started": self._started_at,
            "alive": batch.alive_at,
            "mark": batch.watermark,
            "batch": batch.number,
            "verdict": batch.verdict,
            "lag": batch.lag_ms,
            "figures": json.dumps(
                batch.figures | {"run": self._run, "thrown_away": self.thrown_away}
            ),
        }
        cursor.execute(_WATCHER, values)

    def _was_committed(self, number: int) -> bool:
        """Tell whether a batch that is tried again had been committed before the line broke."""
        if self._asked != number:  # the first try
            self._asked = number
            return False
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT batch FROM monitoring_watcher WHERE name = %s AND figures ->> 'run' = %s",
                [NAME, self._run],
            )
            row = cursor.fetchone()
        return row is not None and row[0] >= number

    def _make_days(self, batch: Batch) -> None:
        """Make sure that every day of a batch has its partition; the job makes them ahead."""
        first, last = (_day(at) for at in (batch.first_at, batch.last_at))
        wanted = {first + timedelta(days=n) for n in range((last - first).days + 1)}
        if not wanted <= self._days:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT monitoring_make_partitions(%s, %s)", [first, last + timedelta(days=2)]
                )
            self._days |= wanted


def _array(values: Iterable[float]) -> str:
    """Return an array of numbers or truths as text; a list costs four times as much."""
    return "{" + ",".join(map(str, values)) + "}"


def _day(at: float) -> date:
    return datetime.fromtimestamp(at, UTC).date()


def connect() -> "psycopg.Connection[Any]":
    """Return a connection of our own beside Django's, in autocommit."""
    parameters = connection.get_connection_params()
    wanted = ("dbname", "user", "password", "host", "port")
    return psycopg.connect(
        **{key: parameters[key] for key in wanted if parameters.get(key)},
        autocommit=True,
        application_name="kawal prober",
        connect_timeout=5,
    )
