"""Clocks of the calendar in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kawal.budget.facts.obligations import CLOCK_STATE_LABELS, Clock, ClockState
from kawal.budget.presenters.due_words import rule_words
from kawal.nomenclature.facts import CERTAINTY_LABELS
from kawal.regions.facts import ROLES

TONES = {
    ClockState.DONE: "good",
    ClockState.DONE_LATE: "warn",
    ClockState.LATE: "bad",
    ClockState.SOON: "warn",
    ClockState.COMING: "neutral",
    ClockState.WAITING: "unknown",
    ClockState.BEFORE: "paused",
}
ORDER = (
    ClockState.LATE,
    ClockState.SOON,
    ClockState.WAITING,
    ClockState.COMING,
    ClockState.DONE_LATE,
    ClockState.DONE,
    ClockState.BEFORE,
)


@dataclass(frozen=True, slots=True)
class Row:
    """An obligation on the page: once for the city, or with one clock for each SKPD."""

    key: str
    label: str
    role: str
    state: str
    tone: str
    late: str
    counts: tuple[tuple[str, str, int], ...]  # tone, word, how many: of those with many clocks
    worst: Clock
    sure: str
    rule: str


def rows(clocks: Iterable[Clock]) -> list[Row]:
    """Return the obligations, the late ones first; clocks of one obligation together."""
    by_key: dict[str, list[Clock]] = {}
    for clock in clocks:
        by_key.setdefault(clock.obligation.key, []).append(clock)
    found = [row(some) for some in by_key.values()]
    return sorted(found, key=lambda one: ORDER.index(one.worst.state))


def row(clocks: list[Clock]) -> Row:
    """Return one obligation's line; of many clocks the worst speaks, the longest late first."""
    worst = min(clocks, key=lambda one: (ORDER.index(one.state), -one.late_by))
    counted = [(state, sum(one.state is state for one in clocks)) for state in ORDER]
    return Row(
        worst.obligation.key,
        _(worst.obligation.label),
        ROLES[worst.obligation.role].short,
        state_words(worst),
        TONES[worst.state],
        late_words(worst),
        tuple((TONES[state], _(CLOCK_STATE_LABELS[state]), n) for state, n in counted if n)
        if worst.obligation.each
        else (),
        worst,
        _(CERTAINTY_LABELS[worst.certainty]) if worst.certainty else "",
        rule_words(worst.rule),
    )


def state_words(clock: Clock) -> str:
    """Return how a clock stands."""
    return _(CLOCK_STATE_LABELS[clock.state])


def late_words(clock: Clock) -> str:
    """Return how late it is or was, in days and working days; nothing when it is in time."""
    if not clock.late_by:
        return ""
    values = {"days": clock.late_by, "working": clock.late_working}
    return _("terlambat %(days)s hari (%(working)s hari kerja)") % values
