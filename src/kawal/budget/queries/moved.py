"""Whether money moved since somebody looked: the newest movement, found without reading others."""

from datetime import datetime

from kawal.budget.models import FundEntry


def last_movement() -> tuple[int, datetime] | None:
    """Return the number and the instant of the newest movement of any line; numbers only grow."""
    return FundEntry.objects.order_by("-pk").values_list("pk", "at").first()
