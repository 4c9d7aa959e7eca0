"""Words of pergeseran: what moves between which lines, on whose desk, how far it is."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from kawal.budget.facts.sheets import RevisionState
from kawal.budget.facts.versions import Instrument
from kawal.kernel.words import N_


class ShiftLevel(StrEnum):
    """The highest thing whose total changes, from the highest down (PP 12/2019 Ps 161-164)."""

    AGENCY = "agency"
    UNIT = "unit"
    PROGRAM = "program"
    KEGIATAN = "kegiatan"
    SUB_KEGIATAN = "sub_kegiatan"
    AKUN = "akun"
    KELOMPOK = "kelompok"
    JENIS = "jenis"
    OBJEK = "objek"
    RINCIAN = "rincian"
    SUB_RINCIAN = "sub_rincian"
    TEXT = "text"  # words, volumes and prices inside a line whose amount stays


SHIFT_LEVEL_LABELS = {
    ShiftLevel.AGENCY: N_("Antar-SKPD"),
    ShiftLevel.UNIT: N_("Antarunit SKPD"),
    ShiftLevel.PROGRAM: N_("Antarprogram"),
    ShiftLevel.KEGIATAN: N_("Antarkegiatan"),
    ShiftLevel.SUB_KEGIATAN: N_("Antar-sub kegiatan"),
    ShiftLevel.AKUN: N_("Antarakun"),
    ShiftLevel.KELOMPOK: N_("Antarkelompok belanja"),
    ShiftLevel.JENIS: N_("Antarjenis belanja"),
    ShiftLevel.OBJEK: N_("Antarobjek dalam jenis yang sama"),
    ShiftLevel.RINCIAN: N_("Antarrincian objek dalam objek yang sama"),
    ShiftLevel.SUB_RINCIAN: N_("Antar-sub rincian dalam rincian objek yang sama"),
    ShiftLevel.TEXT: N_("Uraian, volume atau harga di dalam satu sub rincian"),
}

DESK_LABELS = {
    Instrument.NONE: N_("Belum ditentukan"),
    Instrument.PERDA: N_("DPRD, melalui Perubahan APBD"),
    Instrument.PERKADA: N_("Kepala Daerah"),
    Instrument.SEKDA: N_("Sekretaris Daerah"),
    Instrument.PPKD: N_("PPKD"),
    Instrument.PA: N_("Pengguna Anggaran"),
}


class ShiftState(StrEnum):
    """How far a shift is; the last three are final."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    ENACTED = "enacted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


SHIFT_STATE_LABELS = {
    ShiftState.DRAFT: N_("Rancangan"),
    ShiftState.SUBMITTED: N_("Diajukan"),
    ShiftState.APPROVED: N_("Disetujui"),
    ShiftState.ENACTED: N_("Ditetapkan"),
    ShiftState.REFUSED: N_("Ditolak"),
    ShiftState.WITHDRAWN: N_("Ditarik kembali"),
}
SHIFT_OPEN = (ShiftState.DRAFT, ShiftState.SUBMITTED, ShiftState.APPROVED)


class ShiftGround(StrEnum):
    """Why money has to move."""

    NEED = "need"
    CORRECTION = "correction"
    EMERGENCY = "emergency"  # Perkada first, taken up in the next Perubahan


SHIFT_GROUND_LABELS = {
    ShiftGround.NEED: N_("Kebutuhan pelaksanaan kegiatan"),
    ShiftGround.CORRECTION: N_("Perbaikan kode rekening, uraian atau volume"),
    ShiftGround.EMERGENCY: N_("Keadaan darurat atau mendesak"),
}


class ShiftStep(StrEnum):
    """A step in a shift's life, kept for ever with who, when and why."""

    DRAFTED = "drafted"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    ENACTED = "enacted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class ShiftLine:
    """A line before and after, in rupiah, with the codes that say between what money moves.

    Codes of sheets without an activity (revenue, financing) are empty. ``rewritten`` tells that
    words, volumes, prices or the sheet's header changed.
    """

    line_id: int
    agency: str
    unit: str
    program: str
    kegiatan: str
    sub_kegiatan: str
    account: str
    fund: str
    before: Decimal
    after: Decimal
    rewritten: bool = False
    sheet_id: int = 0
    account_name: str = ""

    @property
    def difference(self) -> Decimal:
        """Return what the line gains, or loses (negative)."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Desk:
    """Who decides on a level, and the law that says so; ``instrument`` is the paper."""

    level: ShiftLevel
    instrument: Instrument
    legal_basis: str


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One step as it was taken."""

    step: str
    person_id: int
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ShiftSheetFacts:
    """A sheet that a shift rewrites; ``seen`` is the revision's counter when it was submitted.

    ``is_current``: the revision still begins at what is in force.
    """

    sheet_id: int
    revision_id: int
    seen: int | None
    version: int
    state: RevisionState
    name: str
    is_current: bool
    unit_id: int
    changed_by: int | None = None


@dataclass(frozen=True, slots=True)
class ShiftFacts:
    """A shift as it stands; amounts are in its changes (``queries.shift_changes``)."""

    id: int
    year: int
    agency_id: int
    ground: ShiftGround
    emergency: str
    explanation: str
    state: ShiftState
    level: ShiftLevel | None
    desk: Instrument
    base_id: int | None
    version_id: int | None
    approval_number: str
    approval_date: date | None
    drafted_by: int
    submitted_by: int | None
    approved_by: int | None
    enacted_by: int | None
    since: datetime
    reason: str
    sheets: tuple[ShiftSheetFacts, ...] = ()
    steps: tuple[StepTaken, ...] = ()


@dataclass(frozen=True, slots=True)
class ShiftDraft:
    """What an officer says of a shift: the sheets of one SKPD, the ground, and why."""

    year: int
    agency_id: int
    ground: ShiftGround
    explanation: str
    sheet_ids: tuple[int, ...]
    emergency: str = ""


@dataclass(frozen=True, slots=True)
class SheetStanding:
    """A sheet that somebody wants to shift money in: whose it is, and whether it is free."""

    sheet_id: int
    name: str
    unit_id: int
    is_of_agency: bool
    is_enacted: bool
    open_revision_id: int | None = None
    open_state: RevisionState | None = None
    held_by: int | None = None  # the shift that holds its open revision
