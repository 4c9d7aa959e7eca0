"""What a leaf is and when it is refused: canonical bytes, commitments, the closed schema."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import rfc8785

from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_
from kawal.trail.facts import Json
from kawal.trail.fields import Record, as_json, instant
from kawal.trail.registry import Kind

SALT_BYTES = 32
MAX_LEAF = 65_535  # a tlog-tiles entry bundle writes an entry's length in 16 bits


class NotCanonical(ValueError):
    """Bytes that are not the one canonical form of what they say."""


_WRITER = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True
)


def canonical(value: dict[str, Any]) -> bytes:
    """Return the one way to write the value as JSON (RFC 8785).

    For the types that a fact may have (no fractions, names in ASCII) Python's own writer gives
    the same bytes ten times faster; ``parse`` holds it to the reference implementation.
    """
    return _WRITER.encode(value).encode()


def parse(data: bytes) -> dict[str, Json]:
    """Return what canonical bytes say.

    :raises NotCanonical: when they are not JSON, not an object, or not in canonical form.
    """
    try:
        value = json.loads(data)
        same = isinstance(value, dict) and rfc8785.dumps(value) == data
    except (ValueError, RecursionError) as error:
        raise NotCanonical(str(error)) from error
    if not same:
        raise NotCanonical("another form of the same JSON, or no object")
    return dict(value)


def commitment(salt: bytes, private: Mapping[str, object]) -> bytes:
    """Return the SHA-256 that binds us to private content without telling it.

    Once the salt is erased nobody can show, or guess and confirm, what the content was.
    """
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes")
    return hashlib.sha256(salt + canonical(as_json(private))).digest()


def leaf_id(at: datetime, random: bytes) -> UUID:
    """Return an identity (UUID version 7): it sorts by time, so the index grows at one end."""
    ticks = int(at.timestamp() * 1000).to_bytes(6, "big")
    number = int.from_bytes(ticks + random[:10], "big")
    number = number & ~(0xF << 76) | 0x7 << 76
    return UUID(int=number & ~(0x3 << 62) | 0x2 << 62)


def leaf(
    kind: Kind, facts: Mapping[str, object], *, id: UUID, at: datetime, commitment: bytes | None
) -> bytes:
    """Return the canonical bytes that are logged for ever."""
    value: dict[str, object] = {
        "at": instant(at),
        "facts": as_json(facts),
        "id": str(id),
        "kind": kind.name,
        "v": kind.version,
    }
    if commitment is not None:
        value["private"] = commitment.hex()
    return canonical(value)


def refusals(
    kind: Kind, facts: Mapping[str, object], *, at: datetime, private: Mapping[str, object] | None
) -> list[Reason]:
    """Return every reason why the event may not be published; empty when it may."""
    found = Record(kind.fields).reasons(as_json(facts), "")
    if at.tzinfo is None:
        found.append(Reason("trail.at", N_("Waktu peristiwa harus memuat zonanya."), at="at"))
    found += [
        Reason("trail.private", N_("Isi tertutup ini tidak ada dalam skema."), at=name)
        for name in sorted((private or {}).keys() - kind.private)
    ]
    return found


def too_large(leaf: bytes) -> list[Reason]:
    """Return the reason why a leaf cannot be logged, when it is too large."""
    text = N_("Isi peristiwa terlalu besar untuk jejak publik.")
    return [Reason("trail.size", text)] if len(leaf) > MAX_LEAF else []
