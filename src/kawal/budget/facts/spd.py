"""Words of the SPD: money released by the BUD up to the cash plan, and what came of the year."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from kawal.budget.facts.funds import NIL
from kawal.kernel.words import N_

SPD_PAPER = "spd"
NUMBER_CODE = "01.0"  # of an SPD in the numbers of SIPD-RI


class SpdState(StrEnum):
    """How far an SPD is; a signed one never changes, a withdrawal is a paper of its own."""

    DRAFT = "draft"
    SIGNED = "signed"
    DROPPED = "dropped"


SPD_STATE_LABELS = {
    SpdState.DRAFT: N_("Rancangan"),
    SpdState.SIGNED: N_("Ditandatangani"),
    SpdState.DROPPED: N_("Dibatalkan"),
}


@dataclass(frozen=True, slots=True)
class SpdFacts:
    """One SPD of an agency for some months of a year; amounts in rupiah."""

    id: int
    year: int
    agency_id: int
    first_month: int
    last_month: int
    state: SpdState
    version: int
    total: Decimal
    withdrawn: Decimal
    drafted_by: int | None
    drafted_at: datetime
    number: str = ""
    signed_on: date | None = None
    signed_by: int | None = None
    explanation: str = ""
    terms: str = ""

    @property
    def is_withdrawn(self) -> bool:
        """Tell whether nothing of it is left."""
        return self.state is SpdState.SIGNED and self.withdrawn == self.total

    @property
    def left(self) -> Decimal:
        """Return what it still releases."""
        return self.total - self.withdrawn


@dataclass(frozen=True, slots=True)
class SpdLineFacts:
    """A line of an SPD beside its ceiling and plan, in rupiah.

    ``planned`` is the cash plan to the end of the SPD's months; ``released`` what all signed SPD
    release now, so for a draft: before it.
    """

    line_id: int
    sheet_id: int
    unit_id: int
    activity_code: str
    activity_name: str
    account_code: str
    account_name: str
    amount: Decimal
    ceiling: Decimal
    planned: Decimal
    released: Decimal
    withdrawn: Decimal = NIL


@dataclass(frozen=True, slots=True)
class SpdWithdrawalFacts:
    """A withdrawal: how much of an SPD, why, by whom and when."""

    id: int
    total: Decimal
    reason: str
    by: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Execution:
    """An agency's spending with its units, in rupiah: plan to the end of a month, and what came."""

    agency_id: int
    plan: Decimal = NIL
    ceiling: Decimal = NIL
    released: Decimal = NIL
    reserved: Decimal = NIL
    committed: Decimal = NIL
    paid: Decimal = NIL

    @property
    def deviation(self) -> Decimal | None:
        """Return how far payments lag behind the plan in percent; nothing while none is planned."""
        return (self.plan - self.paid) / self.plan * 100 if self.plan else None

    @property
    def free(self) -> Decimal:
        """Return what new contracts or requests may still take of the ceiling."""
        return self.ceiling - self.committed - self.reserved - self.paid

    @property
    def payable(self) -> Decimal:
        """Return what requests may still take of the money released."""
        return self.released - self.reserved - self.paid


@dataclass(frozen=True, slots=True)
class MonthOfYear:
    """Sums from January to the end of a month, in rupiah: planned, released, paid."""

    month: int
    plan: Decimal = NIL
    released: Decimal = NIL
    paid: Decimal = NIL

    @property
    def deviation(self) -> Decimal | None:
        """Return how far payments lag behind the plan in percent; nothing while none is planned."""
        return (self.plan - self.paid) / self.plan * 100 if self.plan else None
