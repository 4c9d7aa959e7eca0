"""Drawings hold what they were given, and nothing of a name becomes markup."""

import re

from kawal.ui import charts
from kawal.ui.charts import Area, Bar, Part


def test_a_missing_value_breaks_the_line():
    drawn = charts.sparkline([1, 2, None, 3, 4], "Waktu jawab")
    assert drawn.count('class="line"') == 2
    assert 'aria-label="Waktu jawab"' in drawn


def test_a_line_ends_at_the_highest_and_starts_at_zero():
    drawn = charts.sparkline([0, 10], "x")
    assert 'class="line" d="M0 26 100 2"' in drawn


def test_nothing_known_draws_nothing():
    assert "<path" not in charts.sparkline([None, None], "x")
    assert "<path" not in charts.sparkline([], "x")


def test_a_single_value_is_a_dot():
    assert 'd="M0 2h0.1"' in charts.sparkline([5], "x")


def test_a_strip_divides_its_width_by_shares():
    drawn = charts.strip([Part(3, "good", "a"), Part(1, "bad", "b")], "hari ini")
    assert re.findall(r'x="([\d.]+)" y="(\d+)" width="([\d.]+)"', drawn) == [
        ("0.00", "8", "750.00"),
        ("750.00", "0", "250.00"),
    ]


def test_a_short_outage_is_still_seen():
    drawn = charts.strip([Part(86_399, "good", "a"), Part(1, "bad", "b")], "hari ini")
    assert 'width="1.50"' in drawn


def test_bars_share_a_scale_that_holds_their_targets():
    assert charts.longest([Bar("a", 3, "3"), Bar("b", 1, "1", target=8)]) == 8
    assert charts.longest([]) > 0


def test_a_meter_stays_within_its_track():
    assert 'class="tone-accent" width="1000.0"' in charts.meter(1.4, "x")
    assert 'class="tone-accent" width="0.0"' in charts.meter(-1, "x")


def test_every_region_is_a_link_with_its_name_and_state():
    drawn = charts.choropleth(
        [Area("M0 0h1v1Z", "/wilayah/1", "Binjai Kota", "Terganggu", "bad")], "0 0 1 1", "Peta"
    )
    assert '<a href="/wilayah/1" aria-label="Binjai Kota: Terganggu">' in drawn
    assert "url(#map-bad)" in drawn


def test_names_never_become_markup():
    hostile = '"><script>alert(1)</script>'
    drawn = [
        charts.sparkline([1], hostile),
        charts.strip([Part(1, "good", hostile)], hostile),
        charts.meter(0.5, hostile),
        charts.choropleth([Area("M0 0", "#", hostile, hostile, "good", (0, 0), hostile)], "", ""),
    ]
    assert not any("<script" in svg for svg in drawn)
