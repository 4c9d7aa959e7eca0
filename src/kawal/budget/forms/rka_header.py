"""The head of a sheet as it is typed: where, when, for whom, what it promises, its labels."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kawal.budget.facts import (
    INDICATOR_KIND_LABELS,
    HeaderDraft,
    IndicatorDraft,
    IndicatorKind,
)
from kawal.kernel.typed import number
from kawal.ui import formats
from kawal.ui.fields import MoneyField

MONTHS = range(1, 13)
BLANK_ROWS = 2
MOST_INDICATORS = 30
Places = list[tuple[str, list[tuple[str, str]]]]
TypedIndicator = dict[str, str]


class HeaderForm(forms.Form):
    """The head of a sheet, without its indicators."""

    places = forms.MultipleChoiceField(
        label=_("Lokasi"),
        required=False,
        help_text=_("Boleh lebih dari satu: tahan Ctrl saat memilih."),
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    place_text = forms.CharField(
        label=_("Rincian lokasi"),
        required=False,
        max_length=300,
        help_text=_("Misalnya nama jalan atau sekolah."),
    )
    first_month = forms.TypedChoiceField(label=_("Mulai bulan"), coerce=int)
    last_month = forms.TypedChoiceField(label=_("Sampai bulan"), coerce=int)
    target_group = forms.CharField(label=_("Kelompok sasaran"), required=False, max_length=300)
    last_year = MoneyField(label=_("Pagu tahun lalu (Rp)"), required=False)
    next_year = MoneyField(label=_("Prakiraan tahun depan (Rp)"), required=False)
    labels = forms.CharField(
        label=_("Label"),
        required=False,
        max_length=1000,
        help_text=_("Pisahkan dengan koma, misalnya stunting, SPM."),
    )

    def __init__(self, *args: object, places: Places, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        where = self.fields["places"]
        assert isinstance(where, forms.MultipleChoiceField)
        where.choices = places
        for name in ("first_month", "last_month"):
            month = self.fields[name]
            assert isinstance(month, forms.TypedChoiceField)
            month.choices = [(number, month_name(number)) for number in MONTHS]

    def draft(self, indicators: Sequence[IndicatorDraft]) -> HeaderDraft:
        """Return the head that was typed."""
        given = self.cleaned_data
        labels = (label.strip() for label in given["labels"].split(","))
        return HeaderDraft(
            places=tuple(given["places"]),
            place_text=given["place_text"],
            first_month=given["first_month"],
            last_month=given["last_month"],
            target_group=given["target_group"],
            last_year=given["last_year"] or Decimal("0.00"),
            next_year=given["next_year"] or Decimal("0.00"),
            labels=tuple(dict.fromkeys(label for label in labels if label)),
            indicators=tuple(indicators),
        )


def month_name(number: int) -> str:
    """Return the name of a month in the reader's language."""
    names = gettext(
        "Januari,Februari,Maret,April,Mei,Juni,Juli,Agustus,September,Oktober,November,Desember"
    )
    return names.split(",")[number - 1]


def initial_of(header: HeaderDraft) -> dict[str, object]:
    """Return a head as the form shows it."""
    return {
        "places": list(header.places),
        "place_text": header.place_text,
        "first_month": header.first_month,
        "last_month": header.last_month,
        "target_group": header.target_group,
        "last_year": formats.as_typed(header.last_year) if header.last_year else "",
        "next_year": formats.as_typed(header.next_year) if header.next_year else "",
        "labels": ", ".join(header.labels),
    }


def indicator_rows(header: HeaderDraft) -> list[TypedIndicator]:
    """Return the indicators as the form shows them, with empty rows below."""
    rows = [
        {
            "kind": one.kind.value,
            "measure": one.measure,
            "target": "" if one.target is None else formats.angka(one.target),
            "unit": one.unit,
        }
        for one in header.indicators
    ]
    missing = [kind for kind in IndicatorKind if kind.value not in {row["kind"] for row in rows}]
    kinds = [kind.value for kind in missing] + [IndicatorKind.OUTPUT.value] * BLANK_ROWS
    return rows + [{"kind": kind, "measure": "", "target": "", "unit": ""} for kind in kinds]


def typed_indicators(given: Mapping[str, object]) -> list[TypedIndicator]:
    """Return the rows of indicators that a form sent, empty ones too."""
    return [
        {
            part: str(given.get(f"indicators.{place}.{part}", "")).strip()
            for part in ("kind", "measure", "target", "unit")
        }
        for place in range(MOST_INDICATORS)
        if f"indicators.{place}.measure" in given
    ]


def read_indicators(
    rows: Sequence[TypedIndicator],
) -> tuple[list[IndicatorDraft], dict[str, str]]:
    """Return the indicators that were typed, and what is wrong by field; empty rows count not."""
    found: list[IndicatorDraft] = []
    errors: dict[str, str] = {}
    for place, row in enumerate(rows):
        if not (row["measure"] or row["target"] or row["unit"]):
            continue
        target = number(row["target"], formats.decimal_mark()) if row["target"] else None
        if row["target"] and target is None:
            errors[f"indicators.{place}.target"] = gettext("Tulislah bilangan, misalnya 12,5.")
        if row["kind"] not in set(IndicatorKind):
            errors[f"indicators.{place}.kind"] = gettext("Pilih jenis indikatornya.")
            continue
        kind = IndicatorKind(row["kind"])
        found.append(IndicatorDraft(kind, row["measure"], target, row["unit"]))
    return found, errors


def kind_choices() -> list[tuple[str, str]]:
    """Return the kinds of indicators as choices."""
    return [(kind.value, gettext(INDICATOR_KIND_LABELS[kind])) for kind in IndicatorKind]
