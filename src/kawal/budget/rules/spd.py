"""What an SPD may release: lines with a ratified DPA, within the validated cash plan."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from kawal.budget.facts import Delta, FundsFacts, SpdFacts, SpdLineFacts, SpdState
from kawal.budget.rules import funds
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_


def may_draft(*, is_top: bool, has_draft: bool, months: tuple[int, int]) -> list[Reason]:
    """Return every reason why an SPD may not be drafted for an agency and months."""
    found = []
    if not is_top:
        text = N_("SPD diterbitkan untuk SKPD, bersama unit di bawahnya.")
        found.append(Reason("spd.not_an_skpd", text, at="agency"))
    if has_draft:
        text = N_("Masih ada rancangan SPD untuk SKPD ini.")
        found.append(Reason("spd.open", text, mend=N_("Lanjutkan yang itu.")))
    if not 1 <= months[0] <= months[1] <= 12:
        text = N_("Bulan pertama tidak boleh sesudah bulan terakhir.")
        found.append(Reason("spd.months", text, at="last_month"))
    return found


def mistakes(amounts: Mapping[int, Decimal], line_ids: Iterable[int]) -> list[Reason]:
    """Return what is wrong with amounts as typed, in rupiah by line; ``line_ids`` may be paid."""
    text = N_("Rincian ini bukan rincian belanja SKPD dan tahun ini.")
    foreign = [
        Reason("spd.foreign_line", text, str(line)) for line in sorted(amounts.keys() - line_ids)
    ]
    return foreign + (funds.mistakes(amounts) if amounts else [])


def may_change(spd: SpdFacts) -> list[Reason]:
    """Return why an SPD may not be changed: only a draft may."""
    if spd.state is SpdState.DRAFT:
        return []
    text = N_("SPD ini bukan rancangan lagi.")
    return [Reason("spd.not_draft", text, mend=N_("Tariklah, atau terbitkan SPD berikutnya."))]


def may_sign(
    spd: SpdFacts, lines: Sequence[SpdLineFacts], *, person: int, on: date, over: Decimal
) -> list[Reason]:
    """Return every reason why this person may not sign.

    ``over`` is how many percent of the plan may be released beyond it, with an explanation.
    """
    found = may_change(spd)
    if spd.drafted_by == person:
        text = N_("Yang menyusun SPD tidak boleh menandatanganinya.")
        found.append(Reason("spd.same_person", text))
    if not lines:
        found.append(Reason("spd.empty", N_("SPD ini belum berisi rincian.")))
    if on.year > spd.year:
        found.append(Reason("spd.year_over", N_("Tahun anggaran sudah berakhir.")))
    for line in lines:
        found += _beyond(line, spd, over)
        funds_now = FundsFacts(line.line_id, ceiling=line.ceiling, released=line.released)
        found += funds.refusals(funds_now, Delta(released=line.amount))
    return found


def _beyond(line: SpdLineFacts, spd: SpdFacts, over: Decimal) -> list[Reason]:
    beyond = line.released + line.amount - line.planned
    allowed = line.planned * over / 100
    if beyond <= 0:
        return []
    values = {"beyond": beyond, "account": line.account_code}
    at = str(line.line_id)
    if beyond > allowed:
        text = N_("Melampaui anggaran kas kumulatif yang divalidasi sebesar Rp%(beyond)s.")
        mend = N_("Kurangi jumlahnya, atau revisi anggaran kas lebih dahulu.")
        return [Reason("spd.over_plan", text, at, mend, values)]
    if not spd.explanation.strip():
        text = N_("Melampaui anggaran kas kumulatif sebesar Rp%(beyond)s tanpa penjelasan.")
        return [Reason("spd.unexplained", text, at, N_("Tuliskan penjelasannya."), values)]
    return []


def may_withdraw(
    spd: SpdFacts, left: Mapping[int, Decimal], amounts: Mapping[int, Decimal], reason: str
) -> list[Reason]:
    """Return every reason why so much may not be withdrawn; ``left`` is what it still releases."""
    found = []
    if spd.state is not SpdState.SIGNED:
        found.append(Reason("spd.not_signed", N_("Hanya SPD yang ditandatangani dapat ditarik.")))
    if not reason.strip():
        found.append(Reason("spd.reason", N_("Sebutkan alasannya."), at="reason"))
    found += funds.mistakes(amounts)
    text = N_("Penarikan melebihi sisa SPD pada rincian ini.")
    found += [
        Reason("spd.withdrawn_over", text, str(line))
        for line, amount in sorted(amounts.items())
        if amount > left.get(line, Decimal(0))
    ]
    return found


def proposed(lines: Iterable[SpdLineFacts]) -> dict[int, Decimal]:
    """Return what the plan to the end of the months allows beyond what is released, by line."""
    found = {}
    for line in lines:
        amount = min(line.planned, line.ceiling) - line.released
        if amount > 0:
            found[line.line_id] = amount
    return found


def number(
    serial: int, *, region: str, code: str, organisation: str, stage: str, on: date, year: int
) -> str:
    """Return an SPD's number in the form of SIPD-RI, ``12.75/01.0/000001/<org>/M/1/2027``."""
    return f"{region}/{code}/{serial:06}/{organisation}/{stage}/{on.month}/{year}"
