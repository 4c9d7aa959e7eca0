"""What is wrong with a demo application at a moment: a pure function of seed, code and time.

Three sources, the first that speaks wins: an opening that a visitor sees live in the first
minutes, the nightly maintenance, and a draw for each hour. Nothing is remembered, so two processes
(and a test) agree without talking.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from kawal.demo.chance import chance
from kawal.demo.facts.applications import SITE
from kawal.demo.facts.places import ZONE


class Fault(StrEnum):
    """The ways in which a demo application fails."""

    SLOW = "slow"
    ERROR = "error"
    WRONG_PAGE = "wrong_page"
    REFUSED = "refused"
    HANGING = "hanging"
    REDIRECT = "redirect"
    MAINTENANCE = "maintenance"
    STALE = "stale"
    SILENT_JOB = "silent_job"


@dataclass(frozen=True, slots=True)
class Spell:
    """One fault from ``start`` up to ``end`` (not included), both UTC."""

    fault: Fault
    start: datetime
    end: datetime

    def holds(self, at: datetime) -> bool:
        """Tell whether the fault holds at a moment."""
        return self.start <= at < self.end


@dataclass(frozen=True, slots=True)
class Opening:
    """A fault at a fixed distance from the start of the demo."""

    code: str
    fault: Fault
    after: timedelta
    lasts: timedelta


def _opening(code: str, fault: Fault, after: float, lasts: float) -> Opening:
    return Opening(code, fault, timedelta(minutes=after), timedelta(minutes=lasts))


OPENINGS = (
    _opening("e-dokter", Fault.ERROR, 0, 9),
    _opening("tata-ruang", Fault.WRONG_PAGE, 0, 25),
    _opening("e-pbb", Fault.SLOW, 1, 4),
    _opening("e-warung", Fault.REFUSED, 2, 5),
    _opening("e-kinerja", Fault.ERROR, 4, 3),
    _opening("antrean-rsud", Fault.HANGING, 6, 4),
    _opening("e-saberling", Fault.WRONG_PAGE, 8, 6),
    _opening("jdih", Fault.REDIRECT, 11, 8),
    _opening("siaga-banjir", Fault.STALE, 4, 12),
    _opening("jembatan-sipd", Fault.SILENT_JOB, 6, 12),
)

# Applications that close for a while each night, by the city's clock.
NIGHTLY = {
    "jembatan-sipd": (time(23, 30), timedelta(minutes=20)),
    "e-ra": (time(0, 10), timedelta(minutes=15)),
    "simpeg": (time(1, 0), timedelta(minutes=25)),
    "e-rapor": (time(1, 30), timedelta(minutes=30)),
}

CYCLE = timedelta(hours=1)
CHANCE = 0.24  # of a fault for one application in one hour: about three at any moment
RARELY = 0.10  # the same for a kelurahan's site
_WEIGHTS = (
    (Fault.SLOW, 24),
    (Fault.ERROR, 26),
    (Fault.WRONG_PAGE, 10),
    (Fault.REFUSED, 14),
    (Fault.HANGING, 8),
    (Fault.REDIRECT, 4),
    (Fault.STALE, 8),
    (Fault.SILENT_JOB, 6),
)
_SHORTEST, _LONGEST = timedelta(minutes=3), timedelta(minutes=17)
_EPOCH = datetime.fromisoformat("2026-01-01T00:00:00+00:00")


def spell(seed: int, code: str, at: datetime, *, started: datetime) -> Spell | None:
    """Return the fault of an application at an instant (UTC), or ``None`` when it is well."""
    candidates = [*_opened(code, started), *_nightly(code, at), *_drawn(seed, code, at)]
    return next((one for one in candidates if one.holds(at)), None)


def next_spell(
    seed: int, code: str, at: datetime, *, started: datetime, within: timedelta = 4 * CYCLE
) -> Spell | None:
    """Return the first fault that begins after an instant, no later than ``within`` from it."""
    moments = [at + n * CYCLE for n in range(int(within / CYCLE) + 2)]
    found = _opened(code, started) + [
        one for moment in moments for one in [*_drawn(seed, code, moment), *_nightly(code, moment)]
    ]
    coming = [one for one in found if at < one.start <= at + within]
    return min(coming, key=lambda one: one.start, default=None)


def _opened(code: str, started: datetime) -> list[Spell]:
    return [
        Spell(one.fault, started + one.after, started + one.after + one.lasts)
        for one in OPENINGS
        if one.code == code
    ]


def _nightly(code: str, at: datetime) -> list[Spell]:
    if code not in NIGHTLY:
        return []
    begins, lasts = NIGHTLY[code]
    today = at.astimezone(ZoneInfo(ZONE)).date()
    starts = [
        datetime.combine(day, begins, ZoneInfo(ZONE)).astimezone(at.tzinfo)
        for day in (today - timedelta(days=1), today)
    ]
    return [Spell(Fault.MAINTENANCE, start, start + lasts) for start in starts]


def _drawn(seed: int, code: str, at: datetime) -> list[Spell]:
    """Return the fault drawn for the application's own hour; it ends within that hour."""
    phase = CYCLE * chance(seed, code, "phase")
    hour = (at - _EPOCH - phase) // CYCLE
    if chance(seed, code, hour) >= (RARELY if code.startswith(SITE) else CHANCE):
        return []
    lasts = _SHORTEST + (_LONGEST - _SHORTEST) * chance(seed, code, hour, "lasts")
    start = _EPOCH + phase + hour * CYCLE + (CYCLE - lasts) * chance(seed, code, hour, "start")
    return [Spell(_pick(chance(seed, code, hour, "fault")), start, start + lasts)]


def _pick(share: float) -> Fault:
    mark = share * sum(weight for _, weight in _WEIGHTS)
    for fault, weight in _WEIGHTS:
        mark -= weight
        if mark < 0:
            return fault
    return _WEIGHTS[-1][0]
