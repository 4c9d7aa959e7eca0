"""What monitoring decides: how grave an incident is, what reopens it (no Django)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from kawal.monitoring.codes import Code
from kawal.monitoring.facts import Criticality, Severity, State

MINOR = frozenset(
    {Code.CERT_SOON, Code.STALE, Code.NUMBER_BAD, Code.NUMBER_MISSING, Code.LATE, Code.OVERRUN}
)


def severity(
    criticality: Criticality, users: int | None, many_users: int, code: int = Code.OK
) -> Severity:
    """Return how grave it is that an application fails.

    Its criticality decides; ``many_users`` or more make it one step graver, a reason that does not
    stop the service (a certificate near its end, old data, a late job) one step lighter.
    """
    rank = int(criticality)
    if users is not None and users >= many_users:
        rank -= 1
    if code in MINOR:
        rank += 1
    return Severity(min(max(rank, Severity.CRITICAL), Severity.LOW))


def reopens(resolved_at: datetime, automatic: bool, at: datetime, within: int) -> bool:
    """Tell whether a failure at ``at`` is the same incident again; ``within`` in seconds."""
    return automatic and at - resolved_at <= timedelta(seconds=within)


def is_told(times: int) -> bool:
    """Tell whether people are written to again at the n-th reopening: 1, 2, 4, 8 and so on."""
    return times > 0 and times & (times - 1) == 0


def is_over(states: Mapping[int, State], checks: frozenset[int]) -> bool:
    """Tell whether all checks that took part in an incident are well or no longer watched."""
    well = {State.UP, State.WARN, State.PAUSED}
    return all(states.get(check_id, State.PAUSED) in well for check_id in checks)
