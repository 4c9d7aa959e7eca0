"""The form of a check: what every kind has, and a table of each kind's own fields."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kawal.monitoring.drafts import CheckDraft
from kawal.monitoring.facts import CheckFacts, Kind
from kawal.monitoring.feeds import FEEDS
from kawal.monitoring.forms import specs
from kawal.monitoring.forms.fields import WholeField

Fields = Mapping[str, Callable[[], forms.Field]]


class CheckForm(forms.Form):
    """A check of one kind."""

    name = forms.CharField(label=_("Nama pemeriksaan"), max_length=120)
    interval = WholeField(label=_("Selang (detik)"))
    timeout = WholeField(label=_("Batas waktu jawaban (detik)"))
    confirmations = WholeField(
        label=_("Konfirmasi sebelum dinyatakan terganggu"),
        help_text=_("Berapa hasil buruk berturut-turut."),
    )
    recheck = WholeField(label=_("Selang pemeriksaan ulang saat meragukan (detik)"))
    counts = forms.BooleanField(
        label=_("Menentukan keadaan aplikasi"),
        required=False,
        help_text=_("Dihitung dalam ketersediaan. Tidak dapat diubah kemudian."),
    )
    public = forms.BooleanField(
        label=_("Tampilkan kepada warga"),
        required=False,
        help_text=_("Hanya untuk aplikasi yang ditampilkan kepada warga."),
    )

    def __init__(self, *args: Any, kind: Kind, is_new: bool = True, **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(*args, **kwargs)
        for name, made in specs.FIELDS[kind].items():
            self.fields[name] = made()
        if kind.is_pushed:
            for name in ("timeout", "confirmations", "recheck", "interval"):
                del self.fields[name]
        if not is_new:
            self.fields["counts"].disabled = True

    @property
    def own(self) -> list[forms.BoundField]:
        """Return the usual fields of the kind itself, which come first on the page."""
        rare = specs.RARE.get(self.kind, ())
        return [self[name] for name in specs.FIELDS[self.kind] if name not in rare]

    @property
    def rare(self) -> list[forms.BoundField]:
        """Return the fields of the kind that few checks need."""
        return [self[name] for name in specs.RARE.get(self.kind, ())]

    @property
    def shows_rare(self) -> bool:
        """Tell whether one of those says something, or is wrong."""
        usual = specs.written(self.kind, {})
        return any(
            one.errors or (one.value() or "") != usual.get(one.name, "") for one in self.rare
        )

    @property
    def common(self) -> list[forms.BoundField]:
        """Return the fields that every kind has, but for its name."""
        return [bound for bound in self if bound.name not in {*specs.FIELDS[self.kind], "name"}]

    def draft(self) -> CheckDraft:
        """Return what was typed; only after the form is valid."""
        values = self.cleaned_data
        timing = FEEDS[self.kind].timing
        times = {
            name: values.get(name, getattr(timing, name))
            for name in ("interval", "timeout", "confirmations", "recheck")
        }
        spec, secrets = specs.read(self.kind, values)
        return CheckDraft(
            kind=self.kind,
            name=values["name"],
            spec=spec,
            counts=values["counts"],
            public=values["public"],
            secrets=secrets,
            **times,
        )


def initial_for(kind: Kind, address: str = "") -> dict[str, Any]:
    """Return what the form of a new check shows: the kind's usual times, and its proposal."""
    feed = FEEDS[kind]
    proposed = feed.propose(address) if address else []
    values: dict[str, Any] = {
        "name": proposed[0].name if proposed else "",
        "interval": feed.timing.interval,
        "timeout": feed.timing.timeout,
        "confirmations": feed.timing.confirmations,
        "recheck": feed.timing.recheck,
        "counts": feed.counts,
    }
    return values | specs.written(kind, proposed[0].spec if proposed else {})


def initial_of(check: CheckFacts) -> dict[str, Any]:
    """Return a check as the form shows it; secrets show as kept."""
    names = ("name", "interval", "timeout", "confirmations", "recheck", "counts", "public")
    plain = {name: getattr(check, name) for name in names}
    return plain | specs.written(check.kind, check.spec)
