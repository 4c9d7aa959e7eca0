"""The invented past: the same each time, in order, and over before the demo begins."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from kawal.demo import history
from kawal.demo.facts.applications import APPLICATIONS

AT = datetime(2026, 11, 24, 2, 0, 0, 250_000, tzinfo=UTC)


def test_outages_are_in_order_apart_and_over_a_day_before():
    for one in APPLICATIONS:
        found = history.outages(1, one.code, AT)
        assert found == history.outages(1, one.code, AT)
        assert all(earlier.end < later.start for earlier, later in pairwise(found))
        assert all(timedelta(minutes=2) < o.end - o.start < timedelta(hours=3.1) for o in found)
        assert all(AT - timedelta(days=91) <= o.start < o.end <= AT - history.GAP for o in found)


def test_most_are_good_and_some_are_bad():
    whole = timedelta(days=history.DAYS)
    uptimes = sorted(
        1 - sum((o.end - o.start for o in history.outages(1, one.code, AT)), timedelta()) / whole
        for one in APPLICATIONS
    )
    assert uptimes[0] < 0.99
    assert 0.995 < uptimes[len(uptimes) // 2] < 1
    assert uptimes[-1] == 1


def test_changes_are_exactly_where_outages_begin_and_end():
    for one in APPLICATIONS[:20]:
        first, *found, last = history.changes(1, one.code, AT)
        assert [f.at for f in found] == sorted(f.at for f in found)
        assert first.is_up and last.is_up
        assert first.at <= min([f.at for f in found], default=last.at)
        assert last.at > max([f.at for f in found], default=first.at)
        assert [(f.at, f.is_up) for f in found] == [
            moment
            for outage in history.outages(1, one.code, AT)
            for moment in ((outage.start, False), (outage.end, True))
        ]
