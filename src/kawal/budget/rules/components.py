"""Whether a component can stand as it is written (Permendagri 77/2020, RKA): pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from kawal.budget.facts import ComponentDraft, StandardPrice, Volume
from kawal.budget.facts.rka import MOST_VOLUMES
from kawal.budget.rules.prices import component_refusals
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_

MOST_AMOUNT = Decimal(10) ** 18  # rupiah; what a column of 20 digits with sen can hold
MOST_VOLUME = Decimal(10) ** 14
MOST_TAX = Decimal(100)
TEXTS = (("name", 300), ("specification", 500), ("group", 300), ("note", 300))


def component_reasons(draft: ComponentDraft, at: str = "") -> list[Reason]:
    """Return every reason against a component; ``at`` is put before the name of the field."""
    return [
        *_texts(draft, at),
        *_volumes(draft.volumes, at),
        *_rupiah(draft.price, f"{at}price"),
        *_tax(draft.tax, f"{at}tax"),
        *_amount(draft, f"{at}price"),
    ]


def price_reasons(
    components: Iterable[tuple[str, int, ComponentDraft]], standards: Mapping[int, StandardPrice]
) -> list[Reason]:
    """Return where components taken from standard prices break them (C.5, rules 2 and 3).

    Each component comes with what is put before its fields, and the id of its account;
    ``standards`` are the prices of the day by item.
    """
    return [
        replace(reason, at=f"{at}{reason.at}")
        for at, account, draft in components
        if draft.price_item_id is not None
        for reason in component_refusals(draft.price, account, standards.get(draft.price_item_id))
    ]


def amount_of(draft: ComponentDraft) -> Decimal:
    """Return the amount in rupiah before the database rounds it; it is only a measure of size."""
    product = draft.price * (1 + draft.tax / 100)
    for volume in draft.volumes:
        product *= volume.amount
    return product


def _texts(draft: ComponentDraft, at: str) -> list[Reason]:
    reasons = []
    if not draft.name.strip():
        reasons.append(
            Reason(
                "budget.component_unnamed",
                N_("Nama komponen belum diisi."),
                f"{at}name",
                N_("Tulis barang atau jasa yang dianggarkan."),
            )
        )
    for name, most in TEXTS:
        if len(getattr(draft, name)) > most:
            text = N_("Teks ini lebih panjang dari %(most)s huruf.")
            reasons.append(Reason("budget.too_long", text, f"{at}{name}", values={"most": most}))
    return reasons


def _volumes(volumes: tuple[Volume, ...], at: str) -> list[Reason]:
    if not 1 <= len(volumes) <= MOST_VOLUMES:
        return [
            Reason(
                "budget.volumes",
                N_("Koefisien terdiri atas satu sampai empat volume."),
                f"{at}volume1",
                N_("Isi volume dan satuannya, misalnya 3 Orang x 2 Hari."),
            )
        ]
    return [
        reason for place, volume in enumerate(volumes, 1) for reason in _volume(volume, place, at)
    ]


def _volume(volume: Volume, place: int, at: str) -> list[Reason]:
    reasons = []
    if not _whole(volume.amount, 4) or not 0 <= volume.amount < MOST_VOLUME:
        reasons.append(
            Reason(
                "budget.volume",
                N_("Volume harus angka nol atau lebih, paling banyak empat angka desimal."),
                f"{at}volume{place}",
            )
        )
    if not volume.unit.strip() or len(volume.unit) > 40:
        reasons.append(
            Reason(
                "budget.unit",
                N_("Satuan belum diisi, atau lebih panjang dari 40 huruf."),
                f"{at}unit{place}",
                N_("Tulis satuannya, misalnya Rim, Orang atau Bulan."),
            )
        )
    return reasons


def _rupiah(amount: Decimal, at: str) -> list[Reason]:
    if _whole(amount, 2) and 0 <= amount < MOST_AMOUNT:
        return []
    text = N_("Nilai rupiah harus nol atau lebih, paling banyak dua angka desimal (sen).")
    return [Reason("budget.rupiah", text, at)]


def _tax(tax: Decimal, at: str) -> list[Reason]:
    if _whole(tax, 3) and 0 <= tax <= MOST_TAX:
        return []
    text = N_("Pajak adalah persentase dari 0 sampai 100, paling banyak tiga angka desimal.")
    return [Reason("budget.tax", text, at)]


def _amount(draft: ComponentDraft, at: str) -> list[Reason]:
    numbers = (draft.price, draft.tax, *(volume.amount for volume in draft.volumes))
    if not all(number.is_finite() for number in numbers) or draft.price >= MOST_AMOUNT:
        return []  # said already
    if amount_of(draft) < MOST_AMOUNT:
        return []
    text = N_("Jumlah komponen ini lebih besar dari yang dapat dicatat.")
    return [Reason("budget.amount_too_large", text, at)]


def _whole(number: Decimal, places: int) -> bool:
    """Tell whether a number is finite and has no more digits behind the point."""
    exponent = number.normalize().as_tuple().exponent if number.is_finite() else None
    return isinstance(exponent, int) and -exponent <= places
