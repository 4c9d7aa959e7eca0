"""The year without an APBD: urgent and binding spending only, within last year's total."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_DOWN, Decimal

from kawal.budget.facts import NIL, VersionKind
from kawal.budget.facts.amendments import InterimDraft
from kawal.budget.rules.efficiency import below, spread
from kawal.budget.rules.funds import SEN
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_

PLANS = (VersionKind.RKA, VersionKind.RAPBD)


def amounts(
    plan: Mapping[int, tuple[str, Decimal]],
    prefixes: Sequence[str],
    *,
    months: int,
    parts: Decimal,
    limit: Decimal,
) -> dict[int, Decimal]:
    """Return what each line may spend, in rupiah: its part of the year, all within the limit.

    ``plan`` gives each line's account and planned amount. Only accounts below ``prefixes`` spend.
    Rounded down to the sen; where all parts together exceed the limit it is spread over them.
    """
    share = min(Decimal(months) / parts, Decimal(1))
    found = {
        line: (amount * share).quantize(SEN, rounding=ROUND_DOWN)
        for line, (account, amount) in plan.items()
        if below(account, prefixes)
    }
    found = {line: amount for line, amount in found.items() if amount}
    if sum(found.values(), NIL) > limit:
        return spread(limit.quantize(SEN, rounding=ROUND_DOWN), found)
    return found


def may_open(draft: InterimDraft, head: VersionKind | None, *, exists: bool) -> list[Reason]:
    """Return every reason against an interim budget."""
    reasons = []
    if head not in PLANS:
        text = N_("Pengeluaran sebelum APBD hanya mungkin selama APBD belum ditetapkan.")
        mend = N_("Susun versi RKA atau RAPBD lebih dahulu bila belum ada.")
        reasons.append(Reason("interim.no_plan", text, mend=mend))
    if exists:
        text = N_("Pengeluaran sebelum APBD untuk tahun ini sudah diusulkan.")
        reasons.append(Reason("interim.exists", text))
    if not 1 <= draft.months <= 12:
        reasons.append(Reason("interim.months", N_("Isi 1 sampai 12 bulan."), at="months"))
    if draft.last_year <= 0:
        text = N_("Isi jumlah APBD tahun lalu; itulah batasnya.")
        reasons.append(Reason("interim.last_year", text, at="last_year"))
    if not draft.explanation.strip():
        text = N_("Jelaskan mengapa APBD belum ditetapkan.")
        reasons.append(Reason("interim.explanation", text, at="explanation"))
    return reasons
