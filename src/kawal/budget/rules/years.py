"""Whether a budget year may be opened: pure."""

from collections.abc import Sequence

from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_

FIRST, LAST = 2000, 2199


def may_open_year(year: int, *, exists: bool, missing: Sequence[str]) -> list[Reason]:
    """Return every reason against opening a year; ``missing`` names the lists without a decree."""
    reasons = []
    if not FIRST <= year <= LAST:
        reasons.append(Reason("budget.year", N_("Tahun anggaran tidak masuk akal."), "year"))
    if exists:
        text = N_("Tahun anggaran ini sudah dibuka.")
        reasons.append(Reason("budget.year_open", text, "year"))
    text = N_("Peraturan kodefikasi ini belum diimpor.")
    mend = N_("Imporlah daftarnya dahulu.")
    return reasons + [Reason("budget.decree_unknown", text, name, mend) for name in missing]
