"""How an obligation stands on a day, and whether it may be ticked off; pure."""

from datetime import date, timedelta

from kawal.budget.facts.obligations import ClockState, Mark, Obligation
from kawal.kernel import screening
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_

SHORTEST, LONGEST = 5, 500


def clock_state(
    due: date | None, done_on: date | None, today: date, *, kept_since: date, soon_days: int
) -> ClockState:
    """Return how an obligation stands; ``kept_since``: the day from which the year is kept here."""
    if done_on is not None:
        in_time = due is None or done_on <= due
        return ClockState.DONE if in_time else ClockState.DONE_LATE
    if due is None:
        return ClockState.WAITING
    if due < kept_since:
        return ClockState.BEFORE
    if today > due:
        return ClockState.LATE
    return ClockState.SOON if today >= due - timedelta(days=soon_days) else ClockState.COMING


def marking_refusals(
    obligation: Obligation | None,
    *,
    done_on: date,
    note: str,
    today: date,
    is_responsible: bool,
    marked: Mark | None,
) -> list[Reason]:
    """Return every reason not to tick an obligation off."""
    if obligation is None:
        return [Reason("budget.no_obligation", N_("Kewajiban ini tidak dikenal."))]
    reasons = []
    if obligation.event is not None:
        text = N_("Kewajiban ini terpenuhi oleh langkahnya sendiri dalam aplikasi.")
        reasons.append(
            Reason("budget.fulfilled_by_act", text, mend=N_("Lakukan langkah itu di halamannya."))
        )
    if not is_responsible:
        text = N_("Hanya pejabat penanggung jawabnya yang menandai kewajiban ini selesai.")
        reasons.append(Reason("budget.not_responsible", text))
    if marked is not None:
        text = N_("Kewajiban ini sudah ditandai selesai.")
        reasons.append(Reason("budget.marked_already", text))
    if done_on > today:
        text = N_("Tanggal selesainya belum tiba.")
        reasons.append(Reason("budget.done_in_future", text, at="done_on"))
    return reasons + note_refusals(note)


def unmarking_refusals(*, note: str, is_responsible: bool, marked: Mark | None) -> list[Reason]:
    """Return every reason not to take a tick back."""
    reasons = []
    if marked is None:
        reasons.append(Reason("budget.not_marked", N_("Kewajiban ini belum ditandai selesai.")))
    if not is_responsible:
        text = N_("Hanya pejabat penanggung jawabnya yang membatalkan tanda ini.")
        reasons.append(Reason("budget.not_responsible", text))
    return reasons + note_refusals(note)


def note_refusals(note: str) -> list[Reason]:
    """Return what is wrong with a note: it names the paper, and holds no personal number."""
    if len(note.strip()) < SHORTEST:
        text = N_("Tulis catatannya, misalnya nomor dan tanggal suratnya.")
        return [Reason("budget.no_note", text, at="note")]
    if len(note) > LONGEST:
        text = N_("Paling panjang %(most)s huruf.")
        return [Reason("budget.note_too_long", text, at="note", values={"most": LONGEST})]
    return screening.reasons(note, at="note")
