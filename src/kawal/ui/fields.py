"""Fields of forms for numbers and money, typed as people write them and shown so again."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kawal.kernel import typed
from kawal.ui import formats

_MINUS = ("-", "\u2212")


class NumberField(forms.DecimalField):
    """A number in either style; a single mark is read as the page's language writes it.

    Django's own field knows no thousands: ``1.250.000`` is no number to it.
    """

    widget = forms.TextInput
    default_error_messages = {"invalid": _("Tulislah bilangan, misalnya 1.250.000,50.")}

    def read(self, text: str) -> Decimal | None:
        """Return what a text without a sign means; ``None`` when it is no number."""
        return typed.number(text, formats.decimal_mark())

    def to_python(self, value: object) -> Decimal | None:  # type: ignore[override]
        """Return the number; nothing when it was left empty."""
        text = str(value).strip() if value is not None else ""
        if not text:
            return None
        minus = text.startswith(_MINUS)
        found = self.read(text[1:] if minus else text)
        if found is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return -found if minus else found

    def prepare_value(self, value: Any) -> Any:
        """Return a number as one would type it; what was typed stays as it is."""
        return formats.angka(value) if isinstance(value, Decimal) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Let phones show digits; it stays a text field, which keeps what cannot be read."""
        return {"inputmode": "decimal", "autocomplete": "off"}


class MoneyField(NumberField):
    """An amount in rupiah, to the sen; three digits after a single mark are thousands."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_digits": 20, "decimal_places": 2} | options)

    def read(self, text: str) -> Decimal | None:
        """Return the amount; ``None`` when it is none."""
        return typed.money(text)

    def prepare_value(self, value: Any) -> Any:
        """Return an amount as one would type it: with its sen where it has any."""
        return formats.as_typed(value) if isinstance(value, Decimal) else value
