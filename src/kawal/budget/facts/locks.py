"""Words of locks: what may not be drafted for now, and why."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class LockFacts:
    """A lock on an agency with all its units, or on one sheet; open until it is released."""

    id: int
    year: int
    agency_id: int | None
    sheet_id: int | None
    reason: str
    locked_at: datetime
    locked_by: int | None
    release_reason: str
    released_at: datetime | None
    released_by: int | None

    @property
    def is_open(self) -> bool:
        """Tell whether it still holds."""
        return self.released_at is None
