"""Chance without a memory: the same question has the same answer, in every process."""

import hashlib


def chance(*what: object) -> float:
    """Return a number in [0, 1) that depends on nothing but what is named."""
    digest = hashlib.blake2b(repr(what).encode(), digest_size=7).digest()
    return int.from_bytes(digest) / 2**56


def dice(sides: int, *what: object) -> int:
    """Return a whole number from 0 to below ``sides`` that depends on nothing but what is named."""
    digest = hashlib.blake2b(repr(what).encode(), digest_size=8).digest()
    return int.from_bytes(digest) % sides
