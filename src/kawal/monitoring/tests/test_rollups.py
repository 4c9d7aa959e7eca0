"""Hours, their minutes and their quantiles; histograms merge and pack without loss."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from kawal.monitoring import histograms, hours, rollups
from kawal.monitoring.codes import Code
from kawal.monitoring.facts import State
from kawal.monitoring.models import Hour, RolledHour

latencies = st.lists(st.floats(0.2, 500_000), min_size=1, max_size=200)


@given(latencies, st.sampled_from([0.0, 0.5, 0.95, 0.99, 1.0]))
def test_a_quantile_is_true_to_two_percent(values, share):
    counts = Counter(histograms.bucket(one) for one in values)
    rank = max(1, -(-len(values) * share // 1))
    true = sorted(values)[int(rank) - 1]
    assert histograms.quantile(counts, share) == pytest.approx(true, rel=0.0201)


@given(st.lists(latencies, max_size=5))
def test_merging_is_as_good_as_counting_all_together(many):
    counted = [Counter(histograms.bucket(one) for one in values) for values in many]
    together = Counter(histograms.bucket(one) for values in many for one in values)
    assert histograms.merged(counted) == together


@given(latencies)
def test_packing_loses_nothing(values):
    counts = Counter(histograms.bucket(one) for one in values)
    assert histograms.unpack(histograms.pack(counts)) == counts


@given(st.floats(0.2, 500_000))
def test_a_byte_is_true_to_four_percent(value):
    assert 0 < histograms.byte(value) < 256
    assert histograms.unbyte(histograms.byte(value)) == pytest.approx(value, rel=0.0351)


def test_an_hour_counts_and_times_answers_only():
    results = [
        (0, State.UP, 200, 100.0),
        (0, State.UP, 200, 300.0),
        (7, State.DOWN, 503, 50.0),
        (7, State.DOWN, Code.TIMEOUT, 10_000.0),
        (59, State.UNKNOWN, Code.MISSED, 0.0),
        (59, State.WARN, Code.SLOW, 900.0),
    ]
    whole, packed = hours.tally(results)
    counts = [getattr(whole, name) for name in hours.COUNTS]
    assert counts == [2, 1, 2, 1, 1]
    assert whole.latencies.total() == 4
    assert whole.latency("p50") == pytest.approx(100, rel=0.02)
    assert whole.latency("worst") == pytest.approx(900, rel=0.02)
    minutes = hours.unpack(packed)
    assert len(minutes) == 60
    assert (minutes[0].up, minutes[7].down, minutes[59].unknown, minutes[59].missed) == (2, 2, 1, 1)
    assert minutes[0].p50 == pytest.approx(100, rel=0.04)
    assert minutes[0].worst == pytest.approx(300, rel=0.04)
    assert (minutes[1].up, minutes[1].p50) == (0, None)


NOW = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)


@pytest.fixture
def check(db, world_check):
    return world_check()


@pytest.fixture
def world_check():
    from kawal.monitoring.tests.prober.conftest import World

    def made():
        world = World()
        return world.check(world.application())

    return made


def result(check, at, ms=120.0, state=State.UP, code=200):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO monitoring_result VALUES (%s, %s, %s, %s, %s, 0, 0, 0, 0)",
            [at, check.pk, ms, int(state), code],
        )


def test_closed_hours_are_rolled_once_and_again_when_results_come_late(check):
    before, last = NOW - timedelta(hours=2), NOW - timedelta(hours=1)
    for minute in range(0, 60, 2):
        result(check, before + timedelta(minutes=minute))
    result(check, last + timedelta(minutes=5), state=State.DOWN, code=503)
    result(check, NOW + timedelta(seconds=1))
    assert rollups.roll_up(NOW + timedelta(minutes=2)) == 2
    assert rollups.roll_up(NOW + timedelta(minutes=3)) == 0
    rows = list(Hour.objects.order_by("hour").values_list("hour", "up", "down", "missed"))
    assert rows == [(before, 30, 0, 0), (last, 0, 1, 0)]
    assert RolledHour.objects.get(hour=before).results == 30
    result(check, before + timedelta(minutes=1))
    RolledHour.objects.filter(hour=before).update(is_dirty=True)
    assert rollups.roll_up(NOW + timedelta(minutes=4)) == 1
    assert Hour.objects.get(hour=before).up == 31


def test_a_row_of_an_hour_is_small(check):
    hour = NOW - timedelta(hours=1)
    for minute in range(60):
        result(check, hour + timedelta(minutes=minute), ms=100 + minute * 37 % 61)
    rollups.roll_up(NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_column_size(h.*) FROM monitoring_hour h")
        (size,) = cursor.fetchone()
    assert size < 240


def test_partitions_are_made_ahead(db):
    made, _dropped = rollups.keep_partitions(datetime.now(UTC))
    assert made >= 0
    assert rollups.keep_partitions(datetime.now(UTC)) == (0, 0)
