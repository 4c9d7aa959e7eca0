"""The prober itself: takes what is due, judges what comes back, keeps itself honest."""

from collections import deque
from collections.abc import Callable
from typing import Any

import structlog

from kawal.monitoring.codes import Code
from kawal.monitoring.facts import Kind, State
from kawal.monitoring.feeds import FETCHED, tcp
from kawal.monitoring.feeds.base import Answer, Judgement
from kawal.monitoring.prober import schedule
from kawal.monitoring.prober.batch import Batch, Turned
from kawal.monitoring.prober.clock import Clock
from kawal.monitoring.prober.health import Health, most_fetches
from kawal.monitoring.prober.loop import Loop
from kawal.monitoring.prober.names import Names
from kawal.monitoring.prober.net import Internet
from kawal.monitoring.prober.watched import LOCAL, Watched
from kawal.monitoring.prober.way import Ways
from kawal.monitoring.prober.witnesses import PATIENCE, Witness, Witnesses
from kawal.monitoring.states import advance

LONGEST_SLEEP = 0.02
MANY_MISSED = 10
MOST_STARTS = 16  # in one turn; answers that wait are taken in between
QUICK_TIMES = 3
MANY_UNSETTLED = 500
_CLOCK_CODES = frozenset({Code.CERT_EXPIRED, Code.CERT_SOON, Code.CERT_UNTRUSTED})

log = structlog.get_logger(__name__)


