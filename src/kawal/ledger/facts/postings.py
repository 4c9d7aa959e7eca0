"""What other modules tell the books: an event, its document, and the amounts by account."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kawal.kernel.words import N_


class Event(StrEnum):
    """What happened; each writes none to three journals (Permendagri 64/2013)."""

    BUDGET_ENACTED = "budget_enacted"
    OPENING = "opening"
    ASSESSED = "assessed"  # SKP-D, SKR-D
    RECEIPT = "receipt"  # TBP or STBP of the revenue treasurer
    DEPOSIT = "deposit"  # STS to the RKUD
    DIRECT_RECEIPT = "direct_receipt"  # a taxpayer pays into the RKUD himself
    TRANSFER = "transfer"  # from the centre or the province
    SP2D_UP = "sp2d_up"
    SP2D_GU = "sp2d_gu"
    SP2D_TU = "sp2d_tu"
    UP_PAYMENT = "up_payment"  # TBP out of UP, GU or TU
    TAX_WITHHELD = "tax_withheld"
    TAX_REMITTED = "tax_remitted"  # NTPN
    SPJ_APPROVED = "spj_approved"
    CASH_RETURNED = "cash_returned"  # what is left of UP or TU, by STS
    ACCEPTED = "accepted"  # BAST before payment
    SP2D_LS = "sp2d_ls"
    SP2D_RETURNED = "sp2d_returned"  # the bank could not pay
    CONTRA = "contra"  # overpaid, returned in the same year
    PAST_RETURN = "past_return"  # overpaid in an earlier year
    FINANCING = "financing"
    ADJUSTMENT = "adjustment"
    SP2B = "sp2b"  # BLUD, BOS, JKN legalised
    CORRECTION = "correction"
    YEAR_CLOSE = "year_close"
    CARRIED_FORWARD = "carried_forward"


EVENT_LABELS = {
    Event.BUDGET_ENACTED: N_("Penetapan anggaran"),
    Event.OPENING: N_("Saldo awal"),
    Event.ASSESSED: N_("Ketetapan pajak atau retribusi"),
    Event.RECEIPT: N_("Penerimaan pada bendahara penerimaan"),
    Event.DEPOSIT: N_("Setoran ke RKUD"),
    Event.DIRECT_RECEIPT: N_("Penerimaan langsung di RKUD"),
    Event.TRANSFER: N_("Pendapatan transfer"),
    Event.SP2D_UP: N_("SP2D UP"),
    Event.SP2D_GU: N_("SP2D GU"),
    Event.SP2D_TU: N_("SP2D TU"),
    Event.UP_PAYMENT: N_("Pembayaran dari UP, GU atau TU"),
    Event.TAX_WITHHELD: N_("Pajak dipungut"),
    Event.TAX_REMITTED: N_("Pajak disetor"),
    Event.SPJ_APPROVED: N_("SPJ disahkan"),
    Event.CASH_RETURNED: N_("Sisa UP atau TU disetor"),
    Event.ACCEPTED: N_("Barang atau pekerjaan diterima"),
    Event.SP2D_LS: N_("SP2D LS"),
    Event.SP2D_RETURNED: N_("Retur SP2D"),
    Event.CONTRA: N_("Contra pos"),
    Event.PAST_RETURN: N_("Pengembalian belanja tahun lalu"),
    Event.FINANCING: N_("Pembiayaan"),
    Event.ADJUSTMENT: N_("Penyesuaian"),
    Event.SP2B: N_("Pengesahan SP2B"),
    Event.CORRECTION: N_("Koreksi"),
    Event.YEAR_CLOSE: N_("Penutupan tahun"),
    Event.CARRIED_FORWARD: N_("Saldo dibawa ke tahun berikutnya"),
}


class Part(StrEnum):
    """What an item is to its document."""

    MAIN = "main"
    ACCEPTED = "accepted"  # booked as utang belanja when it was accepted
    DEDUCTION = "deduction"  # withheld for others: an account 2.1.01 (PFK)
    PENALTY = "penalty"  # withheld as the region's own revenue, such as 4.1.04.11


class Entity(StrEnum):
    """Whose books a journal is in: an SKPD's, or those of the PPKD that keeps the treasury."""

    SKPD = "skpd"
    PPKD = "ppkd"


ENTITY_LABELS = {Entity.SKPD: N_("SKPD"), Entity.PPKD: N_("PPKD")}


class JournalKind(StrEnum):
    """Accrual (1, 2, 3.1.01, 3.1.03, 7, 8), or the budget's execution (4, 5, 6, 3.1.02)."""

    FINANCIAL = "financial"
    BUDGET = "budget"


JOURNAL_KIND_LABELS = {
    JournalKind.FINANCIAL: N_("Jurnal finansial"),
    JournalKind.BUDGET: N_("Jurnal pelaksanaan anggaran"),
}


class Side(StrEnum):
    """The side of a journal's line."""

    DEBIT = "debit"
    CREDIT = "credit"


@dataclass(frozen=True, slots=True)
class Item:
    """An amount of a document on an account of level 6, in rupiah above zero.

    ``side`` is said only where the event itself does not decide it: opening balances, adjustments,
    corrections and SP2B. Line, activity and fund are kept for the drill-down.
    """

    account_id: int
    amount: Decimal
    part: Part = Part.MAIN
    side: Side | None = None
    line_id: int | None = None
    activity_id: int | None = None
    fund_id: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The document that a journal comes from: its kind, id and number."""

    kind: str
    id: str
    number: str


@dataclass(frozen=True, slots=True)
class Posting:
    """An event for the books; ``on`` is the city's business day, ``key`` names it for ever.

    ``agency_id`` is the SKPD (a top agency), ``unit_id`` the unit that the document is of.
    """

    event: Event
    agency_id: int
    unit_id: int
    on: date
    source: Source
    key: str
    text: str
    items: tuple[Item, ...]
