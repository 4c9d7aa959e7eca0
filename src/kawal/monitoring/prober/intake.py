"""Takes configuration over into the engine: new, amended, paused and retired checks."""

import structlog

from kawal.monitoring.codes import Code
from kawal.monitoring.facts import State
from kawal.monitoring.feeds import FEEDS
from kawal.monitoring.prober import schedule
from kawal.monitoring.prober.catalog import Before, Configuration
from kawal.monitoring.prober.engine import Engine
from kawal.monitoring.prober.reports import Reports
from kawal.monitoring.prober.watched import Row, Watched
from kawal.monitoring.states import later

SOON = 1.0  # seconds within which a new or amended check has its first look
CATCH_UP = 15.0  # seconds over which the first looks after a pause are spread

log = structlog.get_logger(__name__)


class Intake:
    """Holds the engine's checks to what the database says."""

    def __init__(self, engine: Engine, reports: Reports) -> None:
        self.engine = engine
        self.reports = reports
        self._first = True

    def take(self, configuration: Configuration) -> None:
        """Compare and carry over; the first time, find out what was missed while we were away."""
        engine = self.engine
        engine.net.allowed = configuration.allowed
        before = configuration.watchers.get("prober", Before())
        wanted = {row.id: row for row in configuration.rows}
        for watched in [one for id, one in engine.checks.items() if id not in wanted]:
            self._pause(watched)
            del engine.checks[watched.id]
        for row in configuration.rows:
            known = engine.checks.get(row.id)
            if known is None:
                self._begin(row, before)
            elif known.version != row.version or known.enabled != row.enabled:
                self._amend(known, row)
        self._first = False

    def not_watched(self, since: float) -> None:
        """Say of every check that it was not watched from a moment on, and look again soon."""
        now = self.engine.clock.wall()
        for watched in self.engine.checks.values():
            if watched.enabled and not watched.is_pushed:
                self._lost(watched, since)
                watched.slot = now  # of a clock set back: its slots must not wait for the old time
                if not watched.running:
                    self._soon(watched, CATCH_UP)

    def _begin(self, row: Row, before: Before) -> None:
        feed = FEEDS[row.kind]
        try:
            plan = feed.read(row.spec, row.secrets)
        except Exception:  # whatever stands in the table, one check must not stop the others
            log.exception("monitoring.spec_unreadable", check=row.id)
            plan = None
        watched = Watched(row, feed, plan)
        self.engine.checks[row.id] = watched
        if not row.enabled:
            self._turn(watched, State.PAUSED, Code.PAUSED)
        elif plan is None:
            self._turn(watched, State.UNKNOWN, Code.BAD_SPEC)
        elif row.state is None or row.state is State.PAUSED:
            self._turn(watched, State.UNKNOWN, Code.WAITING)
            self._go(watched, SOON if not self._first else CATCH_UP)
        else:
            self._resume(watched, before)

    def _resume(self, watched: Watched, before: Before) -> None:
        """Go on after a restart: a slot that was missed meanwhile makes the state unknown."""
        if watched.is_pushed:
            self.reports.judge(watched)
            return
        now = self.engine.clock.wall()
        late = now - schedule.may_start_late(watched.interval)
        known = max(watched.last_at, min(before.watermark, before.alive_at))
        watched.slot = max(known, late)
        if schedule.slots_between(watched.id, watched.interval, known, late):
            self._lost(watched, max(before.alive_at, watched.last_at))
            self._soon(watched, CATCH_UP)
        else:
            self.engine.plan(watched)

    def _lost(self, watched: Watched, since: float) -> None:
        at = max(since, watched.standing.since)
        slot = schedule.next_slot(watched.id, watched.interval, at)
        now = self.engine.clock.wall()
        if now - slot < 86_400:
            self.engine.batch.add(min(slot, now), watched.id, 0.0, State.UNKNOWN, Code.NOT_WATCHED)
        self._turn(watched, State.UNKNOWN, Code.NOT_WATCHED, at)

    def _amend(self, watched: Watched, row: Row) -> None:
        was_enabled = watched.enabled
        feed = FEEDS[row.kind]
        try:
            plan = feed.read(row.spec, row.secrets)
        except Exception:
            log.exception("monitoring.spec_unreadable", check=row.id)
            self._pause(watched)
            watched.take(row, feed, watched.plan)
            self._turn(watched, State.UNKNOWN, Code.BAD_SPEC)
            return
        watched.take(row, feed, plan)
        if not row.enabled:
            self._pause(watched)
        else:
            if not was_enabled:
                self._turn(watched, State.UNKNOWN, Code.RESUMED)
            self._go(watched, SOON)

    def _pause(self, watched: Watched) -> None:
        engine = self.engine
        watched.enabled = False
        engine.agenda.drop(watched)
        engine.unsettled.discard(watched)
        engine.witnesses.forget(watched)
        self._turn(watched, State.PAUSED, Code.PAUSED)

    def _go(self, watched: Watched, within: float) -> None:
        if watched.is_pushed:
            self.reports.judge(watched)
        elif not watched.running:
            watched.slot = self.engine.clock.wall()
            self._soon(watched, within)

    def _soon(self, watched: Watched, within: float) -> None:
        within = min(within, watched.interval)
        now = self.engine.clock.wall()
        self.engine.plan_at(watched, now + schedule.phase(watched.id, within))

    def _turn(self, watched: Watched, state: State, code: Code, at: float | None = None) -> None:
        standing = watched.standing
        standing.failing = standing.unsure = standing.slow = 0
        old = standing.state
        if old is state:
            return
        standing.state, standing.code, standing.detail = state, code, ""
        standing.since = later(at or self.engine.clock.wall(), standing.since)
        self.engine.turned(watched, old)
