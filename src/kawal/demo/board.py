"""What ails each application now: the schedule, and what a visitor broke by hand."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kawal.demo import faults
from kawal.demo.faults import Fault, Spell

LONGEST = timedelta(minutes=30)


@dataclass(slots=True)
class Board:
    """The schedule of one run of the demo; ``by_hand`` goes before it."""

    seed: int
    started: datetime
    by_hand: dict[str, Spell] = field(default_factory=dict)

    def spell(self, code: str, at: datetime) -> Spell | None:
        """Return what ails an application at an instant, or ``None``."""
        broken = self.by_hand.get(code)
        if broken is not None and broken.holds(at):
            return broken
        return faults.spell(self.seed, code, at, started=self.started)

    def next_spell(self, code: str, at: datetime) -> Spell | None:
        """Return what comes next for an application by the schedule."""
        return faults.next_spell(self.seed, code, at, started=self.started)

    def break_now(self, code: str, fault: Fault, lasts: timedelta, at: datetime) -> Spell:
        """Break an application from now on, for at most half an hour."""
        self.by_hand[code] = Spell(fault, at, at + min(lasts, LONGEST))
        return self.by_hand[code]

    def mend_now(self, code: str) -> None:
        """Take back what was broken by hand; the schedule goes on."""
        self.by_hand.pop(code, None)
