"""Forms of standard prices: they read what was typed; the rules say whether it may be."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kawal.budget.facts import (
    PRICE_FAMILY_LABELS,
    PRODUCT_TYPE_LABELS,
    ItemDraft,
    PriceDraft,
    PriceFamily,
    ProductType,
)
from kawal.kernel.refusals import NotThere
from kawal.nomenclature import queries as nomenclature
from kawal.regions.facts import AgencyFacts
from kawal.ui.fields import MoneyField, NumberField
from kawal.ui.widgets import DayInput


def _families() -> list[tuple[str, str]]:
    return [(one.value, _now(PRICE_FAMILY_LABELS[one])) for one in PriceFamily]


class PriceSearchForm(forms.Form):
    """Which items to list, and of which day their price is."""

    cari = forms.CharField(
        label=_("Kode atau kata"),
        required=False,
        max_length=200,
        help_text=_("Awal kode, atau kata; kata boleh dipotong."),
    )
    kelompok = forms.ChoiceField(label=_("Kelompok standar"), required=False)
    rekening = forms.RegexField(
        r"^[0-9.]*$",
        label=_("Rekening"),
        required=False,
        max_length=20,
        help_text=_("Awal kode rekening tempat barang boleh dianggarkan."),
    )
    pada = forms.DateField(label=_("Berlaku pada"), required=False, widget=DayInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["kelompok"].choices = [("", _now("Semua")), *_families()]

    def wanted(self, today: date) -> dict[str, Any]:
        """Return what was asked for, everything of today where it could not be read."""
        typed = self.cleaned_data if self.is_valid() else {}
        family = typed.get("kelompok") or ""
        return {
            "typed": typed.get("cari") or "",
            "on": typed.get("pada") or today,
            "family": PriceFamily(family) if family else None,
            "account": typed.get("rekening") or "",
        }


class ItemForm(forms.Form):
    """A new item."""

    code = forms.CharField(label=_("Kode barang"), max_length=60)
    family = forms.ChoiceField(label=_("Kelompok standar"))
    name = forms.CharField(label=_("Uraian barang"), max_length=300)
    specification = forms.CharField(label=_("Spesifikasi"), max_length=500, required=False)
    unit = forms.CharField(label=_("Satuan"), max_length=40)
    product_type = forms.ChoiceField(label=_("Jenis produk"), required=False)
    local_content = NumberField(
        label=_("TKDN (persen)"), max_digits=5, decimal_places=2, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["family"].choices = _families()
        fields["product_type"].choices = [
            (one.value, _now(PRODUCT_TYPE_LABELS[one])) for one in ProductType
        ]

    def item(self) -> ItemDraft:
        """Return the item that was typed."""
        typed = self.cleaned_data
        return ItemDraft(
            code=typed["code"],
            family=PriceFamily(typed["family"]),
            name=typed["name"],
            specification=typed["specification"],
            unit=typed["unit"],
            product_type=ProductType(typed["product_type"]),
            local_content=typed["local_content"],
        )


class PriceForm(forms.Form):
    """A price from a day on, with the accounts on which the item may stand."""

    agency = forms.ChoiceField(label=_("Perangkat daerah pengusul"))
    price = MoneyField(label=_("Harga satuan (rupiah, tanpa pajak)"))
    valid_from = forms.DateField(label=_("Berlaku mulai"), widget=DayInput)
    accounts = forms.CharField(
        label=_("Kode rekening"),
        help_text=_("Enam tingkat; pisahkan dengan koma atau baris baru."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )
    legal_basis = forms.CharField(
        label=_("Dasar hukum"), max_length=200, help_text=_("Perkada standar harga")
    )
    letter = forms.CharField(label=_("Nomor surat pengantar"), max_length=100)
    note = forms.CharField(
        label=_("Alasan usulan"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, agencies: Iterable[AgencyFacts], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["agency"].choices = [(str(one.id), one.name) for one in agencies]
        self.ids: list[int] = []

    def clean(self) -> dict[str, Any]:
        """Find the accounts that the codes mean on the first day, and name those that mean none."""
        typed = super().clean() or {}
        first = typed.get("valid_from")
        if not first or not typed.get("accounts"):
            return typed
        unknown = []
        for code in dict.fromkeys(re.split(r"[\s,;]+", typed["accounts"].strip())):
            try:
                self.ids.append(nomenclature.account(code, first).id)
            except NotThere:
                unknown.append(code)
        if unknown:
            text = _now("Tidak berlaku pada tanggal mulainya: %(codes)s.")
            self.add_error("accounts", text % {"codes": ", ".join(unknown)})
        return typed

    def draft(self) -> PriceDraft:
        """Return the price that was typed."""
        typed = self.cleaned_data
        return PriceDraft(
            price=typed["price"],
            account_ids=self.ids,
            valid_from=typed["valid_from"],
            legal_basis=typed["legal_basis"],
            letter=typed["letter"],
            note=typed["note"],
        )
