"""Words of a treasurer's cash: purses of UP and TU, what moves them, and what they hold."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from kawal.kernel.words import N_

NIL = Decimal("0.00")


class Stock(StrEnum):
    """Whose money it is: UP (with its refills) and TU are kept apart."""

    UP = "up"
    TU = "tu"


STOCK_LABELS = {Stock.UP: N_("UP/GU"), Stock.TU: N_("TU")}


class Purse(StrEnum):
    """A helper book of a treasurer: money he has, money lent to a PPTK, or what he owes."""

    TUNAI = "tunai"
    BANK = "bank"
    PANJAR = "panjar"  # advances not yet accounted for
    PAJAK = "pajak"  # withheld and not yet remitted: owed
    KKPD = "kkpd"  # charged to the card and not yet billed to the UP: owed


PURSE_LABELS = {
    Purse.TUNAI: N_("Kas tunai"),
    Purse.BANK: N_("Bank bendahara"),
    Purse.PANJAR: N_("Panjar"),
    Purse.PAJAK: N_("Pajak"),
    Purse.KKPD: N_("KKPD"),
}
OWED = frozenset({Purse.PAJAK, Purse.KKPD})  # their balance is a debt
CASH = (Purse.TUNAI, Purse.BANK)


class CashMove(StrEnum):
    """What moves purses; the first four come in from the RKUD."""

    UP = "up"
    GU = "gu"
    TU = "tu"
    BILL = "bill"  # a refill for the card goes straight on to its bank
    PAYMENT = "payment"  # TBP
    REMIT = "remit"  # tax, with its NTPN
    PANJAR = "panjar"
    SETTLE = "settle"  # a panjar's TBP, and what is returned
    SHIFT = "shift"  # between tunai and bank
    HAND = "hand"  # pelimpahan: UP between a treasurer and his assistant
    RETURN = "return"  # STS to the RKUD
    CORRECT = "correct"  # a reversal of an earlier movement


MOVE_LABELS = {
    CashMove.UP: N_("SP2D UP"),
    CashMove.GU: N_("SP2D GU"),
    CashMove.TU: N_("SP2D TU"),
    CashMove.BILL: N_("Tagihan KKPD"),
    CashMove.PAYMENT: N_("Pembayaran"),
    CashMove.REMIT: N_("Setoran pajak"),
    CashMove.PANJAR: N_("Pemberian panjar"),
    CashMove.SETTLE: N_("Pertanggungjawaban panjar"),
    CashMove.SHIFT: N_("Pergeseran kas"),
    CashMove.HAND: N_("Pelimpahan UP"),
    CashMove.RETURN: N_("Setoran sisa (STS)"),
    CashMove.CORRECT: N_("Pembalikan"),
}
BALANCED = (  # these leave what the treasurer answers for as it is
    CashMove.BILL,
    CashMove.REMIT,
    CashMove.PANJAR,
    CashMove.SHIFT,
    CashMove.HAND,
)


@dataclass(frozen=True, slots=True, order=True)
class Pocket:
    """One purse of one treasurer in one year."""

    year: int
    unit_id: int
    stock: Stock
    purse: Purse


@dataclass(frozen=True, slots=True)
class CashPaper:
    """The document that moves cash: its kind (``sp2d``, ``tbp``, ``npd``, ``sts``...) and id."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class CashMoved:
    """A movement as booked: what it added to each pocket (less is negative), and the balances."""

    key: str
    amounts: dict[Pocket, Decimal]
    balances: dict[Pocket, Decimal]
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """A line of a book: rupiah in and out of a purse, by which document, and the balance then."""

    id: int
    pocket: Pocket
    on: date
    kind: CashMove
    key: str
    paper: CashPaper
    text: str
    debit: Decimal
    credit: Decimal
    at: datetime
    balance: Decimal = NIL


@dataclass(frozen=True, slots=True)
class Holding:
    """What a treasurer answers for out of one stock, in rupiah (D.6.8 of the identity of UP).

    ``held`` came in from the RKUD (or was handed over) and is neither returned nor legalised
    without a refill; the rest is where it is now.
    """

    held: Decimal = NIL
    tunai: Decimal = NIL
    bank: Decimal = NIL
    panjar: Decimal = NIL
    unclaimed: Decimal = NIL  # TBP that no approved LPJ accounts for
    refilling: Decimal = NIL  # approved LPJ whose GU has not come yet
    unremitted: Decimal = NIL

    @property
    def found(self) -> Decimal:
        """Return what is accounted for: the right side of the identity."""
        cash = self.tunai + self.bank + self.panjar
        return cash + self.unclaimed + self.refilling - self.unremitted

    @property
    def difference(self) -> Decimal:
        """Return what is missing (above zero) or too much; zero always holds."""
        return self.held - self.found
