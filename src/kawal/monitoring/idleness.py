"""What the city pays for and nobody uses, and whose data have stopped: pure."""

from datetime import date, datetime, timedelta

from kawal.kernel.words import N_
from kawal.monitoring.facts import ApplicationFacts, Decision
from kawal.monitoring.overviews import PolicyFacts

NO_USERS = N_("tidak ada pengguna")
USERS_UNKNOWN = N_("jumlah pengguna tidak diketahui")
NO_LOGIN = N_("login terakhir tidak diketahui")
LONG_AGO = N_("tidak ada login sejak %(day)s")


def idle_reasons(
    application: ApplicationFacts, on: date, policy: PolicyFacts
) -> list[tuple[str, date | None]]:
    """Return why nobody seems to use what is paid for, each with the day it speaks of.

    Empty for what costs nothing, is used, or is retired.
    """
    if not application.cost or application.retired_at:
        return []
    found: list[tuple[str, date | None]] = []
    if application.users == 0:
        found.append((NO_USERS, application.users_on))
    elif application.users is None:
        found.append((USERS_UNKNOWN, None))
    if application.last_login_on is None:
        found.append((NO_LOGIN, None))
    elif application.last_login_on < on - timedelta(days=policy.unused_after_days):
        found.append((LONG_AGO, application.last_login_on))
    return found


def contract_is_due(application: ApplicationFacts, on: date, policy: PolicyFacts) -> bool:
    """Tell whether the contract ends soon, or has ended, and something must be done about it."""
    if application.contract_ends is None or application.decision is Decision.RETIRE:
        return False
    return application.contract_ends <= on + timedelta(days=policy.contract_soon_days)


def data_are_stale(application: ApplicationFacts, at: datetime, policy: PolicyFacts) -> bool:
    """Tell whether the last data are older than the policy allows."""
    last = application.last_data_at
    if last is None or application.decision is Decision.RETIRE:
        return False
    return last < at - timedelta(seconds=policy.stale_after)
