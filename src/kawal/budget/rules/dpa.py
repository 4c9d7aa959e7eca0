"""When a DPA may be made and taken a step on, and why not: pure, every reason at once."""

from itertools import pairwise

from kawal.budget.facts import DpaFacts, DpaState, VersionKind
from kawal.budget.rules.versions import BY_DPA, CHANGED_STAGES
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_

STATES = tuple(DpaState)
BEFORE = {later: earlier for earlier, later in pairwise(STATES)}
WAITS_FOR = {
    DpaState.SIGNED: N_("DPA ini tidak sedang menunggu tanda tangan PA."),
    DpaState.VERIFIED: N_("DPA ini tidak sedang menunggu verifikasi TAPD."),
    DpaState.APPROVED: N_("DPA ini tidak sedang menunggu persetujuan Sekda."),
    DpaState.RATIFIED: N_("DPA ini tidak sedang menunggu pengesahan PPKD."),
}


def making(
    kind: VersionKind, *, is_skpd: bool, sheets: int, is_changed: bool, is_superseded: bool
) -> list[Reason]:
    """Return every reason why an agency gets no DPA of a version."""
    found = []
    if kind not in BY_DPA:
        text = N_("Dari jenis versi ini tidak dibuat DPA.")
        mend = N_("Tetapkan penjabarannya lebih dahulu.")
        found.append(Reason("dpa.kind", text, at="version", mend=mend))
    if not is_skpd:
        text = N_("DPA dibuat oleh SKPD, bersama semua unitnya.")
        found.append(Reason("dpa.not_skpd", text, at="agency"))
    if not sheets:
        text = N_("Versi ini tidak memuat anggaran SKPD ini.")
        found.append(Reason("dpa.nothing", text, at="agency"))
    if sheets and not is_changed:
        text = N_("Anggaran SKPD ini sama dengan DPA yang sudah disahkan.")
        found.append(Reason("dpa.unchanged", text, at="agency"))
    return found + (superseded() if is_superseded else [])


def step(
    dpa: DpaFacts, state: DpaState, *, person: int | None, is_superseded: bool
) -> list[Reason]:
    """Return every reason why a person may not take a DPA to a state."""
    found = []
    if dpa.state is not BEFORE[state]:
        found.append(Reason("dpa.step", WAITS_FOR[state]))
    before = next(one for one in dpa.steps if one.state is BEFORE[state])
    if state is not DpaState.SIGNED and person is not None and before.by == person:
        text = N_("Langkah sebelumnya Anda lakukan sendiri; langkah ini oleh orang lain.")
        found.append(Reason("dpa.same_person", text))
    return found + (superseded() if is_superseded else [])


def superseded() -> list[Reason]:
    """Return the reason when a later version changed this agency's budget."""
    text = N_("Versi yang lebih baru mengubah anggaran SKPD ini.")
    return [Reason("dpa.superseded", text, mend=N_("Buat DPA dari versi terakhir."))]


def number(kind: VersionKind, agency_code: str, serial: int, year: int) -> str:
    """Return a DPA's number: after a change its first part is DPPA, the rest stays."""
    prefix = "DPPA" if kind in CHANGED_STAGES else "DPA"
    return f"{prefix}/A.1/{agency_code}/{serial:03}/{year}"


def next_step(dpa: DpaFacts) -> DpaState | None:
    """Return the state that a DPA waits for; ``None`` when it is ratified."""
    place = STATES.index(dpa.state) + 1
    return STATES[place] if place < len(STATES) else None


def made_already() -> list[Reason]:
    """Return the reason when the agency has a DPA of this version."""
    return [Reason("dpa.made", N_("DPA dari versi ini sudah dibuat."), at="agency")]


def overtaken() -> list[Reason]:
    """Return the reason when somebody took the step since the page was read."""
    text = N_("DPA ini sudah melangkah sejak halaman ini dibuka.")
    return [Reason("dpa.overtaken", text, mend=N_("Periksa kembali keadaannya."))]
