"""Slots neither drift nor bunch, and the agenda keeps their order."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kawal.monitoring.prober import schedule
from kawal.monitoring.prober.clock import Clock
from kawal.monitoring.prober.schedule import Agenda, next_slot, phase, slots_between

ids = st.integers(1, 2**31 - 1)
intervals = st.sampled_from([1, 5, 30, 60, 300, 3600, 86_400])
instants = st.floats(1_700_000_000, 1_900_000_000)


@given(ids, intervals, instants)
def test_the_next_slot_is_after_and_within_one_interval(check_id, interval, at):
    slot = next_slot(check_id, interval, at)
    assert at < slot <= at + interval + 1e-6


@given(ids, intervals, instants, st.integers(1, 50))
def test_slots_stay_on_their_grid_for_ever(check_id, interval, at, n):
    first = next_slot(check_id, interval, at)
    slot = first
    for _ in range(n):
        slot = next_slot(check_id, interval, slot)
    assert slot == pytest.approx(first + n * interval, abs=1e-5)
    assert slots_between(check_id, interval, first - interval / 2, slot + interval / 2) == n + 1


def test_a_thousand_checks_of_a_minute_are_spread_over_it():
    seconds = [0] * 60
    for check_id in range(1, 6001):
        seconds[int(phase(check_id, 60))] += 1
    assert min(seconds) >= 95
    assert max(seconds) <= 105


@pytest.mark.parametrize(("interval", "late"), [(1, 1.0), (5, 2.5), (60, 10.0), (3600, 10.0)])
def test_how_late_a_slot_may_start(interval, late):
    assert schedule.may_start_late(interval) == late


def test_the_agenda_gives_the_earliest_and_forgets_what_was_changed():
    agenda: Agenda[str] = Agenda()
    agenda.set("a", 3.0)
    agenda.set("b", 1.0)
    agenda.set("b", 5.0)
    agenda.set("c", 2.0)
    agenda.drop("c")
    assert agenda.first() == 3.0
    assert agenda.pop(2.9) is None
    assert agenda.pop(9.0) == (3.0, "a")
    assert agenda.pop(9.0) == (5.0, "b")
    assert agenda.pop(9.0) is None


def test_the_agenda_stays_small_however_often_somebody_is_set_anew():
    agenda: Agenda[int] = Agenda()
    draw = random.Random(7)
    for n in range(50_000):
        agenda.set(n % 100, draw.random())
    assert len(agenda._heap) <= 64 + 4 * 100 + 1
    found = [agenda.pop(2.0) for _ in range(100)]
    assert sorted(found) == found


class Hands:
    """Two clocks that a test turns."""

    def __init__(self):
        self.mono, self.machine = 100.0, 1_000_000.0

    def go(self, seconds):
        self.mono += seconds
        self.machine += seconds


def test_a_stepped_clock_is_seen_ignored_and_believed_when_it_has_settled():
    hands = Hands()
    clock = Clock(lambda: hands.mono, lambda: hands.machine)
    hands.machine += 3600
    assert clock.check() is None
    assert (clock.stepped, clock.wall()) == (True, 1_000_000.0)
    hands.go(9.5)
    assert (clock.check(), clock.stepped) == (None, True)
    hands.go(1.0)
    assert clock.check() == pytest.approx(3600)
    assert (clock.stepped, clock.wall()) == (False, 1_003_610.5)


def test_a_clock_that_steps_there_and_back_moves_nothing():
    hands = Hands()
    clock = Clock(lambda: hands.mono, lambda: hands.machine)
    hands.machine += 3600
    clock.check()
    hands.go(5)
    hands.machine -= 3600
    assert clock.check() is None
    hands.go(11)
    assert clock.check() is None
    assert (clock.stepped, clock.wall()) == (False, 1_000_016.0)


def test_slewing_is_no_step():
    hands = Hands()
    clock = Clock(lambda: hands.mono, lambda: hands.machine)
    for _ in range(100):
        hands.go(1.0)
        hands.machine += 0.0005
        assert clock.check() is None
    assert not clock.stepped
