"""What an NPD and a decree on UP must satisfy; a treasurer refuses what does not (PP 12/2019)."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_
from kawal.treasury.facts.machines import NPD
from kawal.treasury.facts.npd import NpdDraft, NpdFacts, NpdState
from kawal.treasury.rules.cash_books import MOST, SEN

REFUSALS = range(1, 22)  # the reasons of N.4 by number


def _is_money(amount: Decimal) -> bool:
    return amount.is_finite() and 0 < amount < MOST and amount == amount.quantize(SEN)


def mistakes(draft: NpdDraft, line_ids: Iterable[int]) -> list[Reason]:
    """Return what is wrong with a draft; ``line_ids`` are those of its sub kegiatan."""
    found = []
    if not draft.purpose.strip():
        found.append(Reason("npd.purpose", N_("Sebutkan untuk apa."), "purpose"))
    if not draft.amounts:
        found.append(Reason("npd.empty", N_("NPD ini belum berisi rincian.")))
    own = set(line_ids)
    foreign = N_("Rincian ini bukan rincian sub kegiatan NPD.")
    wrong = N_("Isi rupiah di atas nol dengan paling banyak dua angka sen.")
    for line, amount in sorted(draft.amounts.items()):
        if line not in own:
            found.append(Reason("npd.foreign_line", foreign, str(line)))
        if not _is_money(amount):
            found.append(Reason("npd.amount", wrong, str(line)))
    return found


def may_step(npd: NpdFacts, to: NpdState) -> list[Reason]:
    """Return why an NPD does not come to a state from the one it is in."""
    if NPD.allows(npd.state, to):
        return []
    return [Reason("npd.state", N_("Langkah ini tidak sesuai dengan keadaan NPD."))]


def same_person(npd: NpdFacts, person: int) -> list[Reason]:
    """Return why one natural person may not take the next step as well (S2, S4)."""
    before = {npd.requested_by, npd.approved_by} - {None}
    if person not in before:
        return []
    return [Reason("npd.same_person", N_("Orang yang sama sudah mengambil langkah sebelumnya."))]


def payable(
    npd: NpdFacts, accounts: Sequence[str], *, cash: Decimal, promised: Decimal
) -> list[Reason]:
    """Return every reason why a treasurer must refuse to validate.

    ``accounts`` are the beginnings of account codes that UP pays; ``cash`` is his tunai and bank
    of the NPD's stock, ``promised`` what other validated NPD take of it, all in rupiah.
    """
    text = N_("Rekening %(account)s bukan peruntukan UP.")
    found = [
        Reason("npd.not_for_up", text, str(line.line_id), values={"account": line.account_code})
        for line in npd.lines
        if not any(_begins(line.account_code, start) for start in accounts)
    ]
    short = npd.total - (cash - promised)
    if short > 0:
        text = N_("Kas bendahara yang belum dijanjikan kurang Rp%(short)s.")
        mend = N_("Tunggu GU, atau minta TU atau LS.")
        found.append(Reason("npd.short_of_cash", text, mend=mend, values={"short": short}))
    return found


def _begins(code: str, start: str) -> bool:
    return code == start or code.startswith(f"{start}.")


def may_refuse(reasons: Sequence[int]) -> list[Reason]:
    """Return why a refusal does not stand: it names at least one of the known reasons."""
    if reasons and all(reason in REFUSALS for reason in reasons):
        return []
    text = N_("Pilih paling sedikit satu alasan penolakan dari daftar.")
    return [Reason("npd.reasons", text, "reasons")]


def number(serial: int, *, organisation: str, month: int, year: int) -> str:
    """Return an NPD's number, ``000005/NPD/<org>/1/2027``."""
    return f"{serial:06}/NPD/{organisation}/{month}/{year}"


def limit_mistakes(amount: Decimal, kkpd: Decimal, decree: str, held: Decimal) -> list[Reason]:
    """Return what is wrong with a unit's UP; ``held`` came in as cash already, in rupiah."""
    found = []
    if not _is_money(amount):
        found.append(Reason("up.amount", N_("Isi besaran UP di atas nol."), "amount"))
    elif not kkpd.is_finite() or not 0 <= kkpd <= amount or kkpd != kkpd.quantize(SEN):
        text = N_("Bagian KKPD antara nol dan besaran UP.")
        found.append(Reason("up.kkpd", text, "kkpd"))
    elif amount - kkpd < held:
        text = N_("UP tunai sebesar Rp%(held)s sudah diterima.")
        found.append(Reason("up.below_held", text, "amount", values={"held": held}))
    if not decree.strip():
        found.append(Reason("up.decree", N_("Sebutkan nomor keputusan."), "decree"))
    return found


def card_share(amount: Decimal, percent: Decimal) -> Decimal:
    """Return the card's part of UP in full rupiah, rounded down."""
    return (amount * percent / 100).quantize(Decimal(1), rounding="ROUND_DOWN")


def total(amounts: Mapping[int, Decimal]) -> Decimal:
    """Return the sum of amounts by line."""
    return sum(amounts.values(), Decimal(0))
