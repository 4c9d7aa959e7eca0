"""What matching a statement compares and finds: payments sent, and which entry is which."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Sent:
    """A payment that the bank was told to make; amounts in rupiah.

    ``key`` is its end-to-end id in the payment file, ``taxes`` are its deductions one by one.
    """

    id: int
    number: str
    key: str
    gross: Decimal
    net: Decimal
    taxes: tuple[Decimal, ...]
    name: str
    on: date


class Booked(StrEnum):
    """How the bank booked a payment: one debit of all, or the net and each tax apart."""

    GROSS = "gross"
    NET = "net"
    TAX = "tax"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class Match:
    """An entry (or one part of it) is this booking of a payment."""

    payment_id: int
    booked: Booked
    by_number: bool


@dataclass(frozen=True, slots=True)
class Matching:
    """Matches by the entry's place; for each other entry the likeliest payments, best first."""

    matches: dict[int, tuple[Match, ...]]
    candidates: dict[int, tuple[int, ...]]
