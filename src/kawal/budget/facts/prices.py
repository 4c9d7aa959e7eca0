"""Words and figures of standard prices: items, what they may cost from a day on, who said so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from kawal.kernel.words import N_


class PriceFamily(StrEnum):
    """The four lists of standard prices (Perpres 33/2020, PP 12/2019)."""

    SSH = "ssh"  # goods
    HSPK = "hspk"  # units of work
    ASB = "asb"  # whole activities
    SBU = "sbu"  # fees, travel, meals


PRICE_FAMILY_LABELS = {
    PriceFamily.SSH: N_("SSH (standar satuan harga)"),
    PriceFamily.HSPK: N_("HSPK (harga satuan pokok kegiatan)"),
    PriceFamily.ASB: N_("ASB (analisis standar belanja)"),
    PriceFamily.SBU: N_("SBU (standar biaya umum)"),
}


class ProductType(StrEnum):
    """Where the product comes from; nothing where it was never said."""

    UNSTATED = ""
    DOMESTIC = "domestic"
    IMPORTED = "imported"


PRODUCT_TYPE_LABELS = {
    ProductType.UNSTATED: N_("Belum dinyatakan"),
    ProductType.DOMESTIC: N_("Produk dalam negeri"),
    ProductType.IMPORTED: N_("Produk impor"),
}


class PriceState(StrEnum):
    """How far a price is; approved and rejected ones never change again."""

    PROPOSED = "proposed"  # by an agency
    CHECKED = "checked"  # by the PPKD
    APPROVED = "approved"  # by the TAPD, or enacted in the Perkada that was imported
    REJECTED = "rejected"


PRICE_STATE_LABELS = {
    PriceState.PROPOSED: N_("Diusulkan"),
    PriceState.CHECKED: N_("Diperiksa PPKD"),
    PriceState.APPROVED: N_("Disetujui"),
    PriceState.REJECTED: N_("Ditolak"),
}
OPEN_PRICES = (PriceState.PROPOSED, PriceState.CHECKED)


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """A new item as somebody names it; ``local_content`` (TKDN) in percent."""

    code: str
    family: PriceFamily
    name: str
    specification: str
    unit: str
    product_type: ProductType = ProductType.UNSTATED
    local_content: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PriceDraft:
    """What an item may cost (rupiah, without tax) from a day on, on which accounts, and why."""

    price: Decimal
    account_ids: Sequence[int]
    valid_from: date
    legal_basis: str
    letter: str = ""  # number of the cover letter
    note: str = ""


@dataclass(frozen=True, slots=True)
class EnactedPrice:
    """One row of a list of prices that a Perkada enacted; ``line`` is where it stands."""

    line: int
    item: ItemDraft
    price: PriceDraft
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """An item of the standard prices."""

    id: int
    code: str
    family: PriceFamily
    name: str
    specification: str
    unit: str
    product_type: ProductType
    local_content: Decimal | None


@dataclass(frozen=True, slots=True)
class PriceFacts:
    """A price of an item, proposed or in force; accounts by code."""

    id: int
    item_id: int
    price: Decimal
    valid_from: date
    valid_until: date | None
    legal_basis: str
    letter: str
    note: str
    state: PriceState
    accounts: tuple[str, ...]
    account_ids: frozenset[int]
    agency_id: int | None
    proposed_by: int | None
    proposed_at: datetime
    checked_by: int | None
    checked_at: datetime | None
    approved_by: int | None
    approved_at: datetime | None
    rejected_by: int | None
    rejected_at: datetime | None
    reason: str
    batch: UUID | None


@dataclass(frozen=True, slots=True)
class StandardPrice:
    """What an item may cost on a day at most, and the accounts on which it may stand."""

    item_id: int
    code: str
    family: PriceFamily
    name: str
    specification: str
    unit: str
    price: Decimal
    account_ids: frozenset[int]
    local_content: Decimal | None = None
