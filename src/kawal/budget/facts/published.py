"""Budgets as the ministry of finance (DJPK) publishes them, by jenis, and whether they close."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from kawal.budget.facts.funds import NIL


@dataclass(frozen=True, slots=True)
class Closing:
    """The four sums of a budget in rupiah; it closes when nothing is left or missing."""

    revenue: Decimal = NIL
    spending: Decimal = NIL
    received: Decimal = NIL  # penerimaan pembiayaan
    spent: Decimal = NIL  # pengeluaran pembiayaan

    @property
    def surplus(self) -> Decimal:
        """Return revenue less spending; a deficit is negative."""
        return self.revenue - self.spending

    @property
    def net(self) -> Decimal:
        """Return what financing brings in, net."""
        return self.received - self.spent

    @property
    def difference(self) -> Decimal:
        """Return what is left over, or, negative, what is missing."""
        return self.surplus + self.net

    @property
    def closes(self) -> bool:
        """Tell whether it is nothing (PP 12/2019: a budget's SILPA is zero)."""
        return self.difference == 0


@dataclass(frozen=True, slots=True)
class PublishedFacts:
    """A government's budget of a year as published; ``code`` is DJPK's, amounts by jenis code.

    ``suspects`` are the jenis to look at first when it does not close.
    """

    id: int
    code: str
    name: str
    year: int
    closing: Closing
    suspects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PublishedAmountFacts:
    """What was last published of one jenis (``4101``), in rupiah, by whom, as of when."""

    jenis: str
    amount: Decimal
    source: str
    as_of: datetime


@dataclass(frozen=True, slots=True)
class JenisRow:
    """One jenis beside our own newest version, in rupiah; ``None`` where one does not have it."""

    jenis: str
    name: str
    published: Decimal | None
    own: Decimal | None

    @property
    def difference(self) -> Decimal:
        """Return our own amount less the published one."""
        return (self.own or NIL) - (self.published or NIL)
