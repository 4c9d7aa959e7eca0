"""Forms of shifts, Perubahan, efficiency and the interim: what was typed; the rules judge it."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kawal.budget.facts.amendments import (
    AMENDMENT_GROUND_LABELS,
    AmendmentGround,
    CutFacts,
    InterimDraft,
    OrderDraft,
    TargetDraft,
)
from kawal.budget.facts.shifts import SHIFT_GROUND_LABELS, ShiftDraft, ShiftGround
from kawal.regions.facts import AgencyFacts
from kawal.ui.fields import MoneyField, NumberField
from kawal.ui.widgets import DayInput

Choices = Sequence[tuple[str, str]]


def _offer(form: forms.Form, name: str, choices: Choices) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


class ShiftForm(forms.Form):
    """A new shift: its ground, why, and the sheets of one SKPD."""

    ground = forms.ChoiceField(label=_("Alasan"), widget=forms.RadioSelect)
    emergency = forms.CharField(
        label=_("Keadaan darurat"),
        required=False,
        max_length=300,
        help_text=_("Hanya bila itu alasannya: sebutkan keadaannya dan dasar penetapannya."),
    )
    explanation = forms.CharField(
        label=_("Penjelasan"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    sheets = forms.MultipleChoiceField(
        label=_("RKA yang digeser"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Pilih RKA yang memberi dan yang menerima, semuanya dari SKPD Anda."),
    )

    def __init__(self, *args: Any, sheets: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "ground", [(one.value, _now(SHIFT_GROUND_LABELS[one])) for one in ShiftGround])
        _offer(self, "sheets", sheets)

    def draft(self, year: int, agency_of: dict[int, int]) -> ShiftDraft:
        """Return the shift that was typed; its SKPD is that of the first sheet."""
        typed = self.cleaned_data
        sheets = tuple(int(one) for one in typed["sheets"])
        return ShiftDraft(
            year,
            agency_of[sheets[0]],
            ShiftGround(typed["ground"]),
            typed["explanation"],
            sheets,
            typed["emergency"],
        )


class PaperForm(forms.Form):
    """The paper that gives force: its number and day."""

    number = forms.CharField(label=_("Nomor surat"), max_length=100)
    date = forms.DateField(label=_("Tanggal surat"), widget=DayInput)


class WhyForm(forms.Form):
    """Why something is sent back, refused or withdrawn."""

    reason = forms.CharField(
        label=_("Alasan"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class AmendmentForm(forms.Form):
    """A Perubahan to be opened."""

    ground = forms.ChoiceField(label=_("Dasar perubahan"), widget=forms.RadioSelect)
    moved = NumberField(
        label=_("Perubahan perkiraan, dalam persen"),
        required=False,
        max_digits=7,
        decimal_places=3,
        help_text=_("Hanya untuk keadaan luar biasa."),
    )
    explanation = forms.CharField(
        label=_("Penjelasan"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grounds = [(one.value, _now(AMENDMENT_GROUND_LABELS[one])) for one in AmendmentGround]
        _offer(self, "ground", grounds)


class OrderForm(forms.Form):
    """An instruction to spend less: of which agencies, on which accounts, how much."""

    number = forms.CharField(label=_("Nomor instruksi"), max_length=100)
    date = forms.DateField(label=_("Tanggal instruksi"), widget=DayInput)
    title = forms.CharField(label=_("Perihal"), max_length=300)
    prefixes = forms.RegexField(
        r"^[0-9. ]+$",
        label=_("Rekening"),
        max_length=200,
        help_text=_("Awal kode rekening, dipisahkan spasi; misalnya 5.1.02.04 5.1.02.02."),
    )
    share = NumberField(
        label=_("Pengurangan dalam persen"),
        required=False,
        max_digits=6,
        decimal_places=3,
    )
    amount = MoneyField(
        label=_("Pengurangan dalam rupiah, untuk setiap SKPD dan rekening"),
        required=False,
        help_text=_("Isi persentase atau jumlah rupiah, salah satu saja."),
    )
    agencies = forms.MultipleChoiceField(label=_("SKPD"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, agencies: Iterable[AgencyFacts], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "agencies", [(str(one.id), one.name) for one in agencies])

    def draft(self, year: int) -> OrderDraft:
        """Return the order that was typed: a target for each agency and account."""
        typed = self.cleaned_data
        targets = tuple(
            TargetDraft(int(agency), prefix.strip("."), typed["share"], typed["amount"])
            for agency in typed["agencies"]
            for prefix in typed["prefixes"].split()
        )
        return OrderDraft(year, typed["number"], typed["date"], typed["title"], targets)


class CutsForm(forms.Form):
    """What an agency agrees to give up, line by line."""

    def __init__(self, *args: Any, cuts: Iterable[CutFacts], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in cuts:
            label = f"{one.account} {one.name}"
            self.fields[str(one.line_id)] = MoneyField(
                label=label,
                initial=one.agreed,
                widget=forms.TextInput(attrs={"aria-label": label, "class": "input"}),
            )

    def agreed(self) -> dict[int, Decimal]:
        """Return the amounts that were typed, in rupiah by line."""
        return {int(line): amount for line, amount in self.cleaned_data.items()}


class InterimForm(forms.Form):
    """Spending before the APBD: for how long, and last year's total."""

    months = forms.IntegerField(label=_("Untuk berapa bulan"), min_value=1, max_value=12)
    last_year = MoneyField(label=_("Jumlah APBD tahun lalu, dalam rupiah"))
    explanation = forms.CharField(
        label=_("Penjelasan"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def draft(self, year: int) -> InterimDraft:
        """Return the proposal that was typed."""
        typed = self.cleaned_data
        return InterimDraft(year, typed["months"], typed["last_year"], typed["explanation"])
