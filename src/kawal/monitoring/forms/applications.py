"""Forms of the inventory: an entry, its fate, its end, a pasted list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kawal.monitoring.drafts import ApplicationDraft
from kawal.monitoring.facts import (
    ApplicationFacts,
    Criticality,
    Decision,
    PersonalData,
    ServiceHours,
)
from kawal.monitoring.forms.fields import (
    ChoiceField,
    Choices,
    DayField,
    InstantField,
    RupiahField,
    WholeField,
    labelled,
)
from kawal.monitoring.spbe import DOMAINS, INDICATORS

DAYS = (_("Senin"), _("Selasa"), _("Rabu"), _("Kamis"), _("Jumat"), _("Sabtu"), _("Minggu"))
WEEKLY = tuple(f"weekly_{number}" for number in range(7))


def _indicators() -> list[tuple[object, object]]:
    groups = [
        (
            _(DOMAINS[domain]),
            [(no, _(name)) for no, (of, _aspect, name) in INDICATORS.items() if of == domain],
        )
        for domain in DOMAINS
    ]
    return [("", _("Tidak ada")), *groups]


def _text(label: Any, hint: Any = "", most: int = 300, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=False, max_length=most, **options)


class ApplicationForm(forms.Form):
    """An entry of the inventory; empty fields mean that it is not known."""

    agency = ChoiceField(label=_("OPD pemilik"), coerce=int)
    name = forms.CharField(label=_("Nama aplikasi"), max_length=120)
    serves = _text(_("Melayani apa"), _("Satu kalimat yang dimengerti warga."))
    address = _text(_("Alamat"), _("Misalnya https://pbb.binjaikota.go.id/"), 500)
    officer = ChoiceField(
        label=_("Pejabat penanggung jawab"), required=False, coerce=int, empty_value=None
    )
    criticality = ChoiceField(
        labelled(Criticality),
        label=_("Tingkat kepentingan"),
        coerce=lambda value: Criticality(int(value)),
    )
    public = forms.BooleanField(
        label=_("Tampilkan kepada warga"),
        required=False,
        help_text=_("Namanya dan keadaannya tampak di halaman keadaan layanan."),
    )
    hours = ChoiceField(
        labelled(ServiceHours),
        label=_("Jam layanan"),
        help_text=_("Ketersediaan dihitung di dalam jam ini."),
        coerce=ServiceHours,
    )
    users = WholeField(label=_("Jumlah pengguna"), required=False)
    users_on = DayField(label=_("Dihitung pada"), required=False)
    last_login_on = DayField(label=_("Login terakhir"), required=False)
    last_data_at = InstantField(label=_("Data terakhir"), required=False)
    cost = RupiahField(label=_("Biaya setahun (rupiah)"), required=False)
    vendor = _text(_("Vendor"), most=160)
    contract_ends = DayField(label=_("Kontrak berakhir"), required=False)
    integration = _text(_("Terhubung dengan"), _("Sistem lain dan caranya."))
    personal_data = ChoiceField(
        labelled(PersonalData), label=_("Data pribadi"), coerce=PersonalData
    )
    spbe = ChoiceField(
        _indicators(),
        label=_("Indikator SPBE"),
        required=False,
        coerce=int,
        empty_value=None,
    )

    def __init__(
        self, *args: Any, agencies: Choices = (), officers: Choices = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = agencies  # type: ignore[attr-defined]
        self.fields["officer"].choices = [  # type: ignore[attr-defined]
            ("", _("Belum ditunjuk")),
            *officers,
        ]
        for day, field in zip(DAYS, WEEKLY, strict=True):
            self.fields[field] = forms.CharField(label=day, required=False, max_length=60)

    def draft(self) -> ApplicationDraft:
        """Return what was typed; only after the form is valid."""
        values = dict(self.cleaned_data)
        weekly = tuple(_spans(values.pop(field)) for field in WEEKLY)
        return ApplicationDraft(
            agency_id=values.pop("agency"),
            officer_id=values.pop("officer"),
            weekly=weekly,
            **values,
        )


def initial_of(facts: ApplicationFacts) -> dict[str, Any]:
    """Return an entry as the form shows it."""
    names = set(ApplicationForm.base_fields) - {"agency", "officer"}
    values: dict[str, Any] = {name: getattr(facts, name) for name in names}
    days = facts.weekly or ((),) * 7
    weekly = {field: _written(day) for field, day in zip(WEEKLY, days, strict=True)}
    enums = {name: values[name].value for name in ("criticality", "hours", "personal_data")}
    return values | enums | weekly | {"agency": facts.agency_id, "officer": facts.officer_id}


def _spans(text: str) -> tuple[tuple[str, str], ...]:
    """Read ``08:00-12:00, 13.00-16.00`` as pairs; what is unreadable stays for the rules."""
    spans = []
    for part in filter(None, (one.strip() for one in text.split(","))):
        start, _mark, end = part.replace(".", ":").replace("–", "-").partition("-")
        spans.append((start.strip().zfill(5), end.strip().zfill(5)))
    return tuple(spans)


def _written(day: tuple[tuple[str, str], ...]) -> str:
    return ", ".join(f"{start}-{end}" for start, end in day)


class DecisionForm(forms.Form):
    """What becomes of an application, and why."""

    decision = ChoiceField(
        labelled([Decision.KEEP, Decision.MERGE, Decision.RETIRE]),
        label=_("Keputusan"),
        coerce=Decision,
        widget=forms.RadioSelect,
    )
    merge_into = ChoiceField(
        label=_("Digabung ke"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Hanya bila digabung."),
    )
    why = forms.CharField(
        label=_("Alasan"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Diumumkan bersama keputusannya."),
    )

    def __init__(self, *args: Any, others: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["merge_into"].choices = [("", _("Pilih")), *others]  # type: ignore[attr-defined]


class WhyForm(forms.Form):
    """The ground of an act that needs one."""

    why = forms.CharField(label=_("Alasan"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].help_text = hint


class PasteForm(forms.Form):
    """A list of addresses, pasted or as a file."""

    agency = ChoiceField(label=_("OPD pemilik"), coerce=int)
    text = forms.CharField(
        label=_("Daftar alamat"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text=_(
            "Satu aplikasi per baris: alamat saja, atau nama dan alamat dipisah koma, titik koma"
            " atau tab."
        ),
    )
    file = forms.FileField(
        label=_("Atau berkas CSV"), required=False, help_text=_("Teks UTF-8, paling besar 1 MB.")
    )

    def __init__(self, *args: Any, agencies: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = agencies  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Add the file's lines to what was pasted."""
        values = super().clean() or {}
        file = values.get("file")
        if file is None:
            return values
        if file.size > 1024 * 1024:
            self.add_error("file", _("Berkasnya lebih besar dari 1 MB."))
            return values
        try:
            added = file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            self.add_error("file", _("Berkas ini bukan teks UTF-8."))
            return values
        return {**values, "text": f"{values.get('text', '')}\n{added}".strip()}
