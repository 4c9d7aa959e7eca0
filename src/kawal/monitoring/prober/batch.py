"""What the loop hands to the writer: raw rows ready for COPY, changes, the latest results."""

import json
import struct
from dataclasses import dataclass, field
from typing import Any

from kawal.monitoring.facts import State

HEAD = b"PGCOPY\n\xff\r\n\x00" + struct.pack(">II", 0, 0)
TAIL = struct.pack(">h", -1)
COLUMNS = "at, check_id, ms, state, code, dns, connect, tls, first"
_ROW = struct.Struct(">h iq ii if ih ih ih ih ih ih".replace(" ", ""))
ROW_BYTES = _ROW.size
SINCE_2000 = 946_684_800.0
MOST_TENTHS = 32_767

Seen = tuple[float, bool, float, int]


@dataclass(slots=True)
class Turned:
    """A check whose state changed, or whose standing must be stored. Seconds since 1970."""

    check_id: int
    at: float
    old: State
    new: State
    code: int
    detail: str
    noted_at: float
    memory: dict[str, Any] | None = None


@dataclass(slots=True)
class Batch:
    """Everything found since the last one; ``number`` makes a retry harmless."""

    number: int = 0
    rows: bytearray = field(default_factory=bytearray)
    count: int = 0
    first_at: float = 0.0
    last_at: float = 0.0
    turned: list[Turned] = field(default_factory=list)
    seen: dict[int, Seen] = field(default_factory=dict)
    memories: dict[int, dict[str, Any]] = field(default_factory=dict)
    verdicts: list[tuple[float, int, str]] = field(default_factory=list)
    alive_at: float = 0.0
    watermark: float = 0.0
    verdict: int = 0
    lag_ms: float = 0.0
    figures: dict[str, Any] = field(default_factory=dict)

    def add(
        self,
        at: float,
        check_id: int,
        ms: float,
        state: int,
        code: int,
        phases: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0),
    ) -> None:
        """Add one raw result; phases (dns, connect, tls, first byte) in milliseconds."""
        dns, connect, tls, first = phases
        self.rows += _ROW.pack(
            9,
            8,
            round((at - SINCE_2000) * 1_000_000),
            4,
            check_id,
            4,
            ms,
            2,
            state,
            2,
            code,
            2,
            _tenths(dns),
            2,
            _tenths(connect),
            2,
            _tenths(tls),
            2,
            _tenths(first),
        )
        self.count += 1
        if at > self.last_at:
            self.last_at = at
        if not self.first_at or at < self.first_at:
            self.first_at = at

    def join(self, later: "Batch") -> None:
        """Take in a later batch, while the database is away."""
        self.rows += later.rows
        self.count += later.count
        if later.first_at and (not self.first_at or later.first_at < self.first_at):
            self.first_at = later.first_at
        self.last_at = max(self.last_at, later.last_at)
        self.turned += later.turned
        self.seen |= later.seen
        self.memories |= later.memories
        self.verdicts += later.verdicts
        self.alive_at, self.watermark = later.alive_at, later.watermark
        self.verdict, self.lag_ms, self.figures = later.verdict, later.lag_ms, later.figures


def _tenths(milliseconds: float) -> int:
    tenths = int(milliseconds * 10)
    return tenths if tenths < MOST_TENTHS else MOST_TENTHS


def live_payload(application_ids: list[int]) -> str:
    """Return the NOTIFY payload for changed applications; beyond 500 it only says that many are."""
    ids = sorted(set(application_ids))
    return json.dumps({"kind": "applications", "ids": ids if len(ids) <= 500 else []})
