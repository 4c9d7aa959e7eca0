"""Forms of incidents, networks and thresholds."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kawal.monitoring.facts import Severity
from kawal.monitoring.forms.fields import (
    ChoiceField,
    Choices,
    DayField,
    WholeField,
    labelled,
)
from kawal.monitoring.overviews import PolicyFacts

HOUR, MINUTE = 3_600, 60


def _lines(label: Any, hint: Any = "", rows: int = 3, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, widget=widget, **options)


class OpenForm(forms.Form):
    """An incident that somebody noticed before the checks did."""

    application = ChoiceField(label=_("Aplikasi"), coerce=int)
    title = forms.CharField(
        label=_("Apa yang terganggu"),
        max_length=200,
        help_text=_("Satu kalimat; tampak di dinding. Tanpa nama atau nomor orang."),
    )
    severity = ChoiceField(
        labelled(Severity),
        label=_("Tingkat"),
        coerce=lambda value: Severity(int(value)),
        widget=forms.RadioSelect,
    )
    text = _lines(_("Keterangan"), _("Untuk yang menangani; tidak diumumkan."), required=False)

    def __init__(self, *args: Any, applications: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["application"].choices = [  # type: ignore[attr-defined]
            ("", _("Pilih")),
            *applications,
        ]


class AssignForm(forms.Form):
    """Who handles it."""

    assignee = ChoiceField(label=_("Ditangani oleh"), coerce=int)
    text = _lines(_("Pesan"), required=False, rows=2)

    def __init__(self, *args: Any, people: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"].choices = [("", _("Pilih")), *people]  # type: ignore[attr-defined]


class NoteForm(forms.Form):
    """A note for the timeline."""

    text = _lines(_("Catatan"), _("Untuk yang menangani; tidak diumumkan."))


class ResolveForm(forms.Form):
    """What it was."""

    cause = _lines(
        _("Penyebab dan perbaikannya"),
        _("Tampak di halaman publik bila aplikasinya publik. Tanpa nama atau nomor orang."),
    )


class ReopenForm(forms.Form):
    """Why it is not over."""

    text = _lines(_("Mengapa dibuka kembali"))


class NetworkForm(forms.Form):
    """A private network that checks may reach."""

    network = forms.CharField(
        label=_("Jaringan"), max_length=43, help_text=_("Misalnya 10.10.0.0/16")
    )
    first_port = WholeField(label=_("Porta pertama"))
    last_port = WholeField(label=_("Porta terakhir"))
    why = _lines(_("Alasan"), _("Diumumkan di jejak publik; jaringannya sendiri tidak."))


class PolicyForm(forms.Form):
    """Thresholds from a day on. Empty targets mean that the city sets none."""

    valid_from = DayField(label=_("Berlaku mulai"))
    legal_basis = forms.CharField(
        label=_("Dasar"), max_length=200, help_text=_("Nomor keputusannya.")
    )
    take_within = WholeField(
        label=_("Batas insiden diterima (menit)"),
        required=False,
        help_text=_("Kosong: tidak ada sasaran."),
    )
    solve_within = WholeField(
        label=_("Batas insiden diselesaikan (jam)"),
        required=False,
        help_text=_("Kosong: tidak ada sasaran."),
    )
    uptime_target = forms.CharField(
        label=_("Sasaran ketersediaan (persen)"),
        required=False,
        help_text=_("Misalnya 99,5. Kosong: tidak ada sasaran."),
    )
    red_after = WholeField(label=_("Merah setelah mati (menit)"))
    reopen_within = WholeField(label=_("Dianggap insiden yang sama bila kambuh dalam (menit)"))
    stale_after = WholeField(label=_("Data dianggap basi setelah (jam)"))
    unused_after_days = WholeField(label=_("Tidak dipakai bila tanpa login (hari)"))
    contract_soon_days = WholeField(label=_("Kontrak segera berakhir bila kurang dari (hari)"))
    many_users = WholeField(label=_("Pengguna banyak mulai dari (orang)"))

    def clean_uptime_target(self) -> Decimal | None:
        """Read a percentage with a comma or a dot."""
        text = str(self.cleaned_data["uptime_target"]).strip().replace(",", ".")
        try:
            return Decimal(text).quantize(Decimal("0.001")) if text else None
        except ArithmeticError:
            raise forms.ValidationError(_("Tulis angka seperti 99,5.")) from None

    def policy(self) -> PolicyFacts:
        """Return what was typed, in seconds; only after the form is valid."""
        values = dict(self.cleaned_data)
        for fields, unit in ((_IN_MINUTES, MINUTE), (_IN_HOURS, HOUR)):
            for field in fields:
                values[field] = None if values[field] is None else values[field] * unit
        return PolicyFacts(**values)


_IN_MINUTES = ("take_within", "red_after", "reopen_within")
_IN_HOURS = ("solve_within", "stale_after")
_PLAIN = ("unused_after_days", "contract_soon_days", "many_users")


def policy_initial(policy: PolicyFacts) -> dict[str, Any]:
    """Return thresholds as the form shows them."""
    target = policy.uptime_target
    return {
        **{name: _units(getattr(policy, name), MINUTE) for name in _IN_MINUTES},
        **{name: _units(getattr(policy, name), HOUR) for name in _IN_HOURS},
        **{name: getattr(policy, name) for name in _PLAIN},
        "uptime_target": "" if target is None else f"{target.normalize():f}".replace(".", ","),
    }


def _units(seconds: int | None, unit: int) -> int | None:
    return None if seconds is None else seconds // unit
