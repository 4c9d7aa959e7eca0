"""Whether books may be opened and a period closed: pure."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date

from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_

FIRST, LAST = 2000, 2199


def may_open(year: int, *, exists: bool, known: bool) -> list[Reason]:
    """Return every reason against opening the books of a year."""
    reasons = []
    if not FIRST <= year <= LAST:
        reasons.append(Reason("ledger.year", N_("Tahun pembukuan tidak masuk akal."), "year"))
    if exists:
        text = N_("Pembukuan tahun ini sudah dibuka.")
        reasons.append(Reason("ledger.books_open", text, "year"))
    if not known:
        text, mend = N_("Peraturan kodefikasi ini belum diimpor."), N_("Imporlah daftarnya dahulu.")
        reasons.append(Reason("ledger.decree_unknown", text, "accounts", mend))
    return reasons


def may_close(year: int, month: int, closed: Mapping[int, bool], today: date) -> list[Reason]:
    """Return every reason against closing a month; ``closed`` tells it of each month."""
    reasons = []
    if closed[month]:
        reasons.append(Reason("ledger.closed_before", N_("Periode ini sudah ditutup."), "month"))
    if any(not done for one, done in closed.items() if one < month):
        text = N_("Periode sebelumnya belum ditutup.")
        mend = N_("Tutuplah periode menurut urutannya.")
        reasons.append(Reason("ledger.months_before", text, "month", mend))
    calendar_month = min(month, 12)
    if today <= date(year, calendar_month, monthrange(year, calendar_month)[1]):
        reasons.append(Reason("ledger.not_over", N_("Periode ini belum berakhir."), "month"))
    return reasons