class Engine:
    """Runs checks on one loop. What it finds is gathered in ``batch`` for whoever stores it."""

    def __init__(
        self,
        *,
        clock: Clock | None = None,
        names: Names | None = None,
        canaries: list[tuple[str, int]] | None = None,
        most: int | None = None,
        authorities: str | None = None,
    ) -> None:
        self.clock = clock or Clock()
        self.loop = Loop(self.clock.mono)
        self.names = names or Names(self.loop.clock)
        self.net = Internet(self.loop, self.names, wall=self.clock.wall, authorities=authorities)
        self.health = Health(self.clock.mono)
        self.loop.woken = self.health.wake
        self.names.stolen = self.health.stolen_so_far
        self.ways = Ways(self.clock.mono)
        self.witnesses = Witnesses(self.loop.clock, self._ask_witness, canaries)
        self.most = most or most_fetches()
        self.agenda: schedule.Agenda[Watched] = schedule.Agenda()
        self.checks: dict[int, Watched] = {}
        self.under_way: set[Watched] = set()
        self.unsettled: set[Watched] = set()
        self.batch = Batch()
        self.done = 0
        self._counted: deque[tuple[float, int]] = deque()
        self.missed = 0
        self.at_limit = False
        self.on_pushed_due: Callable[[Watched], None] = lambda watched: None

    # --- what is due -------------------------------------------------------------------------

    def turn(self, longest: float = LONGEST_SLEEP) -> None:
        """Start what is due, then wait a little and take what has come back."""
        self._start_due()
        due = self.agenda.first()
        sleep = longest
        if due is not None:
            sleep = min(longest, max(0.0, due - self.clock.mono()))
            if self.loop.running >= self.most:
                sleep = longest
        self.health.sleep()
        self.loop.turn(sleep)

    def plan(self, watched: Watched) -> None:
        """Let a check be due at the slot after the last that was its own."""
        watched.coming = schedule.next_slot(watched.id, watched.interval, watched.slot)
        self.agenda.set(watched, watched.coming - self.clock.offset)

    def plan_at(self, watched: Watched, at: float) -> None:
        """Let a check be due at a moment off its grid (seconds since 1970)."""
        watched.coming = 0.0
        self.agenda.set(watched, at - self.clock.offset)

    def _start_due(self) -> None:
        now = self.clock.mono()
        for _ in range(MOST_STARTS):
            if self.loop.running >= self.most:
                break
            taken = self.agenda.pop(now)
            if taken is None:
                self.health.lag, self.at_limit = 0.0, False
                return
            due, watched = taken
            self.health.lag = now - due
            if watched.is_pushed:
                self.on_pushed_due(watched)
            elif watched.coming and now - due > schedule.may_start_late(watched.interval):
                self._miss(watched)
            else:
                self._start(watched)
        self.at_limit = self.loop.running >= self.most
        first = self.agenda.first()
        self.health.lag = max(0.0, now - first) if first is not None else 0.0

    def _start(self, watched: Watched) -> None:
        if watched.coming:
            watched.slot = watched.coming
        watched.running = True
        watched.started = self.clock.mono()
        watched.started_at = watched.started + self.clock.offset
        watched.stolen = self.health.stolen
        self.under_way.add(watched)
        deadline = watched.started + watched.timeout
        fetch = watched.feed.fetch(watched.plan, self.net, deadline)
        self.loop.start(fetch, deadline, watched, self._came_back)

    def _miss(self, watched: Watched) -> None:
        """Record that a slot could not be started in time; of a long row of them the first."""
        code = Code.LIMITS if self.at_limit else Code.MISSED
        slot = watched.coming
        self._record(watched, Judgement(State.UNKNOWN, code), slot, Answer())
        now = self.clock.wall()
        missed = 1 + schedule.slots_between(watched.id, watched.interval, slot, now)
        if missed > MANY_MISSED:
            slot = now - schedule.may_start_late(watched.interval)
        self.missed += missed if missed > MANY_MISSED else 1
        watched.slot = slot
        self.plan(watched)

    # --- what comes back ---------------------------------------------------------------------

    def _came_back(self, watched: Watched, answer: Answer | Exception) -> None:
        if isinstance(answer, Exception):
            log.error("monitoring.fetch_broke", check=watched.id, exc_info=answer)
            answer = Answer(Code.INTERNAL, type(answer).__name__)
        if answer.address:
            watched.address = answer.address
        judgement = self._judge(watched, answer)
        if judgement.state is State.UP:
            self.witnesses.saw_well(watched, watched.started)
        elif judgement.state is State.DOWN and watched.enabled:
            code = judgement.code
            if self._was_cut_off(watched):
                judgement = UPLINK
            elif not self.witnesses.needs_none(watched, code, watched.started):
                self.witnesses.doubt(
                    watched,
                    code,
                    watched.started,
                    lambda works: self._finish(watched, judgement if works else UPLINK, answer),
                )
                return
        self._finish(watched, judgement, answer)

    def _was_cut_off(self, watched: Watched) -> bool:
        """Tell whether our own end of the way failed while a check was under way."""
        if watched.zone == LOCAL:
            return False
        if watched.address and not self.ways.was_open(watched.address, watched.started):
            self.witnesses.cut_off(watched)
            return True
        return self.witnesses.was_cut(watched, watched.started)

    def _judge(self, watched: Watched, answer: Answer) -> Judgement:
        """Judge an answer, then ourselves: may the failure be our own doing?"""
        try:
            judgement: Judgement = watched.feed.judge(watched.plan, answer, self.clock.wall())
        except Exception:
            log.exception("monitoring.judge_broke", check=watched.id)
            return Judgement(State.UNKNOWN, Code.INTERNAL)
        if judgement.state in (State.UP, State.UNKNOWN):
            return judgement
        elapsed = self.clock.mono() - watched.started
        if self.health.proves_nothing(judgement.code, elapsed, watched.stolen):
            return Judgement(State.UNKNOWN, Code.STARVED)
        if self.clock.stepped and judgement.code in _CLOCK_CODES:
            return Judgement(State.UNKNOWN, Code.CLOCK_STEPPED)
        return judgement

    def _finish(self, watched: Watched, judgement: Judgement, answer: Answer) -> None:
        self.under_way.discard(watched)
        watched.running = False
        if not watched.enabled or watched.id not in self.checks:
            return
        self.done += 1
        self._record(watched, judgement, watched.started_at, answer)
        self._plan_next(watched)

    def _record(self, watched: Watched, judgement: Judgement, at: float, answer: Answer) -> None:
        """Add the raw result, take it into the check's standing, note a change."""
        batch = self.batch
        state, code = judgement.state, judgement.code
        if not code and answer.status:
            code = answer.status
        batch.add(
            at,
            watched.id,
            answer.ms,
            state,
            code,
            (answer.dns, answer.connect, answer.tls, answer.first),
        )
        watched.last_at = at
        if code != Code.MISSED and code != Code.LIMITS:
            batch.seen[watched.id] = (at, state in (State.UP, State.WARN), answer.ms, code)
        standing = watched.standing
        if state is State.UP and standing.state is State.UP and standing.is_settled:
            return
        old = advance(standing, state, code, judgement.detail, at, watched.confirmations)
        if standing.is_settled:
            self.unsettled.discard(watched)
        else:
            self.unsettled.add(watched)
        if old is not None:
            self.turned(watched, old)

    def turned(self, watched: Watched, old: State) -> None:
        """Note a change of state for the writer."""
        standing = watched.standing
        if standing.state is State.DOWN:
            self.witnesses.forget(watched)
        self.batch.turned.append(
            Turned(
                watched.id,
                standing.since,
                old,
                standing.state,
                standing.code,
                standing.detail,
                self.clock.wall(),
            )
        )

    def _plan_next(self, watched: Watched) -> None:
        """Plan the next slot, or an earlier look while something waits to be confirmed."""
        now = self.clock.wall()
        soon = self._look_again(watched, now)
        slot = schedule.next_slot(watched.id, watched.interval, watched.slot)
        if soon is not None and soon < slot:
            self.plan_at(watched, soon)
        else:
            self.plan(watched)

    def _look_again(self, watched: Watched, now: float) -> float | None:
        if len(self.unsettled) > MANY_UNSETTLED:
            return None  # a landslide: looking more often would make it worse
        if watched in self.unsettled:
            return now + watched.recheck
        if watched.standing.state in (State.DOWN, State.UNKNOWN):
            return now + watched.recheck * QUICK_TIMES
        return None

    # --- witnesses ---------------------------------------------------------------------------

    def _ask_witness(self, witness: Witness, heard: Any) -> None:
        deadline = self.clock.mono() + PATIENCE
        if witness.watched is not None:
            watched = witness.watched
            self.names.forget(watched.place[0])
            feed, plan = watched.feed, watched.plan
        else:
            feed = FETCHED[Kind.TCP]
            plan = tcp.Plan(witness.host, witness.port, b"")

        def take(note: Any, answer: Answer | Exception) -> None:
            good = isinstance(answer, Answer) and not answer.fault
            if good and witness.watched is not None:
                self.witnesses.saw_well(witness.watched, self.clock.mono())
            heard(good)

        self.loop.start(feed.fetch(plan, self.net, deadline), deadline, None, take)

    # --- what is stored ----------------------------------------------------------------------

    def watermark(self) -> float:
        """Return up to when everything due has been recorded."""
        now = self.clock.wall()
        first = self.agenda.first()
        waiting = first + self.clock.offset if first is not None else now
        runs = min((one.started_at for one in self.under_way), default=now)
        return min(now, waiting, runs)

    def take_batch(self) -> Batch:
        """Return what was gathered, with our own state at this moment, and begin anew."""
        batch, self.batch = self.batch, Batch()
        batch.alive_at = self.clock.wall()
        batch.watermark = self.watermark()
        batch.lag_ms = round(self.health.lag * 1000, 1)
        batch.figures = {
            "checks": len(self.checks),
            "running": self.loop.running,
            "unsettled": len(self.unsettled),
            "done": self.done,
            "missed": self.missed,
            "per_minute": self._per_minute(),
            "stolen": round(self.health.stolen, 3),
            "most": self.most,
        }
        return batch

    def _per_minute(self) -> float | None:
        """Return how many checks were executed in the last minute; ``None`` at first."""
        now, counted = self.clock.mono(), self._counted
        counted.append((now, self.done))
        while now - counted[0][0] > 60:
            counted.popleft()
        span, count = now - counted[0][0], self.done - counted[0][1]
        return round(count * 60 / span, 1) if span >= 10 else None

    def close(self) -> None:
        """Give up what is under way."""
        self.loop.close()


UPLINK = Judgement(State.UNKNOWN, Code.UPLINK)
