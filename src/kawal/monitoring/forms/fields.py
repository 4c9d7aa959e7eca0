"""Fields as people here type them, and reasons put beside the fields that they are about."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kawal.kernel.refusals import Reason
from kawal.ui import formats
from kawal.ui.jinja import said

Choices = Sequence[tuple[object, object]]
_LOCAL = "%Y-%m-%dT%H:%M"


class RupiahField(forms.CharField):
    """An amount: ``180.000.000``, ``Rp 1.234,50`` or plain digits."""

    def to_python(self, value: Any) -> Any:
        """Return a Decimal; ``None`` when empty."""
        text = re.sub(r"(?i)^rp\.?|\s| ", "", str(value or "").strip())
        if not text:
            return None
        if "," in text or re.fullmatch(r"-?\d{1,3}(\.\d{3})+", text):
            text = text.replace(".", "").replace(",", ".")
        try:
            return Decimal(text).quantize(Decimal("0.01"))
        except InvalidOperation:
            raise forms.ValidationError(_("Tulis angkanya saja, misalnya 180.000.000.")) from None

    def prepare_value(self, value: Any) -> Any:
        """Return an amount as it is written here."""
        return formats.angka(value) if isinstance(value, Decimal) else value


class WholeField(forms.CharField):
    """A whole number; dots between thousands are welcome."""

    def to_python(self, value: Any) -> Any:
        """Return an int; ``None`` when empty."""
        text = re.sub(r"[.\s]", "", str(value if value is not None else "").strip())
        if not text:
            return None
        if not re.fullmatch(r"-?\d{1,18}", text):
            raise forms.ValidationError(_("Tulis bilangan bulat."))
        return int(text)


class InstantField(forms.CharField):
    """A day and time on the city's clock."""

    widget = forms.TextInput(attrs={"type": "datetime-local"})

    def to_python(self, value: Any) -> Any:
        """Return an instant; ``None`` when empty."""
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return datetime.fromisoformat(text).replace(tzinfo=formats.zone())
        except ValueError:
            raise forms.ValidationError(_("Tulis tanggal dan jamnya.")) from None

    def prepare_value(self, value: Any) -> Any:
        """Return an instant as the browser's field writes it."""
        if isinstance(value, datetime):
            return value.astimezone(formats.zone()).strftime(_LOCAL)
        return value


class DayField(forms.DateField):
    """A day, by the browser's own field."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, input_formats=["%Y-%m-%d", "%d/%m/%Y"], **options)
        self.error_messages["invalid"] = gettext_lazy("Tulis tanggalnya.")


class ChoiceField(forms.TypedChoiceField):
    """One of some values; what is none of them is nothing."""

    def __init__(self, choices: Choices = (), **options: Any) -> None:
        super().__init__(choices=list(choices), **options)
        self.error_messages["invalid_choice"] = gettext_lazy("Pilih salah satu.")


def labelled(enum: Iterable[Any], empty: object = None) -> list[tuple[object, object]]:
    """Return the choices of an enum whose members have labels, in the reader's language."""
    choices: list[tuple[object, object]] = [("", empty)] if empty is not None else []
    return choices + [(member.value, gettext_lazy(member.label)) for member in enum]


def refuse(form: forms.Form, reasons: Iterable[Reason]) -> None:
    """Put each reason beside the field that it is about; the others above the form."""
    for reason in reasons:
        text = said(reason)
        if reason.mend:
            text = f"{text} {said(reason.mend)}"
        form.add_error(reason.at if reason.at in form.fields else None, text)
