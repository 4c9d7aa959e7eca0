"""The Merkle tree of RFC 9162: hashes, growth, inclusion and consistency proofs. Pure.

A tree over n leaves is split at the largest power of two below n. Any range that a proof needs is
made of complete subtrees; ``Nodes`` answers with their hashes, whoever stores them.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

EMPTY_ROOT = hashlib.sha256().digest()

Nodes = Callable[[int, int], bytes]
"""(level, index) -> the hash of the complete subtree over leaves [index, index + 1) * 2**level."""


class BadProof(ValueError):
    """A proof that proves nothing: wrong hashes, or the wrong number of them."""


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of a leaf; the prefix keeps leaves and nodes apart."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node from its two children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(slots=True)
class Frontier:
    """The roots of a tree's complete subtrees, largest first: all that it needs to grow."""

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    def add(self, leaf: bytes) -> list[tuple[int, int, bytes]]:
        """Take a leaf hash; return (level, index, hash) of each subtree now complete."""
        index, level, made = self.size, 0, leaf
        complete = [(0, index, leaf)]
        while index & 1:
            made = node_hash(self.peaks.pop(), made)
            index, level = index >> 1, level + 1
            complete.append((level, index, made))
        self.peaks.append(made)
        self.size += 1
        return complete

    def root(self) -> bytes:
        """Return the root over all leaves taken so far."""
        if not self.peaks:
            return EMPTY_ROOT
        made = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            made = node_hash(peak, made)
        return made

    @classmethod
    def of(cls, size: int, nodes: Nodes) -> "Frontier":
        """Return the frontier of a stored tree."""
        return cls(size, [nodes(level, index) for level, index in complete_subtrees(0, size)])


def complete_subtrees(start: int, end: int) -> list[tuple[int, int]]:
    """Return (level, index) of the fewest complete subtrees that tile [start, end), left first."""
    found = []
    while start < end:
        level = (end - start).bit_length() - 1
        if start:
            level = min(level, (start & -start).bit_length() - 1)
        found.append((level, start >> level))
        start += 1 << level
    return found


def range_root(start: int, end: int, nodes: Nodes) -> bytes:
    """Return the root of the tree over leaves [start, end); ``start`` is where a subtree starts."""
    peaks = [nodes(level, index) for level, index in complete_subtrees(start, end)]
    return Frontier(end - start, peaks).root()


def _split(size: int) -> int:
    return 1 << (size - 1).bit_length() - 1


def inclusion_path(position: int, size: int, nodes: Nodes) -> list[bytes]:
    """Return the proof that leaf ``position`` is in the tree of that size, leaf end first.

    :raises ValueError: when there is no such leaf.
    """
    if not 0 <= position < size:
        raise ValueError(f"no leaf {position} in a tree of {size}")
    start, end, path = 0, size, []
    while end - start > 1:
        middle = start + _split(end - start)
        if position < middle:
            path.append(range_root(middle, end, nodes))
            end = middle
        else:
            path.append(range_root(start, middle, nodes))
            start = middle
    return path[::-1]


def consistency_path(old: int, size: int, nodes: Nodes) -> list[bytes]:
    """Return the proof that the tree of ``size`` leaves only extends the one of ``old`` leaves.

    :raises ValueError: unless 0 < old <= size.
    """
    if not 0 < old <= size:
        raise ValueError(f"no tree of {old} within one of {size}")
    start, end, path, whole = 0, size, [], True
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(range_root(middle, end, nodes))
            end = middle
        else:
            path.append(range_root(start, middle, nodes))
            start, whole = middle, False
    if not whole:
        path.append(range_root(start, end, nodes))
    return path[::-1]


def root_from_inclusion(leaf: bytes, position: int, size: int, path: Sequence[bytes]) -> bytes:
    """Return the root that an inclusion proof leads to (RFC 9162, 2.1.3.2).

    :raises BadProof: when the proof has not the length that the tree demands.
    """
    if not 0 <= position < size:
        raise BadProof("no such leaf")
    number, last, made = position, size - 1, leaf
    for sibling in path:
        if last == 0:
            raise BadProof("too long")
        if number & 1 or number == last:
            made = node_hash(sibling, made)
            while not number & 1 and number:
                number, last = number >> 1, last >> 1
        else:
            made = node_hash(made, sibling)
        number, last = number >> 1, last >> 1
    if last:
        raise BadProof("too short")
    return made


def check_consistency(
    old: int, old_root: bytes, size: int, root: bytes, path: Iterable[bytes]
) -> None:
    """Check that one head extends another (RFC 9162, 2.1.4.2).

    :raises BadProof: when the proof does not show it.
    """
    steps = list(path)
    if not 0 < old <= size:
        raise BadProof("sizes")
    if old == size:
        if steps or old_root != root:
            raise BadProof("same size, another root")
        return
    if old & (old - 1) == 0:
        steps.insert(0, old_root)
    if not steps:
        raise BadProof("empty")
    if _roots_of(old, size, steps) != (old_root, root):
        raise BadProof("another root")


def _roots_of(old: int, size: int, steps: Sequence[bytes]) -> tuple[bytes, bytes]:
    number, last = old - 1, size - 1
    while number & 1:
        number, last = number >> 1, last >> 1
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            raise BadProof("too long")
        if number & 1 or number == last:
            first, second = node_hash(step, first), node_hash(step, second)
            while not number & 1 and number:
                number, last = number >> 1, last >> 1
        else:
            second = node_hash(second, step)
        number, last = number >> 1, last >> 1
    if last:
        raise BadProof("too short")
    return first, second
