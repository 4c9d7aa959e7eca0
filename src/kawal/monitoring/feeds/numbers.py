"""Checks of figures that an application sends: thresholds, and the age of its data."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec

from kawal.kernel.refusals import Reason
from kawal.monitoring.codes import Code
from kawal.monitoring.facts import Kind, State
from kawal.monitoring.feeds.base import (
    UP,
    Judgement,
    Proposed,
    Pushing,
    Timing,
    Verdict,
)
from kawal.monitoring.feeds.schema import Schema, listing, number

YEAR = 366 * 86_400
MOST_FIGURES = 200
LARGEST_BODY = 64 * 1024
_NAME = re.compile(r"[a-zA-Z_:][\w:.]{0,119}(\{[^}]{0,300}\})?")
_SAMPLE = re.compile(r"(?P<name>[a-zA-Z_:][\w:]*(?:\{[^}]*\})?)\s+(?P<value>\S+)(?:\s+\S+)?")
_KEYS = {"name", "warn", "bad", "direction", "required", "stale_after"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its thresholds, which way is worse, and for a date how old it may be."""

    name: str
    warn: float | None
    bad: float | None
    above: bool
    required: bool
    stale_after: int

    def judge(self, value: Any, now: float) -> Judgement:
        """Return the verdict on its value."""
        if value is None:
            return Judgement(State.DOWN, Code.NUMBER_MISSING, self.name) if self.required else UP
        figure = instant(value) if self.stale_after else float(value)
        if self.stale_after and now - figure > self.stale_after:
            return Judgement(State.DOWN, Code.STALE, self.name)
        detail = f"{self.name} = {value}"
        if self._past(figure, self.bad):
            return Judgement(State.DOWN, Code.NUMBER_BAD, detail)
        if self._past(figure, self.warn):
            return Judgement(State.WARN, Code.NUMBER_WARN, detail)
        return UP

    def _past(self, value: float, bound: float | None) -> bool:
        if bound is None:
            return False
        return value >= bound if self.above else value <= bound


def figure(member: Mapping[str, Any]) -> Figure:
    """Return a figure read from a spec.

    :raises ValueError: when it is not sound (KeyError and kin too).
    """
    if set(member) - _KEYS or not _NAME.fullmatch(member["name"]):
        raise ValueError(member)
    direction = member.get("direction", "above")
    if direction not in {"above", "below"}:
        raise ValueError(direction)
    warn, bad = member.get("warn"), member.get("bad")
    for bound in (warn, bad):
        if bound is not None and (isinstance(bound, bool) or not math.isfinite(bound)):
            raise ValueError(bound)
    stale_after = member.get("stale_after") or 0
    if not isinstance(stale_after, int) or not 0 <= stale_after <= YEAR:
        raise ValueError(stale_after)
    return Figure(
        member["name"],
        warn,
        bad,
        above=direction == "above",
        required=bool(member.get("required", True)),
        stale_after=stale_after,
    )


SCHEMA = Schema(
    (
        listing("figures", figure, least=1, most=50),
        number("stale_after", least=10, most=YEAR, default=86_400),
    )
)


@dataclass(frozen=True, slots=True)
class Plan:
    """The figures to judge, and how long silence is bearable; seconds."""

    figures: tuple[Figure, ...]
    stale_after: int


class Numbers:
    """Checks of pushed figures."""

    kind = Kind.NUMBERS
    timing = Timing(interval=60, timeout=1, confirmations=1, recheck=1)
    counts = False

    def reasons(self, spec: Mapping[str, Any]) -> list[Reason]:
        """Return every reason against a spec."""
        return SCHEMA.reasons(spec)

    def read(self, spec: Mapping[str, Any], secrets: Mapping[str, str]) -> Plan:
        """Return the plan of a sound spec."""
        full = SCHEMA.filled(spec)
        return Plan(tuple(figure(one) for one in full["figures"]), full["stale_after"])

    def propose(self, address: str) -> list[Proposed]:
        """Propose nothing: only its owner knows its figures."""
        return []

    def take(self, plan: Plan, memory: dict[str, Any], ping: Pushing) -> None:
        """Remember the latest figures; one that is not sent again keeps its value."""
        if ping.at >= memory.get("at", 0.0):
            memory["at"] = ping.at
            memory["values"] = {**memory.get("values", {}), **ping.values}

    def judge(self, plan: Plan, memory: Mapping[str, Any], now: float) -> Verdict:
        """Return the worst of the figures, and when silence or age will change it."""
        if "at" not in memory:
            return Verdict(Judgement(State.UNKNOWN, Code.WAITING))
        silent_from = memory["at"] + plan.stale_after
        if now >= silent_from:
            return Verdict(Judgement(State.DOWN, Code.STALE), since=silent_from)
        values = memory.get("values", {})
        worst = max(
            (one.judge(values.get(one.name), now) for one in plan.figures),
            key=lambda judgement: judgement.state.weight,
        )
        ages = [
            instant(values[one.name]) + one.stale_after
            for one in plan.figures
            if one.stale_after and values.get(one.name) is not None
        ]
        until = min([silent_from, *(age for age in ages if age > now)])
        return Verdict(worst, until=until, since=memory["at"])


def instant(value: Any) -> float:
    """Return an instant in seconds since 1970, from a number or ISO 8601 (UTC unless it says).

    :raises ValueError: when it is none.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    at = datetime.fromisoformat(value)
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()


def parse(body: bytes) -> dict[str, Any]:
    """Return the figures of a JSON object or of OpenMetrics text.

    :raises ValueError: when it is neither, or too much.
    """
    if len(body) > LARGEST_BODY:
        raise ValueError("too large")
    found = _json(body) if body.lstrip()[:1] == b"{" else _openmetrics(body)
    if not found or len(found) > MOST_FIGURES:
        raise ValueError(f"{len(found)} figures")
    return found


def _json(body: bytes) -> dict[str, Any]:
    try:
        found = msgspec.json.decode(body)
    except msgspec.DecodeError as error:
        raise ValueError(str(error)) from None
    for name, value in found.items():
        if not _NAME.fullmatch(name):
            raise ValueError(name)
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise ValueError(name)
        if isinstance(value, str):
            instant(value)
    return dict(found)


def _openmetrics(body: bytes) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for line in body.decode("utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        sample = _SAMPLE.fullmatch(line.strip())
        if sample is None or not math.isfinite(value := float(sample["value"])):
            raise ValueError(line[:80])
        found[sample["name"]] = value
    return found


FEED = Numbers()
