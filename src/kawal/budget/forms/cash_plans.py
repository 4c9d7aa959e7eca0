"""What was typed into a grid of amounts: read cell by cell, every mistake said at its cell."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from kawal.budget.facts import MONTHS, NIL, WAY_LABELS, Months, Way
from kawal.kernel.refusals import Reason
from kawal.kernel.typed import money
from kawal.kernel.words import N_

Typed = Mapping[str, str]


@dataclass(slots=True)
class Cells:
    """Amounts read from a form, in rupiah, and the reasons why some could not be read."""

    months: dict[int, Months] = field(default_factory=dict)
    amounts: dict[int, Decimal] = field(default_factory=dict)
    reasons: list[Reason] = field(default_factory=list)


def amount(typed: str, at: str, reasons: list[Reason]) -> Decimal:
    """Return what a cell means, nothing for an empty one; what is no number joins the reasons."""
    if not typed.strip():
        return NIL
    read = money(typed)
    if read is None:
        text = N_("“%(typed)s” bukan jumlah uang.")
        reasons.append(Reason("cash.not_an_amount", text, at, values={"typed": typed[:40]}))
    return NIL if read is None else read


def read_months(typed: Typed, line_ids: Iterable[int]) -> Cells:
    """Return the twelve months of lines, typed into ``m-<line>-<month>``."""
    cells = Cells()
    for line in line_ids:
        cells.months[line] = tuple(
            amount(typed.get(f"m-{line}-{month}", ""), f"{line}.{month}", cells.reasons)
            for month in range(1, MONTHS + 1)
        )
    return cells


def read_amounts(typed: Typed, line_ids: Iterable[int]) -> Cells:
    """Return the amounts of lines, typed into ``a-<line>``; lines without any are left out."""
    cells = Cells()
    for line in line_ids:
        read = amount(typed.get(f"a-{line}", ""), str(line), cells.reasons)
        if read:
            cells.amounts[line] = read
    return cells


def number(typed: Typed, name: str) -> int:
    """Return a hidden whole number, 0 when it is none."""
    text = typed.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


class ProposalForm(forms.Form):
    """From what the months are to be proposed."""

    ways = forms.MultipleChoiceField(
        label=_("Usulkan dari"),
        choices=[(one.value, one.value) for one in Way],
        widget=forms.CheckboxSelectMultiple,
        initial=[one.value for one in Way],
    )
    replace = forms.BooleanField(
        label=_("Ganti juga rincian yang jumlahnya sudah sama dengan pagu"), required=False
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        from django.utils.translation import gettext

        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        labels = [(one.value, gettext(WAY_LABELS[one])) for one in Way]
        self.fields["ways"].choices = labels  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why something is returned or withdrawn."""

    reason = forms.CharField(
        label=_("Alasan"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
