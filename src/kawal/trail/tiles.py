"""Reads the stored hashes of a log's tree: any complete subtree from rows of at most 256."""

from collections.abc import Sequence

from kawal.trail.merkle import Nodes, node_hash
from kawal.trail.models import Entry, Node

HEIGHT = 8
WIDTH = 1 << HEIGHT


def perfect_root(hashes: Sequence[bytes]) -> bytes:
    """Return the root over a power of two of hashes."""
    row = list(hashes)
    while len(row) > 1:
        row = [node_hash(row[i], row[i + 1]) for i in range(0, len(row), 2)]
    return row[0]


def tile(log_id: int, tier: int, number: int) -> list[bytes]:
    """Return the hashes of a tile as far as it is filled: the subtrees of 256**tier leaves."""
    first, end = number * WIDTH, (number + 1) * WIDTH
    if tier == 0:
        rows = Entry.objects.filter(log=log_id, position__gte=first, position__lt=end).order_by(
            "position"
        )
    else:
        rows = Node.objects.filter(log=log_id, tier=tier, index__gte=first, index__lt=end).order_by(
            "index"
        )  # type: ignore[assignment]
    return [bytes(found) for found in rows.values_list("hash", flat=True)]


def nodes(log_id: int) -> Nodes:
    """Return a reader of the log's subtrees that asks for each tile once."""
    kept: dict[tuple[int, int], list[bytes]] = {}

    def read(level: int, index: int) -> bytes:
        tier, steps = divmod(level, HEIGHT)
        first = index << steps
        place = tier, first // WIDTH
        if place not in kept:
            kept[place] = tile(log_id, *place)
        start = first % WIDTH
        hashes = kept[place][start : start + (1 << steps)]
        if len(hashes) != 1 << steps:
            raise LookupError(f"log {log_id}: hashes of tier {tier} are missing at {first}")
        return perfect_root(hashes)

    return read
