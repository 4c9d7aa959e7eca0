"""Forms of this module's pages: they read what was typed; the rules say whether it may be."""

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kawal.regions.facts import (
    ACTING_LABELS,
    AGENCY_KIND_LABELS,
    Acting,
    AgencyDraft,
    AgencyFacts,
    AgencyKind,
    AppointmentDraft,
    RegionFacts,
    Role,
)
from kawal.regions.presenters import role_words
from kawal.regions.roles import EMERGENCY
from kawal.ui.widgets import DayInput

Choices = list[tuple[str, str]]
NONE: Choices = [("", "–")]


def agency_choices(agencies: Iterable[AgencyFacts]) -> Choices:
    """Return agencies to choose from, by name."""
    named = sorted(agencies, key=lambda agency: agency.name)
    return [(str(agency.id), f"{agency.name} ({agency.short})") for agency in named]


def role_choices(roles: Iterable[Role]) -> Choices:
    """Return roles to choose from, in the language of the reader."""
    wanted = set(roles)
    return [(role.value, role_words(role)) for role in Role if role in wanted]


class Typed(forms.Form):
    """A form whose cleaned values are read once ``is_valid`` was asked."""

    def value(self, name: str) -> Any:
        """Return a cleaned value; nothing where it could not be read."""
        return self.cleaned_data.get(name)

    def number(self, name: str) -> int | None:
        """Return a chosen id."""
        text = self.value(name)
        return int(text) if text else None


