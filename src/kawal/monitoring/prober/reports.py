"""Checks that report by themselves: takes pings, and says when one is late.

Silence is only held against an application when we would have heard it: while the ingest was down,
or what came in has not been read yet, the state is unknown.
"""

from typing import Any

import structlog

from kawal.monitoring.codes import Code
from kawal.monitoring.facts import State
from kawal.monitoring.feeds.base import Judgement, PingKind, Pushing, Verdict
from kawal.monitoring.prober.catalog import Arrived, Before
from kawal.monitoring.prober.engine import Engine
from kawal.monitoring.prober.watched import Watched
from kawal.monitoring.states import advance

BY_SILENCE = frozenset({Code.LATE, Code.OVERRUN, Code.STALE})
DEAF_AFTER = 10.0  # seconds without a sign of life after which the ingest counts as down
AGAIN = 2.0
JUST_NOW = 20.0  # seconds in which a report already bears the new time of a clock that was set

log = structlog.get_logger(__name__)


class Reports:
    """Keeps pushed checks judged, on an engine's agenda."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.ingest = Before()
        self.read_at = 0.0  # everything that had come by then has been taken
        self.marks: dict[int, int] | None = None  # none before the first look
        engine.on_pushed_due = self.judge

    def take(self, arrived: Arrived) -> None:
        """Take pings in their order and judge their checks anew."""
        touched: dict[int, tuple[Watched, Pushing]] = {}
        for check_id, ping in arrived.pings:
            watched = self.engine.checks.get(check_id)
            if watched is not None and watched.is_pushed and watched.enabled:
                watched.feed.take(watched.plan, watched.memory, ping)
                if ping.kind == PingKind.FAIL or check_id in touched:
                    self.judge(watched, ping)  # a failure between two successes is seen
                touched[check_id] = (watched, ping)
        for watched, ping in touched.values():
            self.judge(watched, ping)
            self.engine.batch.memories[watched.id] = dict(watched.memory)

    def moved(self, seconds: float) -> None:
        """Carry what is remembered over into the new time of a clock that was set.

        A job that reported five minutes ago did so five minutes ago by the new time too.
        """
        now = self.engine.clock.wall()
        for watched in self.engine.checks.values():
            if watched.is_pushed and watched.enabled:
                for name, at in watched.memory.items():
                    if isinstance(at, float) and abs(now - at) > JUST_NOW:
                        watched.memory[name] = min(at + seconds, now)
                self.engine.batch.memories[watched.id] = dict(watched.memory)
                self.judge(watched)

    def judge(self, watched: Watched, ping: Pushing | None = None) -> None:
        """Judge a check by what is remembered, and plan when that changes by itself."""
        engine = self.engine
        now = engine.clock.wall()
        try:
            verdict: Verdict = watched.feed.judge(watched.plan, watched.memory, now)
        except Exception:
            log.exception("monitoring.judge_broke", check=watched.id)
            verdict = Verdict(Judgement(State.UNKNOWN, Code.INTERNAL))
        verdict = self._if_we_would_have_heard(watched, verdict, now)
        self._apply(watched, verdict, ping, now)
        if verdict.until is not None:
            engine.plan_at(watched, max(verdict.until, now + 0.05))
        else:
            engine.agenda.drop(watched)

    def _if_we_would_have_heard(self, watched: Watched, verdict: Verdict, now: float) -> Verdict:
        if verdict.judgement.code not in BY_SILENCE:
            return verdict
        since = verdict.since or now
        deaf = Judgement(State.UNKNOWN, Code.INGEST_DOWN)
        if self.ingest.alive_at < now - DEAF_AFTER:
            return Verdict(deaf, until=now + AGAIN, since=max(self.ingest.alive_at, 0.0) or now)
        if self.engine.clock.stepped or self.read_at < since + 1.0:
            state = watched.standing
            kept = Judgement(state.state, state.code, state.detail)
            return Verdict(kept, until=now + AGAIN, since=state.since)
        end = float(self.ingest.figures.get("deaf_until", 0.0))
        last = max((v for v in watched.memory.values() if isinstance(v, float)), default=0.0)
        if end > last and self.ingest.figures.get("deaf_from", end) < since:
            heard: dict[str, Any] = dict(watched.memory)
            heard |= {key: end for key in ("success", "at") if key in heard}
            again: Verdict = watched.feed.judge(watched.plan, heard, now)
            if again.judgement.code not in BY_SILENCE:
                return Verdict(deaf, until=again.until, since=since)
        return verdict

    def _apply(self, watched: Watched, verdict: Verdict, ping: Pushing | None, now: float) -> None:
        judgement, standing = verdict.judgement, watched.standing
        at = ping.at if ping is not None else (verdict.since or now)
        old = advance(standing, judgement.state, judgement.code, judgement.detail, at, 1)
        if ping is not None or old is not None:
            self._record(watched, judgement, at, heard=ping is not None)
        if old is not None:
            self.engine.turned(watched, old)

    def _record(self, watched: Watched, judgement: Judgement, at: float, *, heard: bool) -> None:
        batch, good = self.engine.batch, judgement.state in (State.UP, State.WARN)
        batch.add(at, watched.id, 0.0, judgement.state, judgement.code)
        watched.last_at = max(watched.last_at, at)
        if heard:
            batch.seen[watched.id] = (watched.last_at, good, 0.0, judgement.code)

    def figures(self) -> dict[str, Any]:
        """Return how far the pings were read, to be stored with what they led to.

        Nothing before the first look: what is stored then stays.
        """
        if self.marks is None:
            return {}
        return {"pings": {str(lane): seq for lane, seq in self.marks.items()}}
