"""Who may take which step with a revision, and when (A.3: three different persons): pure."""

from kawal.budget.facts import Record, RevisionFacts, RevisionState, SheetKind
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_

OPEN = (RevisionState.DRAFT, RevisionState.SUBMITTED, RevisionState.VERIFIED)
NOBODY = Reason("budget.nobody", N_("Masuklah dahulu."))


def may_write(revision: RevisionFacts) -> list[Reason]:
    """Return why a revision's content may not be written now."""
    return _elsewhere(revision) + _in_state(revision, RevisionState.DRAFT)


def may_submit(revision: RevisionFacts, person: int) -> list[Reason]:
    """Return why this person may not submit it: it is no draft, or he drafted it himself."""
    reasons = may_write(revision)
    if person == revision.changed_by:
        reasons.append(same_person())
    return reasons


def may_verify(revision: RevisionFacts, person: int, *, open_notes: int) -> list[Reason]:
    """Return why this person may not verify it: its state, its open notes, his own part in it."""
    reasons = _elsewhere(revision) + _in_state(revision, RevisionState.SUBMITTED)
    if person in (revision.changed_by, revision.submitted_by):
        reasons.append(same_person())
    if open_notes:
        reasons.append(
            Reason(
                "budget.notes_open",
                N_("Masih ada %(count)s catatan yang belum dijawab."),
                "notes",
                N_("Kembalikan agar dijawab, atau cabut catatannya."),
                {"count": open_notes},
            )
        )
    return reasons


def may_send_back(revision: RevisionFacts, reason: str) -> list[Reason]:
    """Return why it may not be sent back: nobody submitted it, or no reason is given."""
    known = (RevisionState.SUBMITTED, RevisionState.VERIFIED)
    return _in_state(revision, *known) + says_why(reason)


def may_drop(revision: RevisionFacts, reason: str) -> list[Reason]:
    """Return why it may not be given up: it is no draft, or no reason is given."""
    return _in_state(revision, RevisionState.DRAFT) + says_why(reason)


def may_note(revision: RevisionFacts, text: str) -> list[Reason]:
    """Return why no note may be written now: it was not submitted, or the note is empty."""
    return _in_state(revision, RevisionState.SUBMITTED) + says_why(text, at="text")


def may_answer(*, is_open: bool, answer: str) -> list[Reason]:
    """Return why a note may not be answered: it was before, or nothing is said."""
    reasons = says_why(answer, at="answer")
    if not is_open:
        reasons.append(Reason("budget.note_answered", N_("Catatan ini sudah dijawab.")))
    return reasons


def may_hand_over(
    revision: RevisionFacts, to: Record, reason: str, *, complete: bool
) -> list[Reason]:
    """Return why a document may not change hands; ``complete``: its source and day are said."""
    reasons = _in_state(revision, *OPEN) + says_why(reason)
    if to is revision.record:
        reasons.append(Reason("budget.record_same", N_("Sumber resminya sudah itu."), "to"))
    if not complete:
        text = N_("Sebutkan sumber dan tanggal data di SIPD.")
        reasons.append(Reason("budget.record_incomplete", text, "source"))
    return reasons


def says_why(text: str, at: str = "reason") -> list[Reason]:
    """Return a reason when somebody gives none, or one longer than 1,000 characters."""
    if text.strip() and len(text) <= 1000:
        return []
    return [Reason("budget.say_why", N_("Tulis alasannya, paling banyak 1.000 huruf."), at)]


def may_open(*, has_open: bool, has_sealed: bool) -> list[Reason]:
    """Return why a sheet may not be opened: it is being written, or it was sealed already."""
    if has_open:
        return [already_open()]
    if not has_sealed:
        return []
    text = N_("Lembar RKA ini sudah ditetapkan.")
    return [Reason("budget.sheet_sealed", text, mend=N_("Mulailah perubahan dari isinya."))]


def may_begin(*, has_open: bool, has_sealed: bool) -> list[Reason]:
    """Return why no revision may begin: one is open, or nothing was sealed yet."""
    if has_open:
        return [already_open()]
    if has_sealed:
        return []
    return [Reason("budget.nothing_sealed", N_("Lembar RKA ini belum pernah ditetapkan."))]


def already_open() -> Reason:
    """Return the reason against a second open revision of one sheet."""
    return Reason(
        "budget.revision_open",
        N_("Lembar RKA ini masih punya rancangan yang terbuka."),
        mend=N_("Lanjutkan rancangan itu, atau batalkan dahulu."),
    )


def sheet_reasons(kind: SheetKind, *, has_activity: bool, activity_fits: bool) -> list[Reason]:
    """Return why no sheet can be of this kind with, or without, this activity."""
    if (kind is SheetKind.SPENDING) == has_activity and activity_fits:
        return []
    return [
        Reason(
            "budget.sheet_activity",
            N_("Lembar belanja memerlukan satu sub kegiatan tahun ini; lembar lain tidak."),
            "activity",
        )
    ]


def _elsewhere(revision: RevisionFacts) -> list[Reason]:
    if revision.record is not Record.SIPD:
        return []
    return [
        Reason(
            "budget.record_elsewhere",
            N_("Dokumen ini dikelola di SIPD."),
            mend=N_("Ubah di SIPD lalu impor, atau alihkan sumber resminya ke sini."),
        )
    ]


def _in_state(revision: RevisionFacts, *states: RevisionState) -> list[Reason]:
    if revision.state in states:
        return []
    return [
        Reason(
            "budget.revision_state",
            N_("Langkah ini tidak mungkin pada keadaan dokumen sekarang."),
            mend=N_("Muat ulang halaman untuk melihat keadaannya."),
            values={"state": revision.state.value},
        )
    ]


def same_person() -> Reason:
    """Return the reason against two successive steps by one natural person (A.3, S4)."""
    return Reason(
        "budget.same_person",
        N_("Anda sendiri yang sudah mengambil langkah sebelumnya pada dokumen ini."),
        mend=N_("Langkah berikutnya harus diambil oleh orang lain."),
    )
