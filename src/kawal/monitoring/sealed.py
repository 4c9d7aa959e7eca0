"""Secrets of checks: header values sealed at rest, and keys of which only a hash is kept."""

import hashlib
import json
import secrets
from collections.abc import Mapping

from kawal.identity import sealing

CONTEXT = "monitoring.check"
KEY_BYTES = 24


def seal(values: Mapping[str, str]) -> bytes | None:
    """Return header values sealed, ``None`` when there are none."""
    return sealing.seal(json.dumps(dict(values)), context=CONTEXT) if values else None


def unseal(blob: bytes | memoryview | None) -> dict[str, str]:
    """Return header values by name; only the prober asks.

    :raises Unsealable: when no key of the ring opens them.
    """
    if blob is None:
        return {}
    values: dict[str, str] = json.loads(sealing.unseal(bytes(blob), context=CONTEXT))
    return values


def new_key() -> str:
    """Return a key for pushing, 32 letters long."""
    return secrets.token_urlsafe(KEY_BYTES)


def key_hash(key: str) -> bytes:
    """Return what is kept of a key."""
    return hashlib.sha256(key.encode()).digest()
