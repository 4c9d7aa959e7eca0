"""Takes what applications report by themselves: many at once, each answered when it is stored.

What comes within a few milliseconds is stored by one COPY in one transaction, so a ping costs a
few microseconds and its answer still means that it is committed. Runs inside the event loop of the
process that owns the port, on one connection of its own.
"""

import asyncio
import json
import struct
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg
import structlog

from kawal.monitoring import sealed
from kawal.monitoring.facts import PING_LANES, Kind
from kawal.monitoring.feeds import numbers
from kawal.monitoring.feeds.base import PingKind
from kawal.monitoring.prober.batch import HEAD, SINCE_2000, TAIL

NAME = "ingest"
GATHER = 0.01  # seconds in which pings that come together are stored together
MOST_WAITING = 50_000
PATIENCE = 5.0  # seconds for a ping to be stored before its sender is told to come again
LOCK = 0x6B61776D  # its lanes: whoever holds (LOCK, n) writes in lane n
BEAT = 1.0
REFRESH = 5.0
DEAF = 3.0  # seconds without a beat before us that are told as time in which nobody heard

KINDS = {"": PingKind.SUCCESS, "start": PingKind.START, "fail": PingKind.FAIL}

log = structlog.get_logger(__name__)

_COPY = "COPY monitoring_ping (at, check_id, lane, kind, body) FROM STDIN (FORMAT binary)"
_KEYS = """
SELECT key_hash, id, kind FROM monitoring_check
WHERE key_hash IS NOT NULL AND retired_at IS NULL
"""
_SIGNATURE = "SELECT count(*), sum(version) FROM monitoring_check WHERE key_hash IS NOT NULL"
_BEAT = """
INSERT INTO monitoring_watcher AS w
    (name, started_at, alive_at, watermark, batch, verdict, lag_ms, figures)
VALUES (%(name)s, to_timestamp(%(started)s), to_timestamp(%(now)s), to_timestamp(%(now)s), 0, 0,
    0, %(figures)s)
ON CONFLICT (name) DO UPDATE SET started_at = excluded.started_at,
    alive_at = greatest(w.alive_at, excluded.alive_at), watermark = excluded.watermark,
    figures = w.figures || excluded.figures
"""
_ALIVE = "SELECT extract(epoch FROM alive_at)::float8 FROM monitoring_watcher WHERE name = %s"
_HEAD_OF_ROW = struct.Struct(">hiqiiihih")


class Away(Exception):
    """The database does not answer, or too much waits: the sender must come again."""


class Batch:
    """Pings that are stored together, and whoever waits for them."""

    __slots__ = ("count", "rows", "stored")

    def __init__(self, stored: "asyncio.Future[None]") -> None:
        self.rows = bytearray()
        self.count = 0
        self.stored = stored

    def end(self, error: Exception | None = None) -> None:
        """Wake whoever still waits, once: it is stored, or ``error`` says why not."""
        if self.stored.done():
            return
        if error is None:
            self.stored.set_result(None)
        else:
            self.stored.set_exception(error)
            self.stored.exception()  # nobody may be left to look at it


