"""A cut ordered in mid-year: what each line can give, and what nobody can; exact to the sen."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from kawal.budget.facts import NIL
from kawal.budget.facts.amendments import CutFacts, CutLine, OrderDraft, Proposal, TargetDraft
from kawal.budget.rules.funds import SEN
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_


def below(code: str, prefixes: Iterable[str]) -> bool:
    """Tell whether an account is one of some codes or below one; a prefix ends with a segment."""
    return any(code == prefix or code.startswith(f"{prefix}.") for prefix in prefixes)


def propose(target: TargetDraft, lines: Sequence[CutLine], excluded: Sequence[str]) -> Proposal:
    """Return what each line gives for a target, in proportion to what it has unused.

    Excluded accounts neither count nor give. A line never goes below what is used of it; a sheet
    that is being rewritten gives nothing now. What is missing in the end is ``uncut``.
    """
    counted = [
        line
        for line in lines
        if below(line.account, [target.prefix]) and not below(line.account, excluded)
    ]
    wanted = wanted_of(target, sum((line.amount for line in counted), NIL))
    free = {line.line_id: room(line) for line in counted}
    cuts = spread(min(wanted, sum(free.values(), NIL)), free)
    return Proposal(target, wanted, cuts, wanted - sum(cuts.values(), NIL))


def wanted_of(target: TargetDraft, total: Decimal) -> Decimal:
    """Return what a target comes to: its rupiah, or its share in percent of a total."""
    if target.amount is not None:
        return target.amount
    share = (target.share or Decimal(0)) / 100
    return (total * share).quantize(SEN, rounding=ROUND_HALF_UP)


def room(line: CutLine) -> Decimal:
    """Return what a line can give, in rupiah: what nobody used, and nothing while it is held."""
    return NIL if line.held else max(line.amount - line.used, NIL)


def spread(amount: Decimal, free: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """Divide an amount in proportion to what each has free, to the sen and never above it.

    Shares are rounded down; the sen that are left go to the first lines with room.

    :raises ValueError: when it is more than all have together.
    """
    total = sum(free.values(), NIL)
    if amount > total:
        raise ValueError("more than all have")
    if not amount:
        return {}
    parts = {
        line: (amount * part / total).quantize(SEN, rounding=ROUND_DOWN)
        for line, part in free.items()
    }
    left = amount - sum(parts.values(), NIL)
    for line in sorted(parts):
        more = min(left, free[line] - parts[line])
        parts[line], left = parts[line] + more, left - more
    return {line: part for line, part in parts.items() if part}


def may_order(draft: OrderDraft) -> list[Reason]:
    """Return every reason against an order as written."""
    reasons = []
    if not draft.number.strip() or not draft.title.strip():
        text = N_("Sebutkan nomor dan perihal instruksi.")
        reasons.append(Reason("efficiency.no_instruction", text, at="number"))
    if not draft.targets:
        text = N_("Sebutkan sedikitnya satu sasaran.")
        reasons.append(Reason("efficiency.no_target", text, at="targets"))
    for place, target in enumerate(draft.targets):
        reasons += _wrong_target(target, f"targets.{place}")
    return reasons + _overlapping(draft.targets)


def _wrong_target(target: TargetDraft, at: str) -> list[Reason]:
    share, amount = target.share, target.amount
    if not below(target.prefix, ["5"]):
        text = N_("Efisiensi hanya mengenai belanja: kode rekening mulai dengan 5.")
        return [Reason("efficiency.prefix", text, at=at)]
    if (share is None) == (amount is None):
        text = N_("Isi persentase atau jumlah rupiah, salah satu saja.")
        return [Reason("efficiency.one_measure", text, at=at)]
    if share is not None and not 0 < share <= 100:
        text = N_("Persentase harus di atas 0 dan paling banyak 100.")
        return [Reason("efficiency.share", text, at=at)]
    if amount is not None and (amount <= 0 or amount != amount.quantize(SEN)):
        text = N_("Jumlah harus lebih dari nol dan bulat sampai sen.")
        return [Reason("efficiency.amount", text, at=at)]
    return []


def _overlapping(targets: Sequence[TargetDraft]) -> list[Reason]:
    text = N_("Rekening %(prefix)s sudah tercakup oleh sasaran lain untuk SKPD yang sama.")
    return [
        Reason("efficiency.overlap", text, at=f"targets.{place}", values={"prefix": one.prefix})
        for place, one in enumerate(targets)
        if any(
            other.agency_id == one.agency_id and below(one.prefix, [other.prefix])
            for number, other in enumerate(targets)
            if number != place
        )
    ]


def may_agree(
    cuts: Sequence[CutFacts], agreed: Mapping[int, Decimal], lines: Mapping[int, CutLine]
) -> list[Reason]:
    """Return every reason against how an agency divides its cuts: by line, then by target."""
    reasons = [
        reason
        for cut in cuts
        for reason in _wrong_cut(agreed.get(cut.line_id, cut.agreed), lines[cut.line_id])
    ]
    targets = sorted({cut.target_id for cut in cuts})
    return reasons + [r for target in targets for r in _missing(target, cuts, agreed)]


def still_possible(cuts: Sequence[CutFacts], lines: Mapping[int, CutLine]) -> list[Reason]:
    """Return a reason for each agreed cut that its line cannot give any more."""
    text = N_("Rekening %(account)s kini hanya dapat berkurang Rp%(most)s, bukan Rp%(cut)s.")
    held = N_("RKA dengan rekening %(account)s sedang disusun; selesaikan atau batalkan dahulu.")
    reasons = []
    for cut in cuts:
        line = lines.get(cut.line_id)
        values: dict[str, object] = {"account": cut.account, "cut": cut.agreed}
        if line is not None and line.held:
            at = str(cut.line_id)
            reasons.append(Reason("efficiency.held", held, at=at, values=values))
        elif line is None or cut.agreed > room(line):
            values["most"] = room(line) if line else NIL
            at = str(cut.line_id)
            reasons.append(Reason("efficiency.used_since", text, at=at, values=values))
    return reasons


def _wrong_cut(amount: Decimal, line: CutLine) -> list[Reason]:
    at = str(line.line_id)
    if amount < 0 or amount != amount.quantize(SEN):
        text = N_("Pengurangan tidak boleh negatif dan harus bulat sampai sen.")
        return [Reason("efficiency.cut", text, at=at)]
    if amount > (most := room(line)):
        text = N_("Rincian ini hanya dapat berkurang Rp%(most)s; selebihnya sudah terpakai.")
        return [Reason("efficiency.used", text, at=at, values={"most": most})]
    return []


def _missing(target: int, cuts: Sequence[CutFacts], agreed: Mapping[int, Decimal]) -> list[Reason]:
    mine = [cut for cut in cuts if cut.target_id == target]
    wanted = sum((cut.proposed for cut in mine), NIL)
    given = sum((agreed.get(cut.line_id, cut.agreed) for cut in mine), NIL)
    if given == wanted:
        return []
    text = N_("Jumlah pengurangan harus tetap Rp%(wanted)s; sekarang Rp%(given)s.")
    values = {"wanted": wanted, "given": given}
    return [Reason("efficiency.sum", text, at=f"target.{target}", values=values)]
