"""What a treasurer's purses allow: the database's own promises, said so that he can mend it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_
from kawal.treasury.facts.cash_books import BALANCED, OWED, PURSE_LABELS, CashMove, Pocket, Purse

MOST = Decimal(10) ** 18  # rupiah; a balance is numeric(20,2)
SEN = Decimal("0.01")
_BROKEN = {
    "treasury_cash_balanced": N_("Pemindahan antarkas harus sama besar keluar dan masuk."),
    "treasury_cash_year": N_("Tanggalnya di luar tahun buku ini."),
    "treasury_cash_month_closed": N_("Buku bulan itu sudah ditutup."),
    "treasury_cash_up_once": N_("UP tahun ini sudah diterima; UP hanya sekali setahun."),
    "treasury_cash_up_limit": N_("UP melebihi besaran UP tunai yang ditetapkan."),
    "treasury_cash_balance_of_a_day": N_("Saldo kas pada salah satu hari menjadi kurang dari nol."),
    "treasury_cash_closing_order": N_("Bulan ditutup berurutan."),
    "treasury_cash_closing_cash": N_("Buku berubah sementara bulan ditutup; ulangi."),
}


def mistakes(kind: CashMove, amounts: Mapping[Pocket, Decimal], on: date) -> list[Reason]:
    """Return what is wrong with a movement as it stands; amounts in rupiah, out is negative."""
    found = []
    if not amounts:
        found.append(Reason("cash.empty", N_("Sebutkan jumlahnya.")))
    text = N_("Jumlah harus rupiah dengan paling banyak dua angka sen, dan bukan nol.")
    found += [
        Reason("cash.amount", text, pocket.purse.value)
        for pocket, amount in amounts.items()
        if not _is_rupiah(amount)
    ]
    if found:
        return found
    if any(pocket.year != on.year for pocket in amounts):
        found.append(broken("treasury_cash_year"))
    if kind in BALANCED and answered_for(amounts):
        found.append(broken("treasury_cash_balanced"))
    return found


def _is_rupiah(amount: Decimal) -> bool:
    if not amount.is_finite() or not 0 < abs(amount) < MOST:
        return False
    return amount == amount.quantize(SEN)


def answered_for(amounts: Mapping[Pocket, Decimal]) -> Decimal:
    """Return by how much a movement changes what a treasurer answers for: cash less debts."""
    signed = (-amount if pocket.purse in OWED else amount for pocket, amount in amounts.items())
    return sum(signed, Decimal(0))


def below_zero(
    balances: Mapping[Pocket, Decimal], amounts: Mapping[Pocket, Decimal]
) -> list[Reason]:
    """Return a reason for every purse that holds less than is taken out of it."""
    text = N_("%(purse)s kurang Rp%(short)s.")
    found = []
    for pocket, amount in sorted(amounts.items()):
        left = balances.get(pocket, Decimal(0)) + amount
        if left < 0:
            values = {"purse": PURSE_LABELS[pocket.purse], "short": -left}
            at = pocket.purse.value
            found.append(Reason("cash.below_zero", text, at, _mend(pocket.purse), values))
    return found


def _mend(purse: Purse) -> str:
    if purse is Purse.TUNAI:
        return N_("Geser dari bank bendahara, atau bayar lewat bank.")
    return N_("Kurangi jumlahnya.")


def broken(constraint: str) -> Reason:
    """Return what a promise of the database says when it is broken."""
    text = _BROKEN.get(constraint, N_("Buku kas menolak pencatatan ini."))
    return Reason(f"cash.{constraint.removeprefix('treasury_cash_')}", text)


def key_used() -> Reason:
    """Return that a movement's key stands for another movement."""
    return Reason("cash.key_used", N_("Kunci ini sudah dipakai untuk pencatatan lain."))


def same_treasury(giver: int, taker: int, one_skpd: bool) -> list[Reason]:
    """Return why UP may not be handed over: it goes to another treasurer of the same SKPD."""
    if giver == taker:
        return [Reason("cash.same_treasurer", N_("Pilih bendahara pembantu yang lain."), "taker")]
    if not one_skpd:
        text = N_("UP hanya dilimpahkan di dalam satu SKPD.")
        return [Reason("cash.other_skpd", text, "taker")]
    return []


def may_close(year: int, month: int, closed: int, on: date) -> list[Reason]:
    """Return every reason why a month of the book may not be closed on a day."""
    found = []
    if month != closed + 1 or month > 12:
        found.append(broken("treasury_cash_closing_order"))
    if (on.year, on.month) <= (year, month):
        text = N_("Bulan ini belum berakhir.")
        found.append(Reason("cash.month_not_over", text, "month"))
    return found