class Ingest:
    """Accepts pings. ``connect`` opens an asynchronous connection in autocommit."""

    def __init__(
        self,
        connect: Callable[[], "Any"],
        *,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self._connect = connect
        self._wall = wall
        self._started_at = wall()
        self._keys: dict[bytes, tuple[int, Kind]] = {}
        self._signature: object = None
        self._asked_at = float("-inf")
        self._lane = 0
        self._days: set[date] = set()
        self._waiting: Batch | None = None
        self._bell = asyncio.Event()
        self._connection: psycopg.AsyncConnection[Any] | None = None
        self._line = asyncio.Lock()
        self.accepted = 0

    async def run(self) -> None:
        """Store what is accepted, until cancelled; a database that is away is tried again."""
        while True:
            try:
                async with await self._connect() as connection:
                    await self._take_lane(connection)
                    await self._refresh(connection)
                    await self._begin_to_hear(connection)
                    self._connection = connection
                    await self._work(connection)
            except (psycopg.Error, OSError) as error:
                log.warning("monitoring.ingest_away", error=type(error).__name__)
                await asyncio.sleep(0.3)
            finally:
                self._connection = None

    async def accept(self, key: str, kind: str, body: bytes, at: float) -> bool:
        """Store a report; ``kind`` is "", "start", "fail" or "push", ``at`` seconds since 1970.

        Returns, when it is committed, whether the key is known and fits the kind.

        :raises ValueError: when pushed numbers are none.
        :raises Away: when it could not be stored in time.
        """
        found = await self._whose(key)
        if found is None:
            return False
        check_id, check_kind = found
        if kind == "push":
            if check_kind is not Kind.NUMBERS:
                return False
            text = json.dumps(numbers.parse(body), separators=(",", ":")).encode()
            await self._store(check_id, PingKind.NUMBERS, text, at)
            return True
        if check_kind is not Kind.HEARTBEAT or kind not in KINDS:
            return False
        await self._store(check_id, KINDS[kind], None, at)
        return True

    async def _whose(self, key: str) -> tuple[int, Kind] | None:
        hashed = sealed.key_hash(key)
        found = self._keys.get(hashed)
        if found is None and time.monotonic() - self._asked_at > 1.0:
            self._asked_at = time.monotonic()  # a stranger's guesses ask once a second at most
            await self._ask_again()
            found = self._keys.get(hashed)
        return found

    async def _ask_again(self) -> None:
        connection = self._connection
        if connection is None:
            raise Away
        try:
            await asyncio.wait_for(self._refresh(connection), PATIENCE)
        except (psycopg.Error, OSError, TimeoutError) as error:
            raise Away from error

    async def _store(self, check_id: int, kind: int, body: bytes | None, at: float) -> None:
        batch = self._waiting
        if batch is None:
            loop = asyncio.get_running_loop()
            batch = self._waiting = Batch(loop.create_future())
            loop.call_later(PATIENCE, batch.end, Away())  # one alarm for all who wait for it
            self._bell.set()
        if batch.count >= MOST_WAITING:
            raise Away
        batch.rows += _HEAD_OF_ROW.pack(
            5, 8, round((at - SINCE_2000) * 1e6), 4, check_id, 2, self._lane, 2, kind
        )
        batch.rows += b"\xff\xff\xff\xff" if body is None else struct.pack(">i", len(body)) + body
        batch.count += 1
        await asyncio.shield(batch.stored)

    async def _work(self, connection: "psycopg.AsyncConnection[Any]") -> None:
        beat_at = refresh_at = 0.0
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._bell.wait(), BEAT)
            if self._bell.is_set():
                await asyncio.sleep(GATHER)
                self._bell.clear()
                batch, self._waiting = self._waiting, None
                if batch is not None:
                    await self._commit(connection, batch)
            now = time.monotonic()
            if now - refresh_at >= REFRESH:
                refresh_at = now
                await self._refresh(connection)
            if now - beat_at >= BEAT:
                beat_at = now
                await self._beat(connection, {"accepted": self.accepted})

    async def _commit(self, connection: "psycopg.AsyncConnection[Any]", batch: Batch) -> None:
        """Store a batch and wake whoever waits for it; a failure sends them all away."""
        try:
            async with self._line:
                await self._make_days(connection)
                async with (
                    connection.transaction(),
                    connection.cursor() as cursor,
                    cursor.copy(_COPY) as copy,
                ):
                    await copy.write(HEAD + bytes(batch.rows) + TAIL)
        except BaseException:
            batch.end(Away())
            raise
        self.accepted += batch.count
        batch.end()

    async def _refresh(self, connection: "psycopg.AsyncConnection[Any]") -> None:
        async with self._line:
            cursor = await connection.execute(_SIGNATURE)
            signature = await cursor.fetchone()
            if signature == self._signature:
                return
            rows = await (await connection.execute(_KEYS)).fetchall()
            self._keys = {bytes(hashed): (id, Kind(kind)) for hashed, id, kind in rows}
            self._signature = signature

    async def _take_lane(self, connection: "psycopg.AsyncConnection[Any]") -> None:
        for lane in range(PING_LANES):
            cursor = await connection.execute("SELECT pg_try_advisory_lock(%s, %s)", (LOCK, lane))
            row = await cursor.fetchone()
            if row and row[0]:
                self._lane = lane
                return
        raise OSError("every lane for pings is taken")

    async def _begin_to_hear(self, connection: "psycopg.AsyncConnection[Any]") -> None:
        """Write down from when to when nobody heard: silence in it is held against nobody."""
        now = self._wall()
        row = await (await connection.execute(_ALIVE, (NAME,))).fetchone()
        figures = {}
        if row is None or now - row[0] > DEAF:
            figures = {"deaf_from": row[0] if row else 0.0, "deaf_until": now}
        await self._beat(connection, figures)

    async def _beat(
        self, connection: "psycopg.AsyncConnection[Any]", figures: dict[str, Any]
    ) -> None:
        values = {
            "name": NAME,
            "started": self._started_at,
            "now": self._wall(),
            "figures": json.dumps(figures),
        }
        async with self._line:
            await connection.execute(_BEAT, values)

    async def _make_days(self, connection: "psycopg.AsyncConnection[Any]") -> None:
        today = datetime.fromtimestamp(self._wall(), UTC).date()
        if today not in self._days:
            await connection.execute(
                "SELECT monitoring_make_partitions(%s, %s)", (today, today + timedelta(days=2))
            )
            self._days = {today}
