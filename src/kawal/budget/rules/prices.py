"""Standard prices: what a component may cost and where it may stand; who may propose and decide."""

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal

from kawal.budget.facts import ItemDraft, PriceDraft, PriceFacts, PriceState, StandardPrice
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_

SEN = Decimal("0.01")
MOST = Decimal(10) ** 18
LEAF = 6


def price_day(year: int, today: date) -> date:
    """Return the day whose prices count for a budget year: 1 January while it is drafted before."""
    return min(max(today, date(year, 1, 1)), date(year, 12, 31))


def component_refusals(
    price: Decimal, account_id: int, standard: StandardPrice | None
) -> list[Reason]:
    """Return why a component taken from a standard price may not cost ``price`` (rupiah).

    ``standard`` is the item's price of the day, nothing when it has none. A dearer one is approved
    the same way as any: proposed, checked, approved, and then it is the standard.
    """
    if standard is None:
        text = N_("Barang ini tidak mempunyai standar harga yang berlaku.")
        mend = N_("Pilih barang lain, atau usulkan harganya.")
        return [Reason("price.none", text, at="price_item_id", mend=mend)]
    reasons = []
    if price > standard.price:
        reasons.append(
            Reason(
                "price.over_standard",
                N_("Harga satuan melebihi standar harga Rp%(standard)s sebesar Rp%(over)s."),
                at="price",
                mend=N_("Turunkan harganya, atau usulkan standar harga yang baru."),
                values={"standard": standard.price, "over": price - standard.price},
            )
        )
    if account_id not in standard.account_ids:
        text = N_("%(code)s tidak boleh dianggarkan pada rekening ini.")
        mend = N_("Pilih rekening yang diizinkan untuk barang ini.")
        reasons.append(
            Reason(
                "price.account", text, at="account_id", mend=mend, values={"code": standard.code}
            )
        )
    return reasons


def item_refusals(item: ItemDraft, *, code_taken: bool) -> list[Reason]:
    """Return why a new item cannot be recorded."""
    reasons = [
        Reason("price.empty", N_("Kolom ini harus diisi."), at=at)
        for at in ("code", "name", "unit")
        if not getattr(item, at).strip()
    ]
    if code_taken:
        text = N_("Kode ini sudah dipakai barang lain.")
        reasons.append(Reason("price.code_taken", text, at="code"))
    if item.local_content is not None and not 0 <= item.local_content <= 100:
        text = N_("TKDN antara 0 dan 100 persen.")
        reasons.append(Reason("price.local_content", text, at="local_content"))
    return reasons


def proposal_refusals(
    draft: PriceDraft,
    *,
    leaves: Collection[int],
    waiting: bool,
    held_from: Sequence[date],
) -> list[Reason]:
    """Return why a price cannot be proposed.

    ``leaves``: those of its accounts that are of level 6 and hold on its first day; ``waiting``:
    another proposal is; ``held_from``: the first days of the prices approved so far.
    """
    reasons = amount_refusals(draft)
    if not draft.account_ids or set(draft.account_ids) - set(leaves):
        text = N_("Sebut rekening enam tingkat yang berlaku pada tanggal mulainya.")
        reasons.append(Reason("price.accounts", text, at="accounts"))
    if waiting:
        text = N_("Usulan lain untuk barang ini masih menunggu.")
        mend = N_("Tunggu putusannya, lalu usulkan lagi.")
        reasons.append(Reason("price.waiting", text, mend=mend))
    if any(day >= draft.valid_from for day in held_from):
        reasons.append(later_price())
    return reasons


def amount_refusals(draft: PriceDraft) -> list[Reason]:
    """Return what is wrong with a price by itself."""
    reasons = []
    if not 0 < draft.price < MOST or draft.price != draft.price.quantize(SEN):
        text = N_("Harga harus lebih dari nol, paling kecil satu sen.")
        reasons.append(Reason("price.amount", text, at="price"))
    if not draft.legal_basis.strip():
        reasons.append(Reason("price.no_basis", N_("Isi dasar hukumnya."), at="legal_basis"))
    return reasons


def later_price() -> Reason:
    """Return the reason that a price of that day or a later one stands already."""
    text = N_("Harga yang mulai pada atau sesudah tanggal ini sudah ditetapkan.")
    return Reason("price.later", text, at="valid_from")


def check_refusals(price: PriceFacts, *, by: int) -> list[Reason]:
    """Return why a person cannot check a proposal for the PPKD."""
    return _out_of_turn(price, PriceState.PROPOSED) + _same_person(by, price.proposed_by)


def approve_refusals(price: PriceFacts, *, by: int, held_from: Sequence[date]) -> list[Reason]:
    """Return why a person cannot approve a checked proposal for the TAPD."""
    reasons = _out_of_turn(price, PriceState.CHECKED)
    reasons += _same_person(by, price.proposed_by, price.checked_by)
    if any(day >= price.valid_from for day in held_from):
        reasons.append(later_price())
    return reasons


def reject_refusals(price: PriceFacts, *, by: int, reason: str) -> list[Reason]:
    """Return why a person cannot reject a proposal; why he does he must say."""
    reasons = _same_person(by, price.proposed_by)
    if price.state not in (PriceState.PROPOSED, PriceState.CHECKED):
        reasons.append(Reason("price.decided", N_("Usulan ini sudah diputuskan.")))
    if not reason.strip():
        text = N_("Tuliskan alasan penolakannya.")
        reasons.append(Reason("price.no_reason", text, at="reason"))
    return reasons


def _out_of_turn(price: PriceFacts, wanted: PriceState) -> list[Reason]:
    if price.state is wanted:
        return []
    if price.state is PriceState.PROPOSED:
        return [Reason("price.unchecked", N_("Usulan ini belum diperiksa PPKD."))]
    if price.state is PriceState.CHECKED:
        return [Reason("price.checked", N_("Usulan ini sudah diperiksa PPKD."))]
    return [Reason("price.decided", N_("Usulan ini sudah diputuskan."))]


def _same_person(by: int, *others: int | None) -> list[Reason]:
    if by not in others:
        return []
    return [
        Reason(
            "price.same_person",
            N_("Pengusul, pemeriksa dan pemberi persetujuan harus tiga orang yang berbeda."),
            mend=N_("Mintalah orang lain."),
        )
    ]
