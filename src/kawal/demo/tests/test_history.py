"""The invented past: the same each time, in order, and over before the demo begins."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from kawal.demo import history
from kawal.demo.facts.applications import APPLICATIONS, BY_CODE

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


def test_findings_change_exactly_where_outages_begin_and_end():
    for one in APPLICATIONS[:12]:
        found = list(history.findings(1, one, AT))
        assert [f.at for f in found] == sorted(f.at for f in found)
        changes = [
            (after.at, after.is_up)
            for before, after in pairwise(found)
            if before.is_up != after.is_up
        ]
        expected = [
            moment
            for outage in history.outages(1, one.code, AT)
            for moment in ((outage.start, False), (outage.end, True))
        ]
        assert changes == expected


def test_there_is_a_finding_each_hour_and_none_answers_when_nothing_does():
    found = list(history.findings(1, BY_CODE["e-pbb"], AT))
    outages = history.outages(1, "e-pbb", AT)
    assert len(found) == history.DAYS * 24 + 2 * len(outages)
    assert all((one.ms is None) is (one.status == 0) for one in found)
    assert all(one.status == 200 for one in found if one.is_up)
