"""What crosses the trail's border: entries, heads, proofs, logs and faults."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

Json = bool | int | str | list["Json"] | dict[str, "Json"]


class Deployment(StrEnum):
    """The kind of deployment that a log tells of; part of the log's origin."""

    DEMO = "demo"
    REHEARSAL = "rehearsal"
    LIVE = "live"


@dataclass(frozen=True, slots=True)
class LogFacts:
    """One log: it grows from its genesis until a newer log seals it."""

    id: int
    origin: str
    kind: Deployment
    started_at: datetime
    previous_origin: str = ""
    previous_size: int = 0
    previous_root: bytes = b""


@dataclass(frozen=True, slots=True)
class Head:
    """The state of a log: how many leaves, and the Merkle root over them (32 bytes)."""

    origin: str
    size: int
    root: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One public event in its place.

    ``number`` counts from 1 over all logs and is what cursors hold; ``position`` counts from 0
    within the log, as RFC 9162 does. ``canonical`` is the leaf itself; the rest is read from it.
    """

    number: int
    origin: str
    position: int
    id: UUID
    kind: str
    version: int
    at: datetime
    facts: Mapping[str, Json]
    commitment: str
    canonical: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Proof:
    """That an entry is in a log of the head's size: hashes from the leaf upwards."""

    entry: Entry
    head: Head
    path: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that verification found wrong: what, where, and which document it touches."""

    code: str
    text: str
    number: int | None = None
    document: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification read and found."""

    entries: int
    logs: tuple[Head, ...]
    waiting: int
    faults: tuple[Fault, ...] = field(default=())
