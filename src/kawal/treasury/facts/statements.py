"""A bank statement as any format tells it: balances, entries, where in the file each stood."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class EntryPart:
    """One payment inside an entry that books several at once; ``amount`` in rupiah above zero."""

    amount: Decimal
    end_to_end: str
    remark: str
    name: str


@dataclass(frozen=True, slots=True)
class StatementEntry:
    """What the bank booked: ``amount`` in rupiah above zero, into the account or out of it.

    ``on`` is the booking day, ``value_on`` the day from which it counts. ``is_reversal`` takes an
    earlier entry back. ``line`` is where it begins in the file.
    """

    line: int
    on: date
    value_on: date
    amount: Decimal
    is_credit: bool
    is_reversal: bool
    reference: str
    end_to_end: str
    remark: str
    name: str
    parts: tuple[EntryPart, ...] = ()

    @property
    def change(self) -> Decimal:
        """Return what it adds to the balance, in rupiah; an outgoing one is negative."""
        return self.amount if self.is_credit else -self.amount


@dataclass(frozen=True, slots=True)
class Statement:
    """An account's entries between two balances, in rupiah; below zero it is overdrawn."""

    line: int
    number: str
    account: str
    currency: str
    opening: Decimal
    opening_on: date
    closing: Decimal
    closing_on: date
    entries: tuple[StatementEntry, ...]
