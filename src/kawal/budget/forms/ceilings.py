"""Forms of the year and of its ceilings: they read what was typed; the rules say what may be."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kawal.budget.facts import CodedCeiling
from kawal.kernel.importing import Unreadable
from kawal.kernel.importing.parsing import rupiah
from kawal.kernel.refusals import Reason
from kawal.ui.jinja import said
from kawal.ui.widgets import DayInput

Choices = Sequence[tuple[str, str]]
MOST_ROWS = 5000
PLACES = {
    "unit": _("kode unit"),
    "activity": _("kode sub kegiatan"),
    "fund": _("kode sumber dana"),
    "amount": _("pagu"),
    "key": _("baris"),
}


class YearForm(forms.Form):
    """A year to open, and the decrees whose codes it uses."""

    year = forms.IntegerField(label=_("Tahun anggaran"))
    accounts = forms.ChoiceField(label=_("Kodefikasi rekening"))
    activities = forms.ChoiceField(label=_("Kodefikasi program, kegiatan dan sub kegiatan"))
    funds = forms.ChoiceField(label=_("Kodefikasi sumber dana"))

    def __init__(self, *args: Any, decrees: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        for name in ("accounts", "activities", "funds"):
            fields[name].choices = decrees

    def refuse(self, reasons: Sequence[Reason]) -> None:
        """Put reasons beside the fields that they are about."""
        for reason in reasons:
            self.add_error(reason.at if reason.at in self.fields else None, said(reason))


@dataclass(frozen=True, slots=True)
class TypedRow:
    """A ceiling as typed, and the number of its row from 1."""

    number: int
    ceiling: CodedCeiling


class CeilingsForm(forms.Form):
    """A round of ceilings, pasted from a spreadsheet."""

    agreement_number = forms.CharField(label=_("Nomor nota kesepakatan"), max_length=100)
    agreement_date = forms.DateField(label=_("Tanggal nota kesepakatan"), widget=DayInput)
    rows = forms.CharField(
        label=_("Pagu"),
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text=_(
            "Satu pagu sebaris: kode unit, kode sub kegiatan, kode sumber dana, jumlah rupiah;"
            " dipisah tab atau titik koma. Kosongkan sub kegiatan untuk pagu seluruh unit,"
            " dan sumber dana untuk semua dana."
        ),
    )
    typed: tuple[TypedRow, ...] = ()

    def clean_rows(self) -> str:
        """Read the rows; each that cannot be read is named with its number."""
        text: str = self.cleaned_data["rows"]
        lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
        if len(lines) > MOST_ROWS:
            raise forms.ValidationError(
                gettext("Paling banyak %(most)s baris.") % {"most": MOST_ROWS}
            )
        read = [_read(number, line) for number, line in lines]
        if wrong := [one for one in read if isinstance(one, str)]:
            raise forms.ValidationError(wrong)
        self.typed = tuple(one for one in read if isinstance(one, TypedRow))
        return text

    def refuse(self, reasons: Sequence[Reason]) -> None:
        """Put reasons beside the fields that they are about, those of a row with its number."""
        for reason in reasons:
            row = re.fullmatch(r"rows\.(\d+)\.(\w+)", reason.at)
            if row:
                number = self.typed[int(row[1])].number
                self.add_error("rows", _at(number, f"{PLACES[row[2]]}: {said(reason)}"))
            else:
                self.add_error(reason.at if reason.at in self.fields else None, said(reason))


def _read(number: int, line: str) -> TypedRow | str:
    cells = [cell.strip() for cell in re.split(r"\t|;", line)]
    if len(cells) != 4:
        return _at(number, gettext("tulis empat kolom: unit, sub kegiatan, sumber dana, jumlah."))
    try:
        return TypedRow(number, CodedCeiling(cells[0], rupiah(cells[3]), cells[1], cells[2]))
    except Unreadable:
        return _at(number, gettext("“%(cell)s” bukan jumlah rupiah.") % {"cell": cells[3]})


def _at(number: int, text: str) -> str:
    return gettext("Baris %(number)s, %(text)s") % {"number": number, "text": text}
