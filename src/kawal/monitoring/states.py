"""How results become a state: confirmations before 'down', one good answer for 'up' (no Django)."""

from dataclasses import dataclass

from kawal.monitoring.facts import State

LEAST = 2e-6  # seconds between two changes, so that the table's microseconds differ
ANSWERS = (State.UP, State.WARN)


@dataclass(slots=True)
class Standing:
    """Where one check stands. Instants are seconds since 1970.

    ``failing`` counts bad answers that are not yet confirmed, ``unsure`` the results that say
    nothing; each remembers when its row began.
    """

    state: State = State.UNKNOWN
    since: float = 0.0
    code: int = 0
    detail: str = ""
    failing: int = 0
    failing_at: float = 0.0
    unsure: int = 0
    unsure_at: float = 0.0
    slow: int = 0
    slow_at: float = 0.0

    @property
    def is_settled(self) -> bool:
        """Tell whether no result waits for its confirmation."""
        return not (self.failing or self.unsure or self.slow)


def advance(
    standing: Standing, state: State, code: int, detail: str, at: float, confirmations: int
) -> State | None:
    """Take a result and return the state before, if it has changed now; else ``None``.

    A good answer counts at once. A bad one, a slow one and one that says nothing count after
    ``confirmations`` in a row, and then since the first of them. One that says nothing neither
    confirms an outage nor ends it.
    """
    if state is State.UP:
        standing.failing = standing.unsure = standing.slow = 0
        return _change(standing, state, code, detail, at)
    if state is State.UNKNOWN:
        if not standing.unsure:
            standing.unsure_at = at
        standing.unsure += 1
        if standing.unsure < confirmations:
            return None
        standing.failing = standing.slow = 0
        return _change(standing, state, code, detail, standing.unsure_at)
    standing.unsure = 0
    if state is State.WARN:
        return _warn(standing, code, detail, at, confirmations)
    if not standing.failing:
        standing.failing_at = at
    standing.failing += 1
    if standing.failing < confirmations:
        return None
    return _change(standing, state, code, detail, standing.failing_at)


def _warn(
    standing: Standing, code: int, detail: str, at: float, confirmations: int
) -> State | None:
    """Take an answer that needs a look: it ends an outage at once, but is itself confirmed."""
    standing.failing = 0
    if standing.state not in ANSWERS:
        standing.slow = 0
        return _change(standing, State.WARN, code, detail, at)
    if not standing.slow:
        standing.slow_at = at
    standing.slow += 1
    if standing.slow < confirmations:
        return None
    return _change(standing, State.WARN, code, detail, standing.slow_at)


def _change(standing: Standing, state: State, code: int, detail: str, at: float) -> State | None:
    before = standing.state
    standing.code, standing.detail = code, detail
    if before is state:
        return None
    standing.state = state
    standing.since = later(at, standing.since)
    return before


def later(at: float, since: float) -> float:
    """Return an instant after ``since``: a clock that was set back never reorders history."""
    return at if at > since else since + LEAST
