"""Words of the NPD and of the amount of UP."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from kawal.kernel.words import N_
from kawal.treasury.facts.cash_books import NIL, Stock

NPD_PAPER = "npd"


class NpdState(StrEnum):
    """How far an NPD is: PPTK, then PA or KPA, then the treasurer."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    VALIDATED = "validated"
    REFUSED = "refused"
    DROPPED = "dropped"


NPD_STATE_LABELS = {
    NpdState.DRAFT: N_("Rancangan"),
    NpdState.SUBMITTED: N_("Diajukan"),
    NpdState.APPROVED: N_("Disetujui"),
    NpdState.VALIDATED: N_("Divalidasi"),
    NpdState.REFUSED: N_("Ditolak"),
    NpdState.DROPPED: N_("Dibatalkan"),
}


@dataclass(frozen=True, slots=True)
class NpdDraft:
    """What a PPTK writes: a sub kegiatan's sheet, for what, and rupiah by budget line."""

    sheet_id: int
    purpose: str
    amounts: Mapping[int, Decimal]
    stock: Stock = Stock.UP
    is_panjar: bool = False


@dataclass(frozen=True, slots=True)
class NpdLineFacts:
    """A line of an NPD in rupiah, with the code of its account."""

    line_id: int
    account_code: str
    account_name: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class NpdFacts:
    """One NPD; ``unit_id`` is its sub kegiatan's unit. Persons by id, amounts in rupiah."""

    id: int
    year: int
    sheet_id: int
    unit_id: int
    stock: Stock
    is_panjar: bool
    purpose: str
    state: NpdState
    version: int
    drafted_by: int
    drafted_at: datetime
    lines: tuple[NpdLineFacts, ...]
    number: str = ""
    requested_by: int | None = None
    requested_at: datetime | None = None
    approved_by: int | None = None
    approved_at: datetime | None = None
    validated_by: int | None = None
    validated_at: datetime | None = None
    refused_by: int | None = None
    refused_at: datetime | None = None
    reasons: tuple[int, ...] = ()
    note: str = ""

    @property
    def total(self) -> Decimal:
        """Return the sum of its lines."""
        return sum((line.amount for line in self.lines), NIL)

    @property
    def amounts(self) -> dict[int, Decimal]:
        """Return rupiah by budget line."""
        return {line.line_id: line.amount for line in self.lines}


@dataclass(frozen=True, slots=True)
class UpLimitFacts:
    """A unit's UP by decree in rupiah; ``kkpd`` is the card's part of it."""

    year: int
    unit_id: int
    number: int
    amount: Decimal
    kkpd: Decimal
    decree: str
    decree_on: date

    @property
    def cash(self) -> Decimal:
        """Return what may come as money."""
        return self.amount - self.kkpd
