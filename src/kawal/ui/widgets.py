"""Fields of forms that the browser and our formats both understand."""

from django import forms


class DayInput(forms.DateInput):
    """A day, picked from a calendar; the browser wants it as 2026-11-24 whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """A day and a time of the city's clock, as 2026-11-24T14:05."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")
