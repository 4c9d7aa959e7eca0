"""Forms of the SPD: a new draft, its explanation and terms."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kawal.regions.facts import AgencyFacts


class DraftForm(forms.Form):
    """For whom and for which months money is to be released."""

    agency = forms.TypedChoiceField(label=_("SKPD"), coerce=int)
    first_month = forms.TypedChoiceField(label=_("Bulan pertama"), coerce=int)
    last_month = forms.TypedChoiceField(label=_("Bulan terakhir"), coerce=int)

    def __init__(
        self, *args: Any, agencies: Sequence[AgencyFacts], months: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        named = list(enumerate(months, start=1))
        fields["agency"].choices = [(one.id, f"{one.code} {one.name}") for one in agencies]
        fields["first_month"].choices = fields["last_month"].choices = named


class TermsForm(forms.Form):
    """What an SPD says besides its amounts."""

    explanation = forms.CharField(
        label=_("Penjelasan bila melampaui anggaran kas"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    terms = forms.CharField(
        label=_("Ketentuan lainnya"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
