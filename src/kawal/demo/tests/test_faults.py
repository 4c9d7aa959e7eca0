"""The schedule of faults: the same for everybody, a few at a time, some in the first minutes."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from kawal.demo import faults
from kawal.demo.facts.applications import APPLICATIONS
from kawal.demo.faults import Fault

STARTED = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def ailing(at, seed=1):
    return {
        one.code: found.fault
        for one in APPLICATIONS
        if (found := faults.spell(seed, one.code, at, started=STARTED))
    }


def certain(code, at, started=STARTED):
    found = faults.spell(1, code, at, started=started)
    assert found is not None
    return found


def test_the_same_question_has_the_same_answer_and_another_seed_another():
    later = STARTED + timedelta(days=3, minutes=17)
    assert ailing(later) == ailing(later)
    assert any(
        ailing(later + n * MINUTE, seed=1) != ailing(later + n * MINUTE, seed=2) for n in range(60)
    )


def test_a_visitor_sees_faults_begin_and_end_in_the_first_minutes():
    assert ailing(STARTED)["e-dokter"] == Fault.ERROR
    assert certain("e-warung", STARTED + 2 * MINUTE).fault == Fault.REFUSED
    ends = certain("e-warung", STARTED + 2 * MINUTE).end
    assert ends == STARTED + 7 * MINUTE
    after = faults.spell(1, "e-warung", ends, started=STARTED)
    assert after is None or after.start >= ends


@pytest.mark.parametrize("opening", faults.OPENINGS, ids=lambda one: f"{one.code}-{one.fault}")
def test_an_opening_names_an_application_that_exists(opening):
    assert opening.code in {one.code for one in APPLICATIONS}
    assert opening.after <= timedelta(minutes=15)


def test_a_few_of_them_ail_at_any_moment_of_a_week():
    counts = [len(ailing(STARTED + timedelta(hours=1) + n * 7 * MINUTE)) for n in range(24 * 7 * 8)]
    assert max(counts) <= 14
    assert 2.5 <= sum(counts) / len(counts) <= 5
    assert sum(count == 0 for count in counts) / len(counts) < 0.05


def test_every_kind_of_fault_comes_up_within_a_day():
    seen = Counter(
        fault for n in range(24 * 20) for fault in ailing(STARTED + n * 3 * MINUTE).values()
    )
    assert set(seen) == set(Fault)


def test_maintenance_is_at_night_by_the_citys_clock():
    at = datetime(2026, 11, 24, 16, 35, tzinfo=UTC)  # 23.35 WIB
    started = at - timedelta(hours=5)
    found = certain("jembatan-sipd", at, started)
    assert found.fault == Fault.MAINTENANCE
    assert found.end == datetime(2026, 11, 24, 16, 50, tzinfo=UTC)


def test_maintenance_that_crosses_midnight_still_holds(monkeypatch):
    from datetime import time

    monkeypatch.setitem(faults.NIGHTLY, "e-ra", (time(23, 50), timedelta(minutes=20)))
    at = datetime(2026, 11, 24, 17, 5, tzinfo=UTC)  # 00.05 WIB the next day
    assert certain("e-ra", at, at - timedelta(hours=5)).fault == Fault.MAINTENANCE


def test_a_spell_holds_from_its_start_until_just_before_its_end():
    found = certain("e-pbb", STARTED + MINUTE)
    assert found.holds(found.start)
    assert found.holds(found.end - timedelta(microseconds=1))
    assert not found.holds(found.end)


def test_the_next_spell_is_the_one_that_then_comes():
    at = STARTED + timedelta(days=2)
    for one in APPLICATIONS:
        coming = faults.next_spell(1, one.code, at, started=STARTED)
        if coming and coming.fault is not Fault.MAINTENANCE:
            assert faults.spell(1, one.code, coming.start, started=STARTED) is not None
            assert at < coming.start <= at + timedelta(hours=4)
