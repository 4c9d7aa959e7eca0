"""Forms of this module's pages: they read what was typed; the rules say whether it may be."""

from datetime import date

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kawal.nomenclature.facts import (
    CERTAINTY_LABELS,
    CODE_KIND_LABELS,
    Certainty,
    CodeKind,
    ParameterDraft,
)
from kawal.nomenclature.registry import Declared
from kawal.ui.fields import NumberField
from kawal.ui.widgets import DayInput


class SearchForm(forms.Form):
    """What to look for, in which tree, on which day."""

    jenis = forms.ChoiceField(label=_("Jenis kode"), required=False)
    cari = forms.CharField(
        label=_("Kode atau kata"),
        required=False,
        max_length=200,
        help_text=_("Awal kode, atau kata; kata boleh dipotong."),
    )
    pada = forms.DateField(label=_("Berlaku pada"), required=False, widget=DayInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        kinds = self.fields["jenis"]
        assert isinstance(kinds, forms.ChoiceField)
        kinds.choices = [(kind.value, _now(CODE_KIND_LABELS[kind])) for kind in CodeKind]

    def kind(self) -> CodeKind:
        """Return the tree; accounts when none was chosen."""
        return CodeKind(self.cleaned_data.get("jenis") or CodeKind.ACCOUNT.value)

    def day(self, today: date) -> date:
        """Return the day; today when none was given."""
        found: date = self.cleaned_data.get("pada") or today
        return found


class ParameterForm(forms.Form):
    """A new value of a parameter."""

    value = forms.CharField(label=_("Nilai baru"), max_length=300)
    valid_from = forms.DateField(label=_("Berlaku mulai"), widget=DayInput)
    legal_basis = forms.CharField(label=_("Dasar hukum"), max_length=200)
    certainty = forms.ChoiceField(label=_("Kepastian"))

    def __init__(self, *args: object, known: Declared, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.known = known
        if known.is_number:
            self.fields["value"] = NumberField(
                label=_("Nilai baru"), max_digits=24, decimal_places=6
            )
        sure = self.fields["certainty"]
        assert isinstance(sure, forms.ChoiceField)
        sure.choices = [(one.value, _now(CERTAINTY_LABELS[one])) for one in Certainty]

    def draft(self) -> ParameterDraft:
        """Return the amendment that was typed."""
        typed = self.cleaned_data
        return ParameterDraft(
            key=self.known.key,
            number=typed["value"] if self.known.is_number else None,
            text="" if self.known.is_number else typed["value"],
            valid_from=typed["valid_from"],
            legal_basis=typed["legal_basis"],
            certainty=Certainty(typed["certainty"]),
        )
