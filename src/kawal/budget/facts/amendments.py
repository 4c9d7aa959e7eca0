"""Words of what changes the whole budget: Perubahan, efficiency orders, the year without APBD."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from kawal.kernel.words import N_


class AmendmentGround(StrEnum):
    """Why the APBD is changed (PP 12/2019 Ps 161)."""

    ASSUMPTIONS = "assumptions"
    SHIFTS = "shifts"
    SURPLUS = "surplus"
    EMERGENCY = "emergency"
    EXTRAORDINARY = "extraordinary"


AMENDMENT_GROUND_LABELS = {
    AmendmentGround.ASSUMPTIONS: N_("Perkembangan tidak sesuai asumsi KUA"),
    AmendmentGround.SHIFTS: N_("Pergeseran antarorganisasi, program, kegiatan atau jenis belanja"),
    AmendmentGround.SURPLUS: N_("SiLPA tahun lalu harus digunakan"),
    AmendmentGround.EMERGENCY: N_("Keadaan darurat"),
    AmendmentGround.EXTRAORDINARY: N_("Keadaan luar biasa"),
}


class AmendmentState(StrEnum):
    """How far a Perubahan is."""

    OPEN = "open"  # sheets are rewritten and verified; shifts wait
    ENACTED = "enacted"  # Perda
    DETAILED = "detailed"  # Perkada Penjabaran
    WITHDRAWN = "withdrawn"


AMENDMENT_STATE_LABELS = {
    AmendmentState.OPEN: N_("Sedang disusun"),
    AmendmentState.ENACTED: N_("Perda ditetapkan"),
    AmendmentState.DETAILED: N_("Perkada penjabaran ditetapkan"),
    AmendmentState.WITHDRAWN: N_("Ditarik kembali"),
}


class OrderState(StrEnum):
    """How far an efficiency order, or an interim budget, is."""

    OPEN = "open"
    ENACTED = "enacted"
    WITHDRAWN = "withdrawn"


ORDER_STATE_LABELS = {
    OrderState.OPEN: N_("Sedang ditinjau"),
    OrderState.ENACTED: N_("Ditetapkan"),
    OrderState.WITHDRAWN: N_("Ditarik kembali"),
}


@dataclass(frozen=True, slots=True)
class AmendmentFacts:
    """A Perubahan of the year's APBD; ``moved`` is how far estimates moved, in percent."""

    id: int
    year: int
    ground: AmendmentGround
    explanation: str
    moved: Decimal | None
    state: AmendmentState
    opened_by: int
    opened_at: datetime
    enacted_version_id: int | None
    detailed_version_id: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class TargetDraft:
    """What an agency has to give up of accounts below a code: a share in percent, or rupiah."""

    agency_id: int
    prefix: str
    share: Decimal | None = None
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """An instruction from above to spend less."""

    year: int
    number: str
    date: date
    title: str
    targets: tuple[TargetDraft, ...]


@dataclass(frozen=True, slots=True)
class CutLine:
    """A line that a target may touch: its amount and what is used of it already, in rupiah."""

    line_id: int
    account: str
    amount: Decimal
    used: Decimal
    held: bool = False  # its sheet is being rewritten: nothing can be taken now


@dataclass(frozen=True, slots=True)
class Proposal:
    """Cuts by line for one target, and what of it could not be cut, all in rupiah."""

    target: TargetDraft
    wanted: Decimal
    cuts: dict[int, Decimal]
    uncut: Decimal


@dataclass(frozen=True, slots=True)
class TargetFacts:
    """A target of an order: what was wanted and what could not be cut, in rupiah."""

    id: int
    agency_id: int
    prefix: str
    share: Decimal | None
    wanted: Decimal
    uncut: Decimal


@dataclass(frozen=True, slots=True)
class CutFacts:
    """A line's cut: before, as proposed and as its agency agreed, in rupiah."""

    line_id: int
    sheet_id: int
    target_id: int
    account: str
    name: str
    before: Decimal
    proposed: Decimal
    agreed: Decimal


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """An efficiency order as it stands."""

    id: int
    year: int
    number: str
    date: date
    title: str
    state: OrderState
    base_id: int
    version_id: int | None
    ordered_by: int
    ordered_at: datetime
    reason: str
    targets: tuple[TargetFacts, ...] = ()
    reviewed: tuple[int, ...] = ()  # agencies that agreed


@dataclass(frozen=True, slots=True)
class InterimDraft:
    """Spending by Perkada for some months: last year's total is its limit, in rupiah."""

    year: int
    months: int
    last_year: Decimal
    explanation: str


@dataclass(frozen=True, slots=True)
class InterimFacts:
    """The interim budget of a year that began without an APBD."""

    id: int
    year: int
    months: int
    last_year: Decimal
    explanation: str
    state: OrderState
    drafted_by: int
    drafted_at: datetime
    base_id: int
    version_id: int | None
    reason: str
