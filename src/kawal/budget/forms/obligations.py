"""The form that ticks an obligation off, or takes the tick back."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kawal.budget.rules.obligations import LONGEST
from kawal.ui.widgets import DayInput


class MarkForm(forms.Form):
    """The day on which it was done, and the paper that shows it."""

    done_on = forms.DateField(label=_("Selesai pada"), widget=DayInput)
    note = forms.CharField(
        label=_("Catatan"),
        max_length=LONGEST,
        help_text=_("Misalnya nomor dan tanggal suratnya; tanpa nomor identitas orang."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"done_on": today})
        super().__init__(*args, **kwargs)


class UnmarkForm(forms.Form):
    """Why a tick is taken back."""

    note = forms.CharField(label=_("Mengapa dibatalkan"), max_length=LONGEST)
