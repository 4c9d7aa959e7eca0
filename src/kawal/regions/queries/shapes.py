"""The map of the city: real where boundaries were imported, else the schematic of its parts."""

from collections.abc import Sequence
from datetime import date

from kawal.regions.facts import RegionFacts, RegionKind, ShapeFacts, ShapeMap
from kawal.regions.models import RegionShape
from kawal.regions.queries.city import city
from kawal.regions.queries.regions import regions_below
from kawal.regions.shapes.outlines import frame_of
from kawal.regions.shapes.tiles import Tile, tile_map

LEVELS = {
    "kecamatan": frozenset({RegionKind.KECAMATAN}),
    "kelurahan": frozenset({RegionKind.KELURAHAN, RegionKind.DESA}),
}


def shapes(level: str, on: date, within: str = "") -> ShapeMap:
    """Return the map of the city's ``kecamatan`` or ``kelurahan``, in a drawing 1000 wide.

    It is real only when every region of the level has its boundary: a part is never missing.
    ``within`` is the code of another region to draw instead of the city.

    :raises NotThere: when there is no city and no ``within``.
    """
    below = regions_below(within or city().region_code, on)
    wanted = [region for region in below if region.kind in LEVELS[level]]
    groups = {region.id: region for region in below if region.kind is RegionKind.KECAMATAN}
    rows = RegionShape.objects.filter(region_id__in=[region.id for region in wanted])
    known = {row.region_id: row for row in rows}
    if wanted and all(region.id in known for region in wanted):
        return _real([(region, known[region.id]) for region in wanted], groups)
    return _schematic(below, wanted, groups)


def _real(
    drawn: Sequence[tuple[RegionFacts, RegionShape]], groups: dict[int, RegionFacts]
) -> ShapeMap:
    frame = frame_of([(row.west, row.north, row.east, row.south) for _region, row in drawn])
    return ShapeMap(
        shapes=tuple(
            _shape(region, frame.path(row.path), frame.place(row.label_x, row.label_y), groups)
            for region, row in drawn
        ),
        view_box=frame.view_box,
        schematic=False,
        source="; ".join(sorted({row.source for _region, row in drawn})),
    )


def _schematic(
    below: Sequence[RegionFacts], wanted: Sequence[RegionFacts], groups: dict[int, RegionFacts]
) -> ShapeMap:
    """Draw a tile for each kelurahan; a kecamatan is all of its tiles, or one if it has none."""
    leaves = {
        key: [r.code for r in below if r.parent_id == key] or [group.code]
        for key, group in groups.items()
    }
    drawing = tile_map({groups[key].code: (groups[key].name, leaves[key]) for key in groups})
    shown = []
    for region in wanted:
        codes = leaves.get(region.id, [region.code])
        tiles = [drawing.tiles[code] for code in codes if code in drawing.tiles]
        if tiles:
            path = "".join(tile.path for tile in tiles)
            shown.append(_shape(region, path, _midmost(tiles), groups))
    return ShapeMap(tuple(shown), drawing.view_box, schematic=True)


def _midmost(tiles: Sequence[Tile]) -> tuple[float, float]:
    """Return the middle of the tile that lies nearest to the middle of all of them."""
    x, y = (sum(getattr(tile, axis) for tile in tiles) / len(tiles) for axis in "xy")
    nearest = min(tiles, key=lambda tile: (tile.x - x) ** 2 + (tile.y - y) ** 2)
    return nearest.x, nearest.y


def _shape(
    region: RegionFacts, path: str, at: tuple[float, float], groups: dict[int, RegionFacts]
) -> ShapeFacts:
    group = groups.get(region.parent_id or 0)
    return ShapeFacts(
        region_id=region.id,
        code=region.code,
        name=region.name,
        path=path,
        label_x=at[0],
        label_y=at[1],
        group=group.code if group else region.code,
    )
