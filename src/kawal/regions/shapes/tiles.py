"""A schematic map of any region: one hexagon for each part, neighbours kept together.

Not geography: each group of tiles begins where the compass word in its name points (Utara up,
Timur right), and they grow together like drops, so that a reader finds his part again.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

WIDTH = 1000.0
GAP = 0.94  # of a hexagon's size; the rest is the line between two
COMPASS = {
    "utara": (0.0, -1.0),
    "selatan": (0.0, 1.0),
    "barat": (-1.0, 0.0),
    "timur": (1.0, 0.0),
    "timur laut": (0.7, -0.7),
    "tenggara": (0.7, 0.7),
    "barat daya": (-0.7, 0.7),
    "barat laut": (-0.7, -0.7),
    "kota": (0.0, 0.0),
    "tengah": (0.0, 0.0),
    "pusat": (0.0, 0.0),
}
GOLDEN = math.pi * (3 - math.sqrt(5))
REACH = 0.47  # how far out the groups begin, for the size of the whole
PULL = 0.15  # towards the middle of all, against holes between the groups

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Tile:
    """One hexagon: its SVG path and its middle, in a drawing 1000 wide."""

    path: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class TileMap:
    """The tiles by the key of their part, and the drawing's viewBox."""

    tiles: dict[str, Tile]
    view_box: str


def tile_map(groups: Mapping[str, tuple[str, Sequence[str]]]) -> TileMap:
    """Return tiles for groups of parts: each group's key gives its name and its parts' keys."""
    cells = _grown({key: (name, len(parts)) for key, (name, parts) in groups.items()})
    placed = {
        part: cell
        for key, (_name, parts) in groups.items()
        for part, cell in zip(parts, sorted(cells[key], key=lambda c: (c[1], c[0])), strict=True)
    }
    if not placed:
        return TileMap({}, f"0 0 {WIDTH:g} {WIDTH:g}")
    middles = {part: _middle(cell) for part, cell in placed.items()}
    left = min(x for x, _ in middles.values()) - math.sqrt(3) / 2
    top = min(y for _, y in middles.values()) - 1
    right = max(x for x, _ in middles.values()) + math.sqrt(3) / 2
    scale = WIDTH / (right - left)
    height = (max(y for _, y in middles.values()) + 1 - top) * scale
    tiles = {
        part: _tile((x - left) * scale, (y - top) * scale, scale * GAP)
        for part, (x, y) in middles.items()
    }
    return TileMap(tiles, f"0 0 {WIDTH:g} {height:.1f}")


def _grown(groups: Mapping[str, tuple[str, int]]) -> dict[str, list[Cell]]:
    """Return cells for each group: the least filled takes the next, beside its own if it can."""
    growing = {key: count for key, (_name, count) in groups.items() if count}
    total = sum(growing.values())
    seeds = _seeds({key: name for key, (name, _count) in groups.items()}, total)
    far = int(1.5 * math.sqrt(total)) + 4
    around = range(-far, far + 1)
    free = {(column, row) for column in around for row in around}
    cells: dict[str, list[Cell]] = {key: [] for key in groups}
    for _ in range(total):
        key = min(growing, key=lambda k: (len(cells[k]) / growing[k], -growing[k]))
        beside = {near for cell in cells[key] for near in _neighbours(cell)} & free
        chosen = min(beside or free, key=_costs(seeds[key]))
        free.remove(chosen)
        cells[key].append(chosen)
    return cells


def _neighbours(cell: Cell) -> list[Cell]:
    column, row = cell
    aside = column + 1 if row % 2 else column - 1
    level = [(column - 1, row), (column + 1, row)]
    return level + [(c, row + step) for c in (column, aside) for step in (-1, 1)]


def _costs(seed: tuple[float, float]) -> Callable[[Cell], tuple[float, Cell]]:
    """Return how dear a cell is to a group: its way to the seed, and to the middle of all."""

    def cost(cell: Cell) -> tuple[float, Cell]:
        x, y = _middle(cell)
        away = math.hypot(x - seed[0], y - seed[1]) + PULL * math.hypot(x, y)
        return round(away, 6), cell

    return cost


def _seeds(names: Mapping[str, str], total: int) -> dict[str, tuple[float, float]]:
    reach = REACH * math.sqrt(max(1, total))
    seeds: dict[str, tuple[float, float]] = {}
    taken: set[tuple[float, float]] = set()
    turn = 0
    for key, name in names.items():
        toward = _direction(name)
        while toward is None or toward in taken:
            angle, turn = turn * GOLDEN, turn + 1
            far = 0.35 + 0.65 * (turn / (len(names) + 1))
            toward = (round(far * math.cos(angle), 3), round(far * math.sin(angle), 3))
        taken.add(toward)
        seeds[key] = (toward[0] * reach * math.sqrt(3), toward[1] * reach * 1.5)
    return seeds


def _direction(name: str) -> tuple[float, float] | None:
    words = name.casefold().split()
    for length in (2, 1):
        if len(words) > length and (found := COMPASS.get(" ".join(words[-length:]))):
            return found
    return None


def _middle(cell: Cell) -> tuple[float, float]:
    column, row = cell
    return math.sqrt(3) * (column + (row % 2) / 2), 1.5 * row


def _tile(x: float, y: float, size: float) -> Tile:
    corners = (
        (x + size * math.sin(k * math.pi / 3), y - size * math.cos(k * math.pi / 3))
        for k in range(6)
    )
    path = "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in corners) + "Z"
    return Tile(path, round(x, 1), round(y, 1))
