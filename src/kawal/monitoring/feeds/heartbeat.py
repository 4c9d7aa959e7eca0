"""Checks of jobs that report by themselves: start, success, fail; late is down."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_
from kawal.monitoring import cron
from kawal.monitoring.codes import Code
from kawal.monitoring.facts import Kind, State
from kawal.monitoring.feeds.base import (
    UP,
    Judgement,
    PingKind,
    Proposed,
    Pushing,
    Timing,
    Verdict,
)
from kawal.monitoring.feeds.schema import Schema, number, text, wrong

YEAR = 366 * 86_400
_REMEMBERED = {
    PingKind.SUCCESS: "success",
    PingKind.START: "start",
    PingKind.FAIL: "fail",
    PingKind.NUMBERS: "success",
}


def _one_rhythm(spec: Mapping[str, Any]) -> list[Reason]:
    if bool(spec["every"]) == bool(spec["cron"]):
        return [wrong("every", N_("Isi salah satu: every (detik) atau cron"))]
    return []


def _comes(line: str) -> None:
    """Refuse a cron line that is none or never due."""
    cron.read(line).after(datetime(2024, 1, 1, tzinfo=UTC), ZoneInfo("UTC"))


SCHEMA = Schema(
    (
        number("every", least=10, most=YEAR),
        text("cron", longest=100, valid=_comes),
        text("zone", longest=60, default="Asia/Jakarta", valid=ZoneInfo),
        number("grace", least=1, most=YEAR, default=300),
        number("longest", least=1, most=YEAR),
    ),
    (_one_rhythm,),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """The rhythm of a job; seconds."""

    every: int
    cron: cron.Cron | None
    zone: ZoneInfo
    grace: int
    longest: int

    def deadline(self, last: float) -> float:
        """Return when the report after one at ``last`` is late (seconds since 1970)."""
        if self.cron is None:
            return last + self.every + self.grace
        due = self.cron.after(datetime.fromtimestamp(last, UTC), self.zone)
        return due.timestamp() + self.grace


class Heartbeat:
    """Checks of jobs by their reports."""

    kind = Kind.HEARTBEAT
    timing = Timing(interval=60, timeout=1, confirmations=1, recheck=1)
    counts = False

    def reasons(self, spec: Mapping[str, Any]) -> list[Reason]:
        """Return every reason against a spec."""
        return SCHEMA.reasons(spec)

    def read(self, spec: Mapping[str, Any], secrets: Mapping[str, str]) -> Plan:
        """Return the plan of a sound spec."""
        full = SCHEMA.filled(spec)
        return Plan(
            every=full["every"] or 0,
            cron=cron.read(full["cron"]) if full["cron"] else None,
            zone=ZoneInfo(full["zone"]),
            grace=full["grace"],
            longest=full["longest"] or 0,
        )

    def propose(self, address: str) -> list[Proposed]:
        """Propose nothing: only its owner knows a job."""
        return []

    def take(self, plan: Plan, memory: dict[str, Any], ping: Pushing) -> None:
        """Remember the latest report of each kind."""
        name = _REMEMBERED[ping.kind]
        memory[name] = max(ping.at, memory.get(name, 0.0))

    def judge(self, plan: Plan, memory: Mapping[str, Any], now: float) -> Verdict:
        """Return the verdict at an instant, and until when it holds if nothing comes."""
        success, fail = memory.get("success", 0.0), memory.get("fail", 0.0)
        start = memory.get("start", 0.0)
        if fail > success and fail >= start:
            return Verdict(Judgement(State.DOWN, Code.FAILED), since=fail)
        if not success and not start:
            return Verdict(Judgement(State.UNKNOWN, Code.WAITING))
        ends = [(plan.deadline(success or start), Code.LATE)]
        if plan.longest and start > max(success, fail):
            ends.append((start + plan.longest, Code.OVERRUN))
        end, code = min(ends)
        if now >= end:
            return Verdict(Judgement(State.DOWN, code), since=end)
        if fail > success:
            return Verdict(Judgement(State.DOWN, Code.FAILED), until=end, since=fail)
        waiting = Judgement(State.UNKNOWN, Code.WAITING)
        return Verdict(UP if success else waiting, until=end, since=success or None)


FEED = Heartbeat()
