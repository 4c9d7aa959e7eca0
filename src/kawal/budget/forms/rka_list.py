"""The filter of the list of sheets, and the form that opens a new one."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kawal.budget.facts import (
    REVISION_STATE_LABELS,
    SHEET_KIND_LABELS,
    RevisionState,
    SheetKind,
    SheetRow,
)
from kawal.kernel.refusals import Reason
from kawal.regions.facts import AgencyFacts
from kawal.ui.jinja import said

Choices = Sequence[tuple[str, str]]
OVER, UNDER, NONE = "over", "under", "none"


def _choose(field: forms.Field, choices: Choices) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


class SheetFilter(forms.Form):
    """Which sheets one looks for."""

    q = forms.CharField(label=_("Kode atau kata"), required=False, max_length=100)
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    kind = forms.ChoiceField(label=_("Jenis lembar"), required=False)
    state = forms.ChoiceField(label=_("Keadaan"), required=False)
    ceiling = forms.ChoiceField(label=_("Terhadap pagu"), required=False)

    def __init__(self, *args: object, units: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        every = [("", gettext("Semua"))]
        states = [(one.value, gettext(label)) for one, label in REVISION_STATE_LABELS.items()]
        _choose(self.fields["unit"], [*every, *units])
        _choose(self.fields["kind"], every + kind_choices())
        _choose(self.fields["state"], every + states)
        against = [
            (OVER, gettext("di atas pagu")),
            (UNDER, gettext("di bawah pagu")),
            (NONE, gettext("belum ada pagu")),
        ]
        _choose(self.fields["ceiling"], every + against)

    def narrow(self, rows: Sequence[SheetRow]) -> list[SheetRow]:
        """Return the sheets that fit."""
        asked = self.cleaned_data
        words = asked["q"].casefold().split()
        state = RevisionState(asked["state"]) if asked["state"] else None
        return [
            row
            for row in rows
            if all(word in _text(row) for word in words)
            and asked["unit"] in ("", str(row.unit_id))
            and asked["kind"] in ("", row.kind.value)
            and state in (None, row.state)
            and asked["ceiling"] in ("", _against(row))
        ]


def _text(row: SheetRow) -> str:
    return f"{row.activity_code} {row.activity_name} {row.unit_name}".casefold()


def _against(row: SheetRow) -> str:
    if row.left is None:
        return NONE
    return OVER if row.left < 0 else UNDER if row.left else "equal"


def kind_choices() -> list[tuple[str, str]]:
    """Return the kinds of sheets as choices."""
    return [(kind.value, gettext(label)) for kind, label in SHEET_KIND_LABELS.items()]


class NewSheetForm(forms.Form):
    """A new sheet: whose, of what kind, and of which sub kegiatan."""

    unit = forms.ChoiceField(label=_("Unit"))
    sheet_kind = forms.ChoiceField(label=_("Jenis lembar"), widget=forms.RadioSelect)
    activity = forms.CharField(
        label=_("Sub kegiatan"),
        required=False,
        max_length=200,
        help_text=_("Kode atau kata; hanya untuk lembar belanja."),
    )

    def __init__(self, *args: object, units: Sequence[AgencyFacts], **kwargs: object) -> None:
        initial = {"sheet_kind": SheetKind.SPENDING.value}
        super().__init__(*args, initial=initial, **kwargs)  # type: ignore[arg-type,misc]
        _choose(self.fields["unit"], [(str(one.id), f"{one.code} {one.name}") for one in units])
        _choose(self.fields["sheet_kind"], kind_choices())

    def kind(self) -> SheetKind:
        """Return the kind that was chosen."""
        return SheetKind(self.cleaned_data["sheet_kind"])

    def refuse(self, reasons: Sequence[Reason]) -> None:
        """Put the reasons of a refusal beside their fields."""
        for reason in reasons:
            text = f"{said(reason)} {said(reason.mend) if reason.mend else ''}".strip()
            self.add_error(reason.at if reason.at in self.fields else None, text)