class AgencyForm(Typed):
    """An agency or unit."""

    code = forms.CharField(
        label=_("Kode"), help_text=_("22 karakter, misalnya 1.01.0.00.0.00.01.0000")
    )
    name = forms.CharField(label=_("Nama"), max_length=160)
    short = forms.CharField(label=_("Singkatan"), max_length=40, required=False)
    kind = forms.ChoiceField(label=_("Jenis"))
    parent = forms.ChoiceField(label=_("SKPD induk"), required=False)
    region = forms.ChoiceField(label=_("Wilayah kerja"), required=False)
    valid_from = forms.DateField(label=_("Berlaku mulai"), widget=DayInput)
    legal_basis = forms.CharField(
        label=_("Dasar hukum"), max_length=200, help_text=_("Perda atau Perwal SOTK")
    )

    def __init__(
        self,
        *args: Any,
        agencies: Iterable[AgencyFacts] = (),
        regions: Iterable[RegionFacts] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        tops = [agency for agency in agencies if agency.parent_id is None]
        fields: dict[str, Any] = self.fields
        fields["kind"].choices = [(k.value, _now(AGENCY_KIND_LABELS[k])) for k in AgencyKind]
        fields["parent"].choices = NONE + agency_choices(tops)
        fields["region"].choices = NONE + [(str(r.id), f"{r.name} ({r.code})") for r in regions]

    def draft(self) -> AgencyDraft:
        """Return what was typed."""
        return AgencyDraft(
            code=self.value("code"),
            name=self.value("name"),
            short=self.value("short"),
            kind=AgencyKind(self.value("kind")),
            legal_basis=self.value("legal_basis"),
            parent_id=self.number("parent"),
            region_id=self.number("region"),
        )


class ClosingForm(Typed):
    """The end of an agency."""

    last_day = forms.DateField(label=_("Hari terakhir"), widget=DayInput)
    legal_basis = forms.CharField(label=_("Dasar hukum"), max_length=200)


class AppointmentForm(Typed):
    """A proposal for a person who has been chosen before."""

    role = forms.ChoiceField(label=_("Peran"))
    agency = forms.ChoiceField(
        label=_("Perangkat daerah atau unit"),
        required=False,
        help_text=_("Kosong untuk peran seluruh kota, seperti Sekda atau BUD"),
    )
    acting = forms.ChoiceField(label=_("Kapasitas"), widget=forms.RadioSelect)
    sk_number = forms.CharField(label=_("Nomor SK"), max_length=100)
    sk_date = forms.DateField(label=_("Tanggal SK"), widget=DayInput)
    valid_from = forms.DateField(label=_("Berlaku mulai"), widget=DayInput)
    valid_until = forms.DateField(
        label=_("Hari terakhir"),
        required=False,
        widget=DayInput,
        help_text=_("Wajib untuk Plt, Plh, pemeriksa, dan auditor"),
    )

    def __init__(
        self,
        *args: Any,
        roles: Iterable[Role] = Role,
        agencies: Iterable[AgencyFacts] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["role"].choices = role_choices(roles)
        fields["agency"].choices = NONE + agency_choices(agencies)
        fields["acting"].choices = [(a.value, _now(ACTING_LABELS[a])) for a in Acting]
        fields["acting"].initial = Acting.DEFINITIVE.value

    def draft(self, person_id: int) -> AppointmentDraft:
        """Return what was typed, for a person."""
        return AppointmentDraft(
            person_id=person_id,
            role=Role(self.value("role")),
            sk_number=self.value("sk_number"),
            sk_date=self.value("sk_date"),
            valid_from=self.value("valid_from"),
            agency_id=self.number("agency"),
            valid_until=self.value("valid_until"),
            acting=Acting(self.value("acting")),
        )


class EndingForm(Typed):
    """The end of an appointment."""

    last_day = forms.DateField(label=_("Hari terakhir"), widget=DayInput)
    note = forms.CharField(label=_("Alasan"), max_length=500, required=False)


class HolidayForm(Typed):
    """A holiday."""

    day = forms.DateField(label=_("Tanggal"), widget=DayInput)
    name = forms.CharField(label=_("Nama"), max_length=120)
    is_joint_leave = forms.BooleanField(label=_("Cuti bersama"), required=False)
    legal_basis = forms.CharField(label=_("Dasar hukum"), max_length=200)


SPAN = re.compile(r"(\d{1,2})[.:](\d{2})\s*[-–]\s*(\d{1,2})[.:](\d{2})")


class HoursField(forms.CharField):
    """Office hours of a day, as ``08.00-12.00, 13.00-16.30``; empty when it is free."""

    def clean(self, value: Any) -> list[tuple[int, int]]:
        """Return pairs of minutes after midnight."""
        text = super().clean(value)
        spans = []
        for part in filter(None, (part.strip() for part in re.split(r"[,;]", text))):
            match = SPAN.fullmatch(part)
            if match is None:
                raise forms.ValidationError(_("Tulis seperti 08.00-12.00, 13.00-16.30"))
            a, b, c, d = map(int, match.groups())
            spans.append((60 * a + b, 60 * c + d))
        return spans


class WeekForm(Typed):
    """Office hours for a span of days."""

    name = forms.CharField(label=_("Nama"), max_length=80, help_text=_("Misalnya Ramadan 1448 H"))
    usual = HoursField(label=_("Senin sampai Kamis"), initial="08.00-16.00")
    friday = HoursField(label=_("Jumat"), initial="08.00-16.30", required=False)
    saturday = HoursField(label=_("Sabtu"), required=False)
    sunday = HoursField(label=_("Minggu"), required=False)
    valid_from = forms.DateField(label=_("Berlaku mulai"), widget=DayInput)
    valid_until = forms.DateField(label=_("Hari terakhir"), required=False, widget=DayInput)
    legal_basis = forms.CharField(label=_("Dasar hukum"), max_length=200)

    def spans(self) -> dict[int, list[tuple[int, int]]]:
        """Return the hours of each weekday, Monday first."""
        days = [*["usual"] * 4, "friday", "saturday", "sunday"]
        return {number: self.value(name) or [] for number, name in enumerate(days)}


class OpeningForm(Typed):
    """A module for the public."""

    module = forms.ChoiceField(label=_("Modul"))
    decree = forms.CharField(label=_("Nomor keputusan"), max_length=100)
    decree_date = forms.DateField(label=_("Tanggal keputusan"), widget=DayInput)

    def __init__(self, *args: Any, modules: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["module"].choices = modules


class BreakGlassForm(Typed):
    """A request for emergency power, for a person who has been chosen before."""

    role = forms.ChoiceField(label=_("Peran"))
    agency = forms.ChoiceField(
        label=_("Perangkat daerah"), required=False, help_text=_("Hanya untuk Operator OPD")
    )
    hours = forms.IntegerField(
        label=_("Lama (jam)"), min_value=1, max_value=8, initial=2, help_text=_("Paling lama 8 jam")
    )
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Alasan ini tercatat di jejak publik untuk selamanya"),
    )

    def __init__(self, *args: Any, agencies: Iterable[AgencyFacts], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["role"].choices = role_choices(EMERGENCY)
        fields["agency"].choices = NONE + agency_choices(agencies)

    def length(self) -> timedelta:
        """Return for how long."""
        return timedelta(hours=self.value("hours"))
