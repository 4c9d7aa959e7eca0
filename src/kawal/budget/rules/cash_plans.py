"""What a cash plan may hold, who may take its next step, and what looks wrong with it."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from kawal.budget.facts import (
    MONTHS,
    NEXT_STATE,
    NIL,
    WAITING_PLANS,
    Months,
    PlanFacts,
    PlanLineFacts,
    PlanState,
)
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_

MOST = Decimal(10) ** 17  # rupiah a month
SEN = Decimal("0.01")
LEAST_FLAT = Decimal(1)  # rupiah between months that still is flat: twelfths leave some sen over


def mistakes(months: Mapping[int, Sequence[Decimal]], line_ids: Iterable[int]) -> list[Reason]:
    """Return what is wrong with amounts as typed; ``at`` is ``<line>.<month>``.

    ``line_ids`` are the unit's own lines.
    """
    own = set(line_ids)
    found = []
    for line, amounts in sorted(months.items()):
        if line not in own:
            text = N_("Rincian ini bukan rincian unit dan tahun ini.")
            found.append(Reason("cash_plan.foreign_line", text, str(line)))
        if len(amounts) != MONTHS:
            text = N_("Sebuah rincian memerlukan jumlah untuk 12 bulan.")
            found.append(Reason("cash_plan.not_twelve", text, str(line)))
        found += [
            reason
            for month, amount in enumerate(amounts, start=1)
            if (reason := _wrong(amount, f"{line}.{month}"))
        ]
    return found


def _wrong(amount: Decimal, at: str) -> Reason | None:
    if not amount.is_finite() or abs(amount) >= MOST:
        return Reason("cash_plan.amount_too_large", N_("Jumlah tidak masuk akal."), at)
    if amount < 0:
        return Reason("cash_plan.below_zero", N_("Jumlah tidak boleh kurang dari nol."), at)
    if amount != amount.quantize(SEN):
        return Reason("cash_plan.below_sen", N_("Jumlah lebih halus dari satu sen."), at)
    return None


def unfit(lines: Iterable[PlanLineFacts]) -> list[Reason]:
    """Return a reason for each line whose twelve months are not what is enacted.

    ``rak_belum_sesuai``: also of a plan in force, when a later version changed the amount.
    """
    more = N_("Anggaran kas melebihi pagu sebesar Rp%(difference)s.")
    less = N_("Anggaran kas kurang dari pagu sebesar Rp%(difference)s.")
    return [
        Reason(
            "cash_plan.rak_belum_sesuai",
            more if line.difference > 0 else less,
            str(line.line_id),
            N_("Ubah bulannya sampai jumlah setahun sama dengan pagu."),
            {"difference": abs(line.difference), "account": line.account_code},
        )
        for line in lines
        if line.difference
    ]


def may_change(plan: PlanFacts) -> list[Reason]:
    """Return why a plan may not be changed: only a draft may."""
    if plan.state is PlanState.DRAFT:
        return []
    text = N_("Anggaran kas ini bukan rancangan lagi.")
    mend = N_("Mintalah agar dikembalikan, atau mulailah revisi baru.")
    return [Reason("cash_plan.not_draft", text, mend=mend)]


def may_begin(open_plan: PlanFacts | None, ceiling: Decimal) -> list[Reason]:
    """Return why a unit may not begin a new writing of its plan."""
    found = []
    if open_plan is not None:
        text = N_("Masih ada anggaran kas yang berjalan untuk unit ini.")
        found.append(Reason("cash_plan.open", text, mend=N_("Lanjutkan yang itu.")))
    if ceiling <= 0:
        text = N_("Belum ada pagu: DPA unit ini belum disahkan.")
        found.append(Reason("cash_plan.no_ceiling", text))
    return found


def may_submit(plan: PlanFacts, lines: Sequence[PlanLineFacts]) -> list[Reason]:
    """Return every reason why a plan may not be handed to the PA."""
    found = may_change(plan)
    if not lines:
        found.append(Reason("cash_plan.empty", N_("Anggaran kas ini belum berisi rincian.")))
    return found + unfit(lines)


def may_validate(plan: PlanFacts, lines: Sequence[PlanLineFacts], person: int) -> list[Reason]:
    """Return every reason why this person may not validate the plan at the desk where it lies."""
    if plan.state not in WAITING_PLANS:
        return [Reason("cash_plan.not_waiting", N_("Anggaran kas ini tidak menunggu validasi."))]
    found = []
    if person in _did(plan):
        text = N_("Satu orang tidak boleh melakukan dua langkah pada anggaran kas yang sama.")
        mend = N_("Mintalah pejabat lain, atau pelaksana tugas yang ditunjuk.")
        found.append(Reason("cash_plan.same_person", text, mend=mend))
    return found + unfit(lines)


def _did(plan: PlanFacts) -> set[int | None]:
    """Return who may not take the next step; the head of the SKPKD is PA and BUD ex officio."""
    if plan.state is PlanState.CHECKED_SEKDA:
        return {plan.submitted_by, plan.sekda_by}
    return {plan.submitted_by, plan.pa_by, plan.sekda_by} - {None}


def may_return(plan: PlanFacts, reason: str) -> list[Reason]:
    """Return why a plan may not be sent back to its drafter."""
    found = []
    if plan.state not in WAITING_PLANS:
        text = N_("Anggaran kas ini tidak menunggu validasi.")
        found.append(Reason("cash_plan.not_waiting", text))
    if not reason.strip():
        found.append(Reason("cash_plan.reason", N_("Sebutkan alasannya."), at="reason"))
    return found


def next_state(plan: PlanFacts) -> PlanState:
    """Return the state that follows when the next desk agrees."""
    return NEXT_STATE[plan.state]


def warnings(lines: Iterable[PlanLineFacts]) -> list[Reason]:
    """Return what an officer should look at again; it refuses nothing."""
    found = []
    for line in lines:
        if not line.total:
            continue
        if line.months[-1] == line.total:
            text = N_("Seluruhnya direncanakan pada bulan Desember.")
            found.append(Reason("cash_plan.all_in_december", text, str(line.line_id)))
        elif is_flat(line.months):
            text = N_("Dibagi rata dua belas bulan tanpa melihat jadwal.")
            found.append(Reason("cash_plan.flat", text, str(line.line_id)))
    return found


def is_flat(months: Months) -> bool:
    """Tell whether the months are twelfths but for what rounding leaves."""
    return min(months) > NIL and max(months) - min(months) < LEAST_FLAT
