"""Rings repaired and simplified, outlines drawn, tiles grown: properties and known cases."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kawal.regions import queries
from kawal.regions.facts import CityFacts
from kawal.regions.models import Region, RegionShape
from kawal.regions.shapes.outlines import NotAnOutline, label_of, outline_of
from kawal.regions.shapes.rings import Ring, area2, is_simple, simplify, tidy, untangle
from kawal.regions.shapes.tiles import tile_map
from kawal.regions.tests.conftest import NOON, TODAY

point = st.tuples(st.integers(0, 40), st.integers(0, 40))
rings = st.lists(point, min_size=3, max_size=14).map(tidy).filter(lambda ring: len(ring) > 2)
SQUARE: Ring = [(0, 0), (10, 0), (10, 10), (0, 10)]


def inside(ring: Ring, x: float, y: float) -> bool:
    """Tell whether a point lies in a ring, by counting the lines to its right."""
    odd = False
    for (x0, y0), (x1, y1) in pairwise([*ring, ring[0]]):
        if (y0 > y) != (y1 > y) and x < x0 + (y - y0) * (x1 - x0) / (y1 - y0):
            odd = not odd
    return odd


def test_a_figure_of_eight_becomes_two_rings():
    eight = [(0, 0), (10, 10), (10, 0), (0, 10)]
    parts = untangle(eight)
    assert sorted(abs(area2(part)) for part in parts) == [50, 50]
    assert all(is_simple(part) for part in parts)


def test_a_spike_and_a_repeated_point_are_taken_out():
    assert tidy([(0, 0), (10, 0), (20, 0), (10, 0), (10, 10), (10, 10), (0, 10), (0, 0)]) == SQUARE


def test_a_ring_that_touches_itself_is_parted_there():
    touching = [(0, 0), (10, 0), (5, 5), (10, 10), (0, 10), (5, 5)]
    assert [abs(area2(part)) for part in untangle(touching)] == [50, 50]


@settings(max_examples=300, deadline=None)
@given(rings)
def test_what_is_untangled_is_simple_and_within(ring: Ring):
    for part in untangle(ring):
        assert is_simple(part)
        assert {min(p[i] for p in part) >= min(p[i] for p in ring) for i in (0, 1)} == {True}


@given(rings)
def test_a_simple_ring_stays_as_it_is(ring: Ring):
    if is_simple(ring) and area2(ring):
        assert untangle(ring) == [ring]


@given(rings, st.integers(0, 200))
def test_simplifying_keeps_points_and_order_and_at_least_four(ring: Ring, least: int):
    simple = simplify(ring, least)
    places = [ring.index(p) for p in simple] if len(set(ring)) == len(ring) else []
    assert places == sorted(places)
    assert len(simple) >= min(4, len(ring))
    assert simplify(ring, 0) == ring


def test_neighbours_lose_the_same_points_of_their_border():
    border = [(10, y) for y in range(0, 101, 10)]
    border[3], border[6] = (11, 30), (25, 60)
    left = [(0, 0), *border, (0, 100)]
    right = [(60, 100), *reversed(border), (60, 0)]
    both = [{p for p in simplify(ring, 60) if p in border} for ring in (left, right)]
    assert both[0] == both[1] == {(10, 0), (10, 50), (25, 60), (10, 70), (10, 100)}


@given(rings)
def test_a_label_lies_within(ring: Ring):
    large = [(100 * x, 100 * y) for x, y in ring]
    wide = [part for part in untangle(large) if abs(area2(part)) > 100_000]
    for part in wide:  # in whole numbers a sliver has no inside
        x, y = label_of(part)
        assert any(inside(part, x + dx, y + 0.01) for dx in (-1.5, 0, 1.5))


def geometry(*rings: list[tuple[float, float]]) -> dict[str, object]:
    return {"type": "Polygon", "coordinates": [list(map(list, ring)) for ring in rings]}


BINJAI = [(98.5, 3.6), (98.51, 3.6), (98.51, 3.61), (98.5, 3.61), (98.5, 3.6)]
POND = [(98.502, 3.602), (98.504, 3.602), (98.504, 3.604), (98.502, 3.604), (98.502, 3.602)]


def test_an_outline_with_a_hole_turns_both_ways():
    outline = outline_of(geometry(BINJAI, POND))
    parts = [
        [(int(x), int(y)) for x, y in re.findall(r"(\d+) (\d+)", part)]
        for part in outline.path.split("Z")[:-1]
    ]
    assert [area2(part) for part in parts] == [2 * 1000 * 1000, -2 * 200 * 200]
    assert (outline.west, outline.north, outline.east, outline.south) == (
        850_000,
        639_000,
        851_000,
        640_000,
    )


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        ({"type": "Point", "coordinates": [98.5, 3.6]}, "not_a_polygon"),
        ({"type": "Polygon", "coordinates": None}, "broken_geometry"),
        ({"type": "Polygon", "coordinates": [[["a", 1], [2], [3]]]}, "broken_geometry"),
        ({"type": "Polygon", "coordinates": []}, "no_area"),
        (geometry([(98.5, 3.6), (98.6, 3.7), (98.5, 3.6)]), "no_area"),
        (geometry([(y, x) for x, y in BINJAI]), "elsewhere"),
        (geometry([(500_000.0, 400_000.0)] * 4), "elsewhere"),
    ],
)
def test_a_geometry_that_is_no_area_of_indonesia(broken: dict[str, object], code: str):
    with pytest.raises(NotAnOutline) as refused:
        outline_of(broken)
    assert refused.value.reason.code == f"regions.{code}"


def test_latitude_and_longitude_the_wrong_way_round_are_said():
    with pytest.raises(NotAnOutline) as refused:
        outline_of(geometry([(y, x) for x, y in BINJAI]))
    assert refused.value.reason.mend == "Bujur dan lintangnya tertukar."


names = st.sampled_from(["Binjai Utara", "Binjai Kota", "Talawi", "Air Putih", "Kota Utara", "X"])
groups = st.lists(st.tuples(names, st.integers(0, 12)), max_size=12)


@settings(deadline=None, max_examples=60)
@given(groups)
def test_each_part_has_a_tile_of_its_own(groups: list[tuple[str, int]]):
    named = {
        f"g{i}": (name, [f"g{i}.{n}" for n in range(count)])
        for i, (name, count) in enumerate(groups)
    }
    drawing = tile_map(named)
    places = {(tile.x, tile.y) for tile in drawing.tiles.values()}
    assert len(places) == len(drawing.tiles) == sum(count for _name, count in groups)
    assert all(0 <= x <= 1000 for x, _ in places)


def test_the_compass_is_kept():
    parts = {
        name: (f"Binjai {name}", [f"{name}{n}" for n in range(6)])
        for name in ("Utara", "Kota", "Barat", "Timur", "Selatan")
    }
    tiles = tile_map(parts).tiles
    middle = {
        name: tuple(sum(getattr(tiles[p], axis) for p in keys) / 6 for axis in "xy")
        for name, (_label, keys) in parts.items()
    }
    assert middle["Utara"][1] < middle["Kota"][1] < middle["Selatan"][1]
    assert middle["Barat"][0] < middle["Kota"][0] < middle["Timur"][0]


class TestShapes:
    """The city's map."""

    def test_is_a_schematic_until_every_boundary_is_there(self, city: CityFacts):
        drawn = queries.shapes("kelurahan", TODAY)
        assert (drawn.schematic, [s.name for s in drawn.shapes]) == (True, ["Pahlawan", "Berngam"])
        assert [s.group for s in drawn.shapes] == ["12.75.01", "12.75.02"]
        regions = [s.region_id for s in drawn.shapes]
        self.draw(regions[0], 0)
        assert queries.shapes("kelurahan", TODAY).schematic
        self.draw(regions[1], 100)
        real = queries.shapes("kelurahan", TODAY)
        assert not real.schematic
        assert [s.path for s in real.shapes] == [
            "M0 0L500 0L500 100Z",
            "M500 0L1000 0L1000 100Z",
        ]
        assert (real.shapes[1].label_x, real.source) == (750.0, "uji")

    def test_a_kecamatan_is_all_of_its_tiles(self, city: CityFacts):
        drawn = queries.shapes("kecamatan", TODAY)
        assert [s.name for s in drawn.shapes] == ["Binjai Utara", "Binjai Kota"]
        assert [s.path.count("M") for s in drawn.shapes] == [1, 1]

    def draw(self, region_id: int, west: int) -> None:
        y = 1_000_000  # the equator, where nothing is squeezed
        RegionShape.objects.create(
            region=Region.objects.get(pk=region_id),
            path=f"M{west} {y}L{west + 100} {y}L{west + 100} {y + 20}Z",
            label_x=west + 50,
            label_y=y + 10,
            west=west,
            north=y,
            east=west + 100,
            south=y + 20,
            source="uji",
            imported_at=NOON,
        )
