"""Latencies in logarithmic buckets: small, mergeable, and true to two percent (no Django).

A value falls into the bucket of its logarithm, as in DDSketch (Masson, Rim, Lee 2019): merging
adds counts, and any quantile comes out within the width of one bucket.
"""

import math
from collections import Counter
from collections.abc import Iterable

LEAST = 0.1  # milliseconds; what is faster counts as this
MOST = 600_000.0
GROWTH = 1.04
COARSE = 1.07
_STEP, _COARSE_STEP = math.log(GROWTH), math.log(COARSE)


def bucket(milliseconds: float) -> int:
    """Return the bucket of a latency, from 0 up."""
    return round(math.log(min(max(milliseconds, LEAST), MOST) / LEAST) / _STEP)


def value(index: int) -> float:
    """Return the latency that a bucket stands for, in milliseconds."""
    return LEAST * math.exp(index * _STEP)


def byte(milliseconds: float | None) -> int:
    """Return a latency in one byte, true to 3.5 percent; 0 when there is none."""
    if milliseconds is None:
        return 0
    return 1 + round(math.log(min(max(milliseconds, LEAST), MOST) / LEAST) / _COARSE_STEP)


def unbyte(number: int) -> float | None:
    """Return the latency of a byte, in milliseconds."""
    return LEAST * math.exp((number - 1) * _COARSE_STEP) if number else None


def quantile(counts: Counter[int], share: float) -> float | None:
    """Return the latency below or at which a share of the values lies; ``None`` without values."""
    total = counts.total()
    rank = max(1, math.ceil(share * total))
    for index in sorted(counts):
        rank -= counts[index]
        if rank <= 0:
            return value(index)
    return None


def merged(many: Iterable[Counter[int]]) -> Counter[int]:
    """Return the histogram of all values of several."""
    total: Counter[int] = Counter()
    for one in many:
        total.update(one)
    return total


def pack(counts: Counter[int]) -> bytes:
    """Return a histogram in few bytes: from bucket to bucket the distance, then the count."""
    packed, last = bytearray(), 0
    for index in sorted(counts):
        packed += _varint(index - last) + _varint(counts[index])
        last = index
    return bytes(packed)


def unpack(packed: bytes) -> Counter[int]:
    """Return a histogram that :func:`pack` packed."""
    numbers = list(_varints(packed))
    counts: Counter[int] = Counter()
    index = 0
    for distance, count in zip(numbers[::2], numbers[1::2], strict=True):
        index += distance
        counts[index] = count
    return counts


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def _varints(packed: bytes) -> Iterable[int]:
    number = shift = 0
    for octet in packed:
        number |= (octet & 127) << shift
        shift += 7
        if octet < 128:
            yield number
            number = shift = 0
