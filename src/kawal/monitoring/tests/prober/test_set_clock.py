"""A clock that is set an hour on or back: nothing is late for it, nothing waits an hour."""

import pytest

from kawal.monitoring.codes import Code
from kawal.monitoring.facts import Kind, State
from kawal.monitoring.feeds import FEEDS
from kawal.monitoring.prober.catalog import Before
from kawal.monitoring.prober.clock import Clock
from kawal.monitoring.prober.engine import Engine
from kawal.monitoring.prober.intake import CATCH_UP, Intake
from kawal.monitoring.prober.reports import Reports
from kawal.monitoring.prober.watched import Row, Watched

START = 1_800_000_000.0


class Machine:
    """A prober's parts without its threads, on a clock that the test moves."""

    def __init__(self):
        self.now, self.ahead = 100.0, 0.0
        clock = Clock(lambda: self.now, lambda: START + self.now + self.ahead)
        self.engine = Engine(clock=clock, authorities="", most=10)
        self.reports = Reports(self.engine)
        self.intake = Intake(self.engine, self.reports)

    def watch(self, id, kind, spec, **memory):
        feed = FEEDS[kind]
        row = Row(id, 1, kind, spec, {}, 60, 5, 1, 5, True, 1, State.UP, memory=memory)
        watched = self.engine.checks[id] = Watched(row, feed, feed.read(spec, {}))
        watched.slot = self.engine.clock.wall()
        return watched

    def set_clock(self, seconds):
        self.ahead += seconds
        clock = self.engine.clock
        assert clock.check() is None
        assert clock.stepped
        self.now += 10.0
        before = clock.wall()
        moved = clock.check()
        assert moved == pytest.approx(seconds)
        self.intake.not_watched(min(before, before + moved))
        self.reports.moved(moved)


@pytest.fixture
def machine():
    made = Machine()
    yield made
    made.engine.close()


@pytest.mark.parametrize("seconds", [3600.0, -3600.0])
def test_every_check_is_looked_at_soon_and_then_on_its_grid(machine, seconds):
    watched = machine.watch(1, Kind.HTTP, {"url": "http://127.0.0.1/"})
    machine.set_clock(seconds)
    assert (watched.standing.state, watched.standing.code) == (State.UNKNOWN, Code.NOT_WATCHED)
    assert machine.now <= machine.engine.agenda.first() <= machine.now + CATCH_UP
    machine.engine.plan(watched)  # as when that look has ended
    assert machine.now < machine.engine.agenda.first() <= machine.now + 60


@pytest.mark.parametrize("seconds", [3600.0, -3600.0])
def test_a_job_is_neither_late_nor_excused_by_it(machine, seconds):
    wall = machine.engine.clock.wall
    watched = machine.watch(2, Kind.HEARTBEAT, {"every": 600, "grace": 60}, success=wall() - 300)
    machine.set_clock(seconds)
    assert watched.standing.state is State.UP
    assert watched.memory["success"] == pytest.approx(wall() - 310)
    machine.now += 350.0 + 2.0
    machine.reports.ingest = Before(alive_at=wall())
    machine.reports.read_at = wall()
    machine.reports.judge(watched)
    assert (watched.standing.state, watched.standing.code) == (State.DOWN, Code.LATE)


def test_silence_is_held_against_nobody_while_the_clock_is_not_believed(machine):
    wall = machine.engine.clock.wall
    watched = machine.watch(3, Kind.HEARTBEAT, {"every": 600, "grace": 60}, success=wall() - 661)
    machine.reports.ingest = Before(alive_at=wall())
    machine.reports.read_at = wall() + 3600.0
    machine.ahead = 3600.0
    machine.engine.clock.check()
    machine.reports.judge(watched)
    assert watched.standing.state is State.UP
