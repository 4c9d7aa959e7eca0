"""What the rules share: cases with their reasons, and days that meet."""

from collections.abc import Iterable
from datetime import date

from kawal.kernel.refusals import Reason


def applying(cases: Iterable[tuple[bool, Reason]]) -> list[Reason]:
    """Return the reasons whose case is true."""
    return [reason for is_true, reason in cases if is_true]


def share_a_day(one: tuple[date, date | None], other: tuple[date, date | None]) -> bool:
    """Tell whether two spans of days, both ends included and ``None`` open, share a day."""
    return one[0] <= (other[1] or date.max) and other[0] <= (one[1] or date.max)
