"""The steps of a shift: who may take which, when, and what each of them asks for."""

from collections.abc import Collection, Sequence
from datetime import date

from kawal.budget.facts import Instrument, RevisionState
from kawal.budget.facts.shifts import (
    Desk,
    SheetStanding,
    ShiftDraft,
    ShiftFacts,
    ShiftGround,
    ShiftLevel,
    ShiftSheetFacts,
    ShiftState,
)
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_

LONGEST = 500


def may_propose(draft: ShiftDraft, sheets: Sequence[SheetStanding]) -> list[Reason]:
    """Return every reason against a shift as written, sheet by sheet."""
    reasons = []
    if not sheets:
        text = N_("Pilih sedikitnya satu RKA.")
        reasons.append(Reason("shifts.no_sheet", text, at="sheets"))
    if not draft.explanation.strip():
        text = N_("Jelaskan mengapa anggaran perlu digeser.")
        reasons.append(Reason("shifts.explanation", text, at="explanation"))
    urgent = draft.ground is ShiftGround.EMERGENCY
    if urgent and not draft.emergency.strip():
        text = N_("Sebutkan keadaan daruratnya beserta dasar penetapannya.")
        reasons.append(Reason("shifts.emergency", text, at="emergency"))
    if not urgent and draft.emergency.strip():
        text = N_("Keadaan darurat hanya diisi bila itu alasannya.")
        reasons.append(Reason("shifts.no_emergency", text, at="emergency"))
    return reasons + [reason for sheet in sheets for reason in _not_free(sheet)]


def _not_free(sheet: SheetStanding) -> list[Reason]:
    values: dict[str, object] = {"sheet": sheet.name}
    if not sheet.is_of_agency:
        text = N_("RKA %(sheet)s bukan milik SKPD ini.")
        return [Reason("shifts.other_agency", text, at="sheets", values=values)]
    if not sheet.is_enacted:
        text = N_("RKA %(sheet)s belum pernah ditetapkan.")
        return [Reason("shifts.not_enacted", text, at="sheets", values=values)]
    if sheet.held_by is not None:
        text = N_("RKA %(sheet)s sedang digeser dalam pergeseran nomor %(shift)s.")
        values["shift"] = sheet.held_by
        return [Reason("shifts.held", text, at="sheets", values=values)]
    if sheet.open_state not in (None, RevisionState.DRAFT):
        text = N_("RKA %(sheet)s sedang diajukan atau diverifikasi.")
        return [Reason("shifts.under_way", text, at="sheets", values=values)]
    return []


def in_state(shift: ShiftFacts, *states: ShiftState) -> list[Reason]:
    """Return the reason when the shift is not where the step begins: somebody was quicker."""
    if shift.state in states:
        return []
    text = N_("Langkah ini sudah tidak mungkin: keadaan pergeseran sudah berubah.")
    mend = N_("Muat ulang halaman untuk melihat keadaan terakhir.")
    return [Reason("shifts.state", text, mend=mend, values={"state": shift.state.value})]


def says_why(reason: str) -> list[Reason]:
    """Return a reason when no reason is given, or one that is too long."""
    if reason.strip() and len(reason.strip()) <= LONGEST:
        return []
    text = N_("Tuliskan alasannya, paling panjang 500 huruf.")
    return [Reason("shifts.no_reason", text, at="reason")]


def in_shift(shift_id: int) -> Reason:
    """Return the reason against a step of a sheet by itself while an open shift holds it."""
    text = N_("RKA ini bagian dari pergeseran nomor %(shift)s.")
    mend = N_("Ambil langkahnya di halaman pergeseran itu.")
    return Reason("budget.in_shift", text, mend=mend, values={"shift": shift_id})


def drafts_only(sheets: Sequence[ShiftSheetFacts]) -> list[Reason]:
    """Return a reason for each sheet that is not a draft when the shift is handed in."""
    text = N_("RKA %(sheet)s bukan lagi rancangan.")
    return [
        Reason("shifts.no_draft", text, at="sheets", values={"sheet": sheet.name})
        for sheet in sheets
        if sheet.state is not RevisionState.DRAFT
    ]


def as_handed_in(
    sheets: Sequence[ShiftSheetFacts], states: Collection[RevisionState]
) -> list[Reason]:
    """Return a reason for each sheet that is no longer what was handed in."""
    text = N_("Isi RKA %(sheet)s bukan lagi yang diajukan.")
    mend = N_("Kembalikan pergeseran ini untuk diajukan ulang.")
    return [
        Reason("shifts.changed", text, at="sheets", mend=mend, values={"sheet": sheet.name})
        for sheet in sheets
        if sheet.state not in states
        or (sheet.state is RevisionState.SUBMITTED and sheet.version != sheet.seen)
    ]


def same_level(shift: ShiftFacts, level: ShiftLevel | None) -> list[Reason]:
    """Return the reason when the level is no longer the one that the shift was judged by."""
    if level is shift.level:
        return []
    text = N_("Tingkat perubahannya sekarang lain daripada saat diajukan.")
    mend = N_("Kembalikan pergeseran ini untuk diajukan ulang.")
    return [Reason("shifts.level_changed", text, mend=mend)]


DESKS = {
    Instrument.PERKADA: N_("Pergeseran ini diputus oleh Kepala Daerah (%(basis)s)."),
    Instrument.SEKDA: N_("Pergeseran ini diputus oleh Sekretaris Daerah (%(basis)s)."),
    Instrument.PPKD: N_("Pergeseran ini diputus oleh PPKD (%(basis)s)."),
    Instrument.PA: N_("Pergeseran ini diputus oleh Pengguna Anggaran (%(basis)s)."),
}


def wrong_desk(desk: Desk | None, *, is_right: bool) -> list[Reason]:
    """Return the reason when another desk decides, naming which."""
    if desk is None or is_right or desk.instrument not in DESKS:
        return []
    mend = N_("Teruskan kepada pejabat itu.")
    values = {"basis": desk.legal_basis, "desk": desk.instrument.value}
    return [Reason("shifts.wrong_desk", DESKS[desk.instrument], mend=mend, values=values)]


def paper(number: str, day: date | None, today: date) -> list[Reason]:
    """Return what is missing of the paper that approves: its number, its day, not in the future."""
    reasons = []
    if not number.strip():
        text = N_("Isi nomor surat persetujuan.")
        reasons.append(Reason("shifts.number", text, at="number"))
    if day is None or day > today:
        text = N_("Isi tanggal persetujuan, paling lambat hari ini.")
        reasons.append(Reason("shifts.date", text, at="date"))
    return reasons
