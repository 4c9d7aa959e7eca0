"""What a line's funds allow: the database's own promises, said so that an officer can mend it."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from kawal.budget.facts import Delta, FundsFacts
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_

MOST = Decimal(10) ** 18  # rupiah; a balance is numeric(20,2)
SEN = Decimal("0.01")


def refusals(before: FundsFacts, delta: Delta) -> list[Reason]:
    """Return every reason why these balances cannot take the movement; ``at`` is the line's id."""
    after = before.after(delta)
    found = [
        *_below_zero(after),
        _short(
            "funds.released_over_ceiling",
            N_("SPD melampaui pagu sebesar Rp%(short)s."),
            after.unreleased,
            N_("Kurangi SPD, atau geser pagu lebih dahulu."),
        ),
        _short(
            "funds.over_released",
            N_("Dana yang sudah disediakan dengan SPD kurang Rp%(short)s."),
            after.payable,
            N_("Terbitkan SPD lebih dahulu, atau kurangi permintaan."),
        ),
        _short(
            "funds.over_ceiling",
            N_("Sisa pagu kurang Rp%(short)s."),
            after.uncommitted,
            N_("Kurangi jumlahnya, atau geser pagu ke rincian ini."),
        ),
    ]
    return [
        Reason(r.code, r.text, str(before.line_id), r.mend, r.values)
        for r in found
        if r is not None
    ]


def _short(code: str, text: str, left: Decimal, mend: str) -> Reason | None:
    return Reason(code, text, mend=mend, values={"short": -left}) if left < 0 else None


def _below_zero(after: FundsFacts) -> Iterable[Reason | None]:
    yield _short("funds.ceiling_below_zero", N_("Pagu menjadi kurang dari nol."), after.ceiling, "")
    yield _short(
        "funds.released_below_zero",
        N_("Penarikan melebihi dana yang sudah disediakan: Rp%(short)s."),
        after.released,
        "",
    )
    yield _short(
        "funds.reserved_below_zero",
        N_("Jumlah melebihi permintaan pembayaran yang berjalan: Rp%(short)s."),
        after.reserved,
        "",
    )
    yield _short(
        "funds.committed_below_zero",
        N_("Jumlah melebihi sisa nilai kontrak: Rp%(short)s."),
        after.committed,
        "",
    )
    yield _short(
        "funds.paid_below_zero",
        N_("Pengembalian melebihi yang sudah dibayar: Rp%(short)s."),
        after.paid,
        "",
    )


def mistakes(amounts: Mapping[int, Decimal], *, signed: bool = False) -> list[Reason]:
    """Return what is wrong with the amounts themselves, in rupiah by line.

    ``signed`` allows less than zero (a change of ceiling); nothing at all moves nothing.
    """
    if not amounts:
        return [Reason("funds.no_line", N_("Tidak ada rincian yang dipilih."))]
    found = []
    for line_id, amount in sorted(amounts.items()):
        at = str(line_id)
        if not amount.is_finite() or abs(amount) >= MOST:
            found.append(Reason("funds.amount_too_large", N_("Jumlah tidak masuk akal."), at))
        elif amount != amount.quantize(SEN):
            found.append(Reason("funds.below_sen", N_("Jumlah lebih halus dari satu sen."), at))
        elif amount == 0 or (amount < 0 and not signed):
            found.append(Reason("funds.not_positive", N_("Jumlah harus lebih dari nol."), at))
    return found


def unequal_shift(amounts: Mapping[int, Decimal]) -> list[Reason]:
    """Return the reason when a shift does not take as much as it gives."""
    left = sum(amounts.values(), Decimal(0))
    if left == 0:
        return []
    text = N_("Pergeseran tidak seimbang: selisih Rp%(difference)s.")
    return [Reason("funds.shift_unequal", text, values={"difference": left})]


def key_used() -> Reason:
    """Return the reason when a movement's key was used for other content."""
    return Reason("funds.key_used", N_("Kunci ini sudah dipakai untuk gerakan dana yang lain."))


def refused_by(constraint: str) -> Reason:
    """Return the reason for a refusal of the database that the rules do not foresee."""
    text = N_("Basis data menolak gerakan dana ini (%(constraint)s).")
    return Reason("funds.refused", text, values={"constraint": constraint})
