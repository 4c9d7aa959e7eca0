"""When a version may be made and why not: the order of kinds, its paper, its sheets, its balance.

Pure; every reason at once. The page lists them before the button, the action stops on them.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from kawal.budget.facts import (
    VERSION_KIND_LABELS,
    Candidate,
    FundBalance,
    Instrument,
    RevisionState,
    Totals,
    VersionKind,
)
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_

Day = datetime.date
KIND = VersionKind
# What the newest version must be (none: there is no version yet); INTERIM stands beside this order.
FOLLOWS: Mapping[VersionKind, frozenset[VersionKind | None]] = {
    KIND.RKA: frozenset({None, KIND.RKA}),
    KIND.RAPBD: frozenset({KIND.RKA, KIND.RAPBD}),
    KIND.APBD: frozenset({KIND.RAPBD}),
    KIND.PENJABARAN: frozenset({KIND.APBD}),
    KIND.SHIFT: frozenset(
        {KIND.PENJABARAN, KIND.SHIFT, KIND.EFFICIENCY, KIND.PENJABARAN_PERUBAHAN}
    ),
    KIND.EFFICIENCY: frozenset(
        {KIND.PENJABARAN, KIND.SHIFT, KIND.EFFICIENCY, KIND.PENJABARAN_PERUBAHAN}
    ),
    KIND.PERUBAHAN: frozenset(
        {KIND.PENJABARAN, KIND.SHIFT, KIND.EFFICIENCY, KIND.PENJABARAN_PERUBAHAN}
    ),
    KIND.PENJABARAN_PERUBAHAN: frozenset({KIND.PERUBAHAN}),
}
INSTRUMENTS: Mapping[VersionKind, frozenset[Instrument]] = {
    KIND.RKA: frozenset({Instrument.NONE}),
    KIND.RAPBD: frozenset({Instrument.NONE}),
    KIND.APBD: frozenset({Instrument.PERDA}),
    KIND.PENJABARAN: frozenset({Instrument.PERKADA}),
    KIND.INTERIM: frozenset({Instrument.PERKADA}),
    KIND.SHIFT: frozenset({Instrument.PERKADA, Instrument.SEKDA, Instrument.PPKD, Instrument.PA}),
    KIND.EFFICIENCY: frozenset({Instrument.PERKADA, Instrument.SEKDA, Instrument.PPKD}),
    KIND.PERUBAHAN: frozenset({Instrument.PERDA}),
    KIND.PENJABARAN_PERUBAHAN: frozenset({Instrument.PERKADA}),
}
CHANGES = frozenset({KIND.INTERIM, KIND.SHIFT, KIND.EFFICIENCY, KIND.PERUBAHAN})
BY_DPA = frozenset(
    {KIND.PENJABARAN, KIND.INTERIM, KIND.SHIFT, KIND.EFFICIENCY, KIND.PENJABARAN_PERUBAHAN}
)
CHANGED_STAGES = BY_DPA - {KIND.PENJABARAN, KIND.INTERIM}
UNBALANCED = frozenset({KIND.RKA, KIND.INTERIM})  # no whole budget yet
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Plan:
    """A version as somebody wants to make it, with all that the rules ask about it.

    ``before`` are the newest version's totals, ``after`` those that the new one would have;
    ``extraordinary`` is in percent, ``changes_a_year`` a number of Perubahan.
    """

    year: int
    kind: VersionKind
    title: str
    instrument: Instrument
    number: str
    date: Day | None
    today: Day
    history: Sequence[VersionKind]
    candidates: Sequence[Candidate]
    after: Totals
    before: Totals = field(default_factory=Totals)
    earmarked: Sequence[FundBalance] = ()
    locked: Sequence[Reason] = ()
    missing: Sequence[int] = ()
    pending: int = 0
    maker: int | None = None
    changes_a_year: int = 1
    extraordinary: Decimal = Decimal(50)


def refusals(plan: Plan) -> list[Reason]:
    """Return every reason why the version may not be made; an empty list allows it."""
    return [
        *order(plan),
        *paper(plan),
        *sheets(plan),
        *balance(plan),
        *(plan.locked if plan.kind is not KIND.RKA else ()),
    ]


def stage(kind: VersionKind, history: Sequence[VersionKind]) -> str:
    """Return the code that document numbers carry: M, then P, P2, P3...; empty without a DPA."""
    if kind not in BY_DPA:
        return ""
    if kind not in CHANGED_STAGES:
        return "M"
    place = sum(one in CHANGED_STAGES for one in history) + 1
    return "P" if place == 1 else f"P{place}"


def may_follow(kind: VersionKind, history: Sequence[VersionKind]) -> bool:
    """Tell whether a kind has its place after these versions, the oldest first."""
    if kind is KIND.INTERIM:
        return KIND.APBD not in history
    last = next((one for one in reversed(history) if one is not KIND.INTERIM), None)
    return last in FOLLOWS[kind]


def order(plan: Plan) -> list[Reason]:
    """Return why the kind has no place here: after which it would, or the one a year is used."""
    found = []
    if not may_follow(plan.kind, plan.history):
        found.append(
            Reason(
                "version.order",
                N_("%(kind)s belum dapat dibuat pada urutan ini."),
                at="kind",
                mend=N_("Urutan: RKA, RAPBD, APBD, Penjabaran; lalu pergeseran atau perubahan."),
                values={"kind": VERSION_KIND_LABELS[plan.kind]},
            )
        )
    made = sum(one is KIND.PERUBAHAN for one in plan.history)
    if plan.kind is KIND.PERUBAHAN and made >= plan.changes_a_year and not _extraordinary(plan):
        found.append(
            Reason(
                "version.one_change_a_year",
                N_(
                    "Perubahan APBD hanya %(times)s kali setahun, kecuali pendapatan atau belanja"
                    " berubah lebih dari %(percent)s%% (keadaan luar biasa)."
                ),
                at="kind",
                values={"times": plan.changes_a_year, "percent": plan.extraordinary},
            )
        )
    return found


def _extraordinary(plan: Plan) -> bool:
    pairs = (
        (plan.before.revenue, plan.after.revenue),
        (plan.before.spending, plan.after.spending),
    )
    return any(abs(new - old) * HUNDRED > old * plan.extraordinary for old, new in pairs if old)


def paper(plan: Plan) -> list[Reason]:
    """Return what is wrong with the title and the paper that gives the version its force."""
    found = []
    if not plan.title.strip():
        found.append(Reason("version.title", N_("Beri judul versi ini."), at="title"))
    allowed = INSTRUMENTS[plan.kind]
    if plan.instrument not in allowed:
        text = N_("Dasar hukum ini tidak memberi kekuatan pada jenis versi ini.")
        found.append(Reason("version.instrument", text, at="instrument"))
    if plan.instrument is Instrument.NONE:
        return found
    if not plan.number.strip():
        text = N_("Isi nomor peraturan atau persetujuannya.")
        found.append(Reason("version.instrument_number", text, at="number"))
    if plan.date is None:
        text = N_("Isi tanggal peraturan atau persetujuannya.")
        found.append(Reason("version.instrument_date", text, at="date"))
    elif plan.date > plan.today:
        text = N_("Tanggal peraturan belum tiba.")
        found.append(Reason("version.instrument_future", text, at="date"))
    return found


def sheets(plan: Plan) -> list[Reason]:
    """Return what is wrong with the revisions that would be sealed."""
    found = [reason for one in plan.candidates for reason in _candidate(plan, one)]
    found += [
        Reason(
            "version.no_revision",
            N_("Rancangan %(revision)s tidak ada pada tahun ini."),
            at=str(revision),
            values={"revision": revision},
        )
        for revision in plan.missing
    ]
    same_again = bool(plan.history) and plan.history[-1] is plan.kind
    if not plan.candidates and (not plan.history or same_again or plan.kind in CHANGES):
        found.append(
            Reason(
                "version.nothing",
                N_("Tidak ada rancangan terverifikasi yang mengubah anggaran."),
                mend=N_("Ajukan dan verifikasi rancangan RKA lebih dahulu."),
            )
        )
    if plan.kind is KIND.RKA and plan.pending:
        found.append(
            Reason(
                "version.pending",
                N_("%(number)s RKA belum diverifikasi TAPD."),
                mend=N_("Verifikasi atau batalkan rancangan yang masih terbuka."),
                values={"number": plan.pending},
            )
        )
    return found


def _candidate(plan: Plan, one: Candidate) -> list[Reason]:
    at, values = str(one.sheet_id), {"sheet": one.label}
    found = []
    if one.state is not RevisionState.VERIFIED:
        text = N_("%(sheet)s belum diverifikasi TAPD.")
        found.append(Reason("version.not_verified", text, at=at, values=values))
    if one.based_on_id != one.head_revision_id:
        found.append(
            Reason(
                "version.stale",
                N_("%(sheet)s disusun di atas versi yang sudah diganti."),
                at=at,
                mend=N_("Buka rancangan baru dari versi terakhir."),
                values=values,
            )
        )
    if plan.maker is not None and one.verified_by == plan.maker:
        text = N_("%(sheet)s Anda verifikasi sendiri; versi ditetapkan oleh orang lain.")
        found.append(Reason("version.same_person", text, at=at, values=values))
    return found


def balance(plan: Plan) -> list[Reason]:
    """Return why the whole does not close: SILPA is not zero, or earmarked money is mixed."""
    if plan.kind in UNBALANCED:
        return []
    return unbalanced(plan.after, plan.earmarked, saves=plan.kind is KIND.EFFICIENCY)


def unbalanced(
    totals: Totals, earmarked: Iterable[FundBalance], *, saves: bool = False
) -> list[Reason]:
    """Return why a whole budget does not close: SILPA is not zero, or earmarked money is mixed.

    ``saves``: less may be planned than comes in, because an order from above cut it.
    """
    found, left = [], totals.left
    if left < 0 or (left > 0 and not saves):
        found.append(
            Reason(
                "version.unbalanced",
                N_("Anggaran tidak seimbang: SILPA tahun berjalan Rp%(left)s, seharusnya nol."),
                mend=N_("Pendapatan - belanja + penerimaan - pengeluaran pembiayaan = 0."),
                values={"left": left},
            )
        )
    return found + [
        _mixed(one)
        for one in earmarked
        if one.is_earmarked and (one.difference < 0 or (one.difference > 0 and not saves))
    ]


def _mixed(fund: FundBalance) -> Reason:
    return Reason(
        "version.earmarked",
        N_(
            "Dana %(fund)s terikat: pendapatannya Rp%(revenue)s, belanjanya Rp%(spending)s;"
            " keduanya harus sama."
        ),
        at=fund.code,
        values={
            "fund": f"{fund.code} {fund.name}",
            "revenue": fund.revenue,
            "spending": fund.planned,
        },
    )


def moved_on() -> Reason:
    """Return the reason when another version was made since the page was read."""
    return Reason(
        "version.moved_on",
        N_("Sudah ada versi yang lebih baru sejak halaman ini dibuka."),
        mend=N_("Periksa kembali versi terakhir, lalu ulangi."),
    )
