"""Reads what is to be checked and what came in by itself, on a thread of its own."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import psycopg
import structlog

from kawal.identity.sealing import Unsealable
from kawal.monitoring import sealed
from kawal.monitoring.addresses import Allowed
from kawal.monitoring.facts import PING_LANES, Kind, State
from kawal.monitoring.feeds.base import PingKind, Pushing
from kawal.monitoring.prober.watched import Row
from kawal.ui.live import CHANNEL

CHANGED = "monitoring"  # what the actions of this module announce on that channel
POLL = 1.0
RELOAD = 30.0
MOST_PINGS = 20_000

log = structlog.get_logger(__name__)

_CHECKS = """
SELECT c.id, c.application_id, c.kind, c.spec, c.secrets, c.interval, c.timeout, c.confirmations,
    c.recheck, c.enabled AND a.retired_at IS NULL, c.version, s.state,
    extract(epoch FROM s.since)::float8, s.code, s.detail, extract(epoch FROM s.last_at)::float8,
    s.memory
FROM monitoring_check c JOIN monitoring_application a ON a.id = c.application_id
LEFT JOIN monitoring_checkstate s ON s.check_id = c.id
WHERE c.retired_at IS NULL
"""
_SIGNATURE = """
SELECT (SELECT (count(*), sum(version), max(updated_at)) FROM monitoring_check),
    (SELECT (count(*), sum(version)) FROM monitoring_application),
    (SELECT (count(*), count(closed_at), max(id)) FROM monitoring_allowednetwork)
"""
_ALLOWED = """
SELECT network, first_port, last_port FROM monitoring_allowednetwork WHERE closed_at IS NULL
"""
_WATCHERS = """
SELECT name, extract(epoch FROM alive_at)::float8, extract(epoch FROM watermark)::float8,
    extract(epoch FROM started_at)::float8, batch, figures FROM monitoring_watcher
"""
_PINGS = """
SELECT l.lane, p.seq, p.check_id, extract(epoch FROM p.at)::float8, p.kind, p.body
FROM unnest(%s::smallint[], %s::bigint[]) AS l (lane, mark) CROSS JOIN LATERAL (
    SELECT seq, check_id, at, kind, body FROM monitoring_ping
    WHERE lane = l.lane AND seq > l.mark ORDER BY seq LIMIT %s
) p ORDER BY l.lane, p.seq
"""


@dataclass(frozen=True, slots=True)
class Before:
    """What a watcher wrote of itself. Instants: seconds since 1970."""

    alive_at: float = 0.0
    watermark: float = 0.0
    started_at: float = 0.0
    batch: int = 0
    figures: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Configuration:
    """All checks that are not retired, the networks that they may reach, and the watchers."""

    rows: tuple[Row, ...]
    allowed: tuple[Allowed, ...]
    watchers: dict[str, Before]


@dataclass(frozen=True, slots=True)
class Arrived:
    """Pings in the order of their lanes: (check, ping), and how far each lane was read."""

    pings: list[tuple[int, Pushing]]
    marks: dict[int, int]


@dataclass(frozen=True, slots=True)
class Polled:
    """One look at what came in; all that was committed by ``read_at`` is in it."""

    read_at: float
    watchers: dict[str, Before]
    arrived: Arrived


def read(connection: "psycopg.Connection[Any]") -> Configuration:
    """Read everything in one snapshot."""
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        rows = tuple(_row(values) for values in connection.execute(_CHECKS))
        allowed = tuple(Allowed.read(*values) for values in connection.execute(_ALLOWED))
        return Configuration(rows, allowed, watchers(connection))


def watchers(connection: "psycopg.Connection[Any]") -> dict[str, Before]:
    """Read what each watcher wrote of itself."""
    found = connection.execute(_WATCHERS).fetchall()
    return {name: Before(*values) for name, *values in found}


def _row(values: tuple[Any, ...]) -> Row:
    (id, application_id, kind, spec, secrets, interval, timeout, confirmations, recheck, enabled,
     version, state, since, code, detail, last_at, memory) = values  # fmt: skip
    return Row(
        id=id,
        application_id=application_id,
        kind=Kind(kind),
        spec=spec,
        secrets=_open(secrets),
        interval=interval,
        timeout=timeout,
        confirmations=confirmations,
        recheck=recheck,
        enabled=enabled,
        version=version,
        state=None if state is None else State(state),
        since=since or 0.0,
        code=code or 0,
        detail=detail or "",
        last_at=last_at or 0.0,
        memory=memory or {},
    )


def _open(secrets: bytes | None) -> dict[str, str]:
    try:
        return sealed.unseal(secrets)
    except (Unsealable, ValueError):
        log.exception("monitoring.secrets_do_not_open")
        return {}


def pings(connection: "psycopg.Connection[Any]", marks: dict[int, int]) -> Arrived:
    """Read what came in since the marks, lane by lane; a lane has one writer, so none overtakes."""
    found: list[tuple[int, Pushing]] = []
    reached = dict(marks)
    lanes = list(range(PING_LANES))
    asked = (lanes, [marks.get(lane, 0) for lane in lanes], MOST_PINGS)
    for lane, seq, check_id, at, kind, body in connection.execute(_PINGS, asked).fetchall():
        values = json.loads(body) if kind == PingKind.NUMBERS and body else {}
        found.append((check_id, Pushing(at, kind, body, values)))
        reached[lane] = seq
    return Arrived(found, reached)


class Catalog(threading.Thread):
    """Keeps the loop told of what is configured and what came in."""

    def __init__(
        self,
        connect: Callable[[], "psycopg.Connection[Any]"],
        tell: Callable[[Configuration | Polled], None],
        stop: threading.Event,
    ) -> None:
        super().__init__(name="catalog", daemon=True)
        self._connect = connect
        self._tell = tell
        self._marks: dict[int, int] | None = None
        self._stopping = stop

    def run(self) -> None:
        """Work until asked to stop; a database that is away is tried again."""
        while not self._stopping.is_set():
            try:
                with self._connect() as connection:
                    self._listen(connection)
            except psycopg.Error as error:
                log.warning("monitoring.catalog_lost", error=type(error).__name__)
                self._stopping.wait(0.5)

    def _listen(self, connection: "psycopg.Connection[Any]") -> None:
        connection.execute(f"LISTEN {CHANNEL}")
        known: object = None
        while not self._stopping.is_set():
            signature = connection.execute(_SIGNATURE).fetchone()
            if signature != known:
                known = signature
                self._tell(read(connection))
            polled_until = time.monotonic() + RELOAD
            while time.monotonic() < polled_until and not self._stopping.is_set():
                self._poll(connection)
                # drawn to its end: a generator left half-way would hold the connection's lock
                heard = list(connection.notifies(timeout=POLL, stop_after=1))
                if any(one.payload == CHANGED for one in heard):
                    break

    def _poll(self, connection: "psycopg.Connection[Any]") -> None:
        read_at = time.time()
        found = watchers(connection)
        if self._marks is None:
            kept = found.get("prober", Before()).figures.get("pings", {})
            self._marks = {int(lane): seq for lane, seq in kept.items()}
        arrived = pings(connection, self._marks)
        self._marks = arrived.marks
        self._tell(Polled(read_at, found, arrived))
