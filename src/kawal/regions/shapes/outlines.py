"""From a GeoJSON geometry to an outline on the plane, and from outlines to a map to draw."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_
from kawal.regions.shapes.rings import Point, Ring, area2, simplify, tidy, untangle

UNITS = 100_000  # in a degree
WEST, NORTH = 90, 10  # where the plane begins; Indonesia lies to the east and south of it
EAST, SOUTH = 145, -15
LEAST_CORNER = 60  # twice an area in units: about 35 square metres
WIDTH = 1000.0
NUMBERS = re.compile(r"(-?\d+) (-?\d+)")


class NotAnOutline(ValueError):
    """The geometry is no area in Indonesia; ``reason`` says why."""

    def __init__(self, code: str, text: str, mend: str = "", **values: object) -> None:
        self.reason = Reason(f"regions.{code}", text, mend=mend, values=values)
        super().__init__(str(self.reason))


@dataclass(frozen=True, slots=True)
class Outline:
    """An area on the plane: its path, its label's place, its bounds, in units."""

    path: str
    label: Point
    west: int
    north: int
    east: int
    south: int


def outline_of(geometry: Mapping[str, Any]) -> Outline:
    """Return the outline of a Polygon or MultiPolygon in WGS 84, cleaned and simplified.

    :raises NotAnOutline: when it is another geometry, lies elsewhere, or encloses nothing.
    """
    rings = [
        turned(ring, inside=not is_hole)
        for points, is_hole in _rings(geometry)
        for ring in _cleaned(points)
    ]
    if not any(area2(ring) > 0 for ring in rings):
        raise NotAnOutline("no_area", N_("Geometri ini tidak mencakup luas apa pun."))
    xs = [x for ring in rings for x, _ in ring]
    ys = [y for ring in rings for _, y in ring]
    largest = max(rings, key=lambda ring: abs(area2(ring)))
    return Outline(
        "".join(map(_path, rings)), label_of(largest), min(xs), min(ys), max(xs), max(ys)
    )


def _cleaned(points: Sequence[Any]) -> list[Ring]:
    ring = tidy([_point(position) for position in points])
    loops = untangle(ring) if len(ring) > 2 else []
    return [loop for part in loops for loop in untangle(simplify(part, LEAST_CORNER))]


def turned(ring: Ring, *, inside: bool) -> Ring:
    """Return the ring turning one way for an area and the other for a hole, as SVG fills it."""
    return ring if (area2(ring) > 0) == inside else ring[::-1]


def _rings(geometry: Mapping[str, Any]) -> list[tuple[Sequence[Any], bool]]:
    """Return every ring, each with whether it is a hole: the first of a polygon is not."""
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in {"Polygon", "MultiPolygon"}:
        text = N_("Geometri %(kind)s bukan Polygon atau MultiPolygon.")
        raise NotAnOutline("not_a_polygon", text, kind=str(kind))
    polygons: Any = [coordinates] if kind == "Polygon" else coordinates
    try:
        return [(list(ring), n > 0) for polygon in polygons for n, ring in enumerate(polygon)]
    except TypeError:
        raise NotAnOutline("broken_geometry", N_("Koordinatnya rusak.")) from None


def _point(position: Any) -> Point:
    try:
        x, y = float(position[0]), float(position[1])
    except (TypeError, ValueError, IndexError, KeyError):
        raise NotAnOutline("broken_geometry", N_("Koordinatnya rusak.")) from None
    if not (WEST <= x <= EAST and SOUTH <= y <= NORTH):
        swapped = WEST <= y <= EAST and SOUTH <= x <= NORTH
        raise NotAnOutline(
            "elsewhere",
            N_("Titik %(x)s, %(y)s tidak di Indonesia."),
            mend=N_("Bujur dan lintangnya tertukar.") if swapped else N_("Pakai WGS 84 (derajat)."),
            x=x,
            y=y,
        )
    return round((x - WEST) * UNITS), round((NORTH - y) * UNITS)


def _path(ring: Ring) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in ring) + "Z"


def label_of(ring: Ring) -> Point:
    """Return a point inside the ring for its label: the middle of its widest line across.

    The line is tried at the centre of gravity and at two heights to either side.
    """
    ys = sorted(y for _, y in ring)
    middle = _centre(ring)[1]
    heights = {middle, (3 * ys[0] + ys[-1]) // 4, (ys[0] + 3 * ys[-1]) // 4}
    spans = [(b - a, (a + b) // 2, y) for y in sorted(heights) for a, b in _across(ring, y)]
    if not spans:
        return ring[0]
    _, x, y = max(spans, key=lambda span: (span[0] - abs(span[2] - middle) // 4, span))
    return x, y


def _centre(ring: Ring) -> Point:
    whole = 3 * area2(ring)
    x = y = 0
    for i, (x1, y1) in enumerate(ring):
        x0, y0 = ring[i - 1]
        cross = x0 * y1 - x1 * y0
        x += (x0 + x1) * cross
        y += (y0 + y1) * cross
    return x // whole, y // whole


def _across(ring: Ring, y: int) -> list[tuple[int, int]]:
    """Return the spans of x at which a height lies inside the ring."""
    cuts = []
    for i, (x1, y1) in enumerate(ring):
        x0, y0 = ring[i - 1]
        if (y0 > y) != (y1 > y):
            cuts.append(x0 + (y - y0) * (x1 - x0) // (y1 - y0))
    cuts.sort()
    return list(zip(cuts[::2], cuts[1::2], strict=False))


@dataclass(frozen=True, slots=True)
class Frame:
    """How the plane is laid onto a drawing 1000 wide; ``squeeze`` undoes the latitude's width."""

    west: int
    north: int
    scale: float
    squeeze: float
    height: float

    def place(self, x: int, y: int) -> tuple[float, float]:
        """Return where a point of the plane lies in the drawing."""
        across = (x - self.west) * self.scale * self.squeeze
        return round(across, 1), round((y - self.north) * self.scale, 1)

    def path(self, path: str) -> str:
        """Return a path of the plane as a path of the drawing."""
        return NUMBERS.sub(lambda m: "{:g} {:g}".format(*self.place(int(m[1]), int(m[2]))), path)

    @property
    def view_box(self) -> str:
        """Return the drawing's SVG viewBox, with room for the outermost lines."""
        return f"-8 -8 {WIDTH + 16:g} {self.height + 16:g}"


def frame_of(bounds: Sequence[tuple[int, int, int, int]]) -> Frame:
    """Return the frame that holds all these bounds: west, north, east, south."""
    west, north = min(b[0] for b in bounds), min(b[1] for b in bounds)
    east, south = max(b[2] for b in bounds), max(b[3] for b in bounds)
    latitude = NORTH - (north + south) / 2 / UNITS
    squeeze = math.cos(math.radians(latitude))
    scale = WIDTH / max(1, (east - west) * squeeze)
    return Frame(west, north, scale, squeeze, (south - north) * scale)
