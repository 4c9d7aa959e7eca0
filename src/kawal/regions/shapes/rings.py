"""Rings of whole numbers: cleaned of what simplification breaks, and simplified themselves.

Everything is exact integer arithmetic on one plane (1/100,000 degree), so that two neighbours
that share a border treat its points alike.
"""

import heapq
from collections.abc import Iterator, Sequence

Point = tuple[int, int]
Ring = list[Point]  # closed without repeating its first point


def area2(ring: Sequence[Point]) -> int:
    """Return twice the signed area; positive when it turns from x towards y."""
    return sum(ring[i - 1][0] * ring[i][1] - ring[i][0] * ring[i - 1][1] for i in range(len(ring)))


def tidy(points: Sequence[Point]) -> Ring:
    """Return the ring without repeated points and without spikes that go out and back."""
    ring: Ring = []
    for point in points:
        if ring and ring[-1] == point:
            continue
        if len(ring) > 1 and ring[-2] == point:
            ring.pop()
            continue
        ring.append(point)
    while len(ring) > 1 and ring[0] == ring[-1]:
        ring.pop()
    while len(ring) > 2 and ring[1] == ring[-1]:
        ring = ring[1:-1]
    return ring


def simplify(ring: Ring, least: int) -> Ring:
    """Return the ring without points whose triangle with their neighbours is below ``least``.

    ``least`` is twice an area (Visvalingam and Whyatt 1993). What is taken out depends on the
    neighbouring points only, so a border shared by two rings loses the same points in both.
    """
    size = len(ring)
    if size <= 4:
        return ring
    before, after = [i - 1 for i in range(size)], [(i + 1) % size for i in range(size)]
    before[0] = size - 1
    alive = [True] * size

    def corner(i: int) -> int:
        a, b, c = ring[before[i]], ring[i], ring[after[i]]
        return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1]))

    heap = [(corner(i), ring[i], i) for i in range(size)]
    heapq.heapify(heap)
    left = size
    while heap and heap[0][0] < least and left > 4:
        smallest, _point, i = heapq.heappop(heap)
        if not alive[i] or smallest != corner(i):
            continue
        alive[i] = False
        left -= 1
        p, n = before[i], after[i]
        after[p], before[n] = n, p
        for neighbour in (p, n):
            heapq.heappush(heap, (corner(neighbour), ring[neighbour], neighbour))
    return [ring[i] for i in range(size) if alive[i]]


def untangle(ring: Ring) -> list[Ring]:
    """Return simple rings that cover what the ring encloses: a figure of eight becomes two.

    Crossings become points of both lines; then every loop that closes at a point it has been at
    is taken out as a ring of its own.
    """
    for _ in range(4):  # rounding a crossing to whole numbers can make another
        crossed = _with_crossings(ring)
        if len(crossed) == len(ring):
            break
        ring = crossed
    return [loop for loop in map(tidy, _loops(ring)) if len(loop) > 2 and area2(loop)]


def is_simple(ring: Ring) -> bool:
    """Tell whether no two lines of the ring cross or touch but neighbours at their point."""
    return len(set(ring)) == len(ring) and len(_with_crossings(ring)) == len(ring)


def _loops(ring: Ring) -> Iterator[Ring]:
    path: Ring = []
    place: dict[Point, int] = {}
    for point in ring:
        if point in place:
            start = place[point]
            loop = path[start:]
            for gone in loop[1:]:
                del place[gone]
            del path[start + 1 :]
            yield loop
        else:
            place[point] = len(path)
            path.append(point)
    yield path


def _with_crossings(ring: Ring) -> Ring:
    """Return the ring with a point wherever one of its lines crosses or touches another."""
    size = len(ring)
    lines = [(ring[i], ring[(i + 1) % size]) for i in range(size)]
    extra: list[set[Point]] = [set() for _ in lines]
    order = sorted(range(size), key=lambda i: min(lines[i][0][0], lines[i][1][0]))
    for rank, i in enumerate(order):
        right = max(lines[i][0][0], lines[i][1][0])
        for j in order[rank + 1 :]:
            if min(lines[j][0][0], lines[j][1][0]) > right:
                break
            for point in _meeting(*lines[i], *lines[j]):
                extra[i].add(point)
                extra[j].add(point)
    crossed: Ring = []
    for i, (start, end) in enumerate(lines):
        crossed.append(start)
        more = extra[i] - {start, end}
        crossed += sorted(more, key=lambda p: (p[0] - start[0]) ** 2 + (p[1] - start[1]) ** 2)
    return crossed


def _meeting(a: Point, b: Point, c: Point, d: Point) -> list[Point]:
    """Return where two lines meet, their own ends among them, in whole numbers."""
    low, high = sorted((a[1], b[1])), sorted((c[1], d[1]))
    if low[1] < high[0] or high[1] < low[0]:
        return []
    first, second = _side(a, b, c), _side(a, b, d)
    third, fourth = _side(c, d, a), _side(c, d, b)
    touching = [p for p, side in ((c, first), (d, second)) if side == 0 and _between(a, b, p)]
    touching += [p for p, side in ((a, third), (b, fourth)) if side == 0 and _between(c, d, p)]
    if touching:
        return touching
    if (first > 0) == (second > 0) or (third > 0) == (fourth > 0):
        return []
    part, whole = abs(third), abs(third) + abs(fourth)
    return [
        (
            a[0] + _rounded((b[0] - a[0]) * part, whole),
            a[1] + _rounded((b[1] - a[1]) * part, whole),
        )
    ]


def _side(a: Point, b: Point, p: Point) -> int:
    return (b[0] - a[0]) * (p[1] - a[1]) - (p[0] - a[0]) * (b[1] - a[1])


def _between(a: Point, b: Point, p: Point) -> bool:
    return min(a[0], b[0]) <= p[0] <= max(a[0], b[0]) and min(a[1], b[1]) <= p[1] <= max(a[1], b[1])


def _rounded(part: int, whole: int) -> int:
    return (2 * part + whole) // (2 * whole)
