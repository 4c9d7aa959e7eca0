"""Forms of versions: which kind to make, by which paper; which two to compare; what to lock."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kawal.budget.facts import (
    INSTRUMENT_LABELS,
    VERSION_KIND_LABELS,
    Instrument,
    VersionFacts,
    VersionKind,
)
from kawal.budget.rules.versions import CHANGES, INSTRUMENTS
from kawal.kernel.words import N_
from kawal.regions.facts import AgencyFacts
from kawal.ui.widgets import DayInput

# What changes a budget is made on its own page: shifts, Perubahan, efficiency, the interim budget.
MADE_HERE = tuple(
    kind
    for kind in VersionKind
    if kind not in CHANGES and kind is not VersionKind.PENJABARAN_PERUBAHAN
)
Choices = list[tuple[str, str]]
EVERY_AGENCY, ONE_AGENCY = N_("Semua SKPD"), N_("Pilih SKPD atau unit")


class VersionForm(forms.Form):
    """The next version: its kind, its title, and the paper that gives it force."""

    kind = forms.ChoiceField(label=_("Jenis versi"))
    title = forms.CharField(label=_("Judul"), max_length=300)
    instrument = forms.ChoiceField(label=_("Dasar hukum"), required=False)
    number = forms.CharField(
        label=_("Nomor"),
        required=False,
        max_length=100,
        help_text=_("Nomor Perda atau Perkada, misalnya 3 Tahun 2026."),
    )
    date = forms.DateField(label=_("Tanggal penetapan"), required=False, widget=DayInput)

    def __init__(self, *args: Any, kind: VersionKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["kind"].choices = [(kind.value, _now(VERSION_KIND_LABELS[kind]))]
        fields["kind"].widget = forms.HiddenInput()
        papers = sorted(INSTRUMENTS[kind])
        fields["instrument"].choices = [(one.value, _now(INSTRUMENT_LABELS[one])) for one in papers]
        for name in ("instrument", "number", "date"):
            if papers == [Instrument.NONE]:
                del fields[name]
            else:
                fields[name].required = True

    def paper(self) -> dict[str, Any]:
        """Return what the action takes."""
        typed = self.cleaned_data
        return {
            "title": typed["title"],
            "instrument": Instrument(typed.get("instrument") or ""),
            "number": typed.get("number") or "",
            "date": typed.get("date"),
        }


class CompareForm(forms.Form):
    """Two versions of a year, an agency or all, differences or every line."""

    dari = forms.ChoiceField(label=_("Dari"))
    ke = forms.ChoiceField(label=_("Ke"))
    skpd = forms.ChoiceField(label=_("SKPD"), required=False)
    semua = forms.BooleanField(label=_("Tampilkan juga rincian yang sama"), required=False)

    def __init__(
        self,
        *args: Any,
        versions: Iterable[VersionFacts],
        agencies: Iterable[AgencyFacts],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        named = [(str(one.id), version_name(one)) for one in versions]
        fields["dari"].choices = fields["ke"].choices = named
        fields["skpd"].choices = agency_choices(agencies)


class LockForm(forms.Form):
    """An agency to lock with all its units, and why."""

    agency = forms.ChoiceField(label=_("SKPD atau unit"))
    reason = forms.CharField(
        label=_("Alasan"), max_length=300, help_text=_("Dibaca oleh penyusun RKA.")
    )

    def __init__(self, *args: Any, agencies: Iterable[AgencyFacts], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["agency"].choices = agency_choices(agencies, ONE_AGENCY)


def agency_choices(agencies: Iterable[AgencyFacts], first: str = EVERY_AGENCY) -> Choices:
    """Return agencies as choices, after one for none."""
    return [
        ("", _now(first)),
        *((str(one.id), f"{one.code} {one.name}") for one in agencies),
    ]


def version_name(version: VersionFacts) -> str:
    """Return what a version is called in a list: its number, kind and stage."""
    stage = f" ({version.stage})" if version.stage else ""
    return f"{version.number}. {_now(VERSION_KIND_LABELS[version.kind])}{stage}"
