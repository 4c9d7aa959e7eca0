"""A day stands in its field as the browser reads it, in both languages."""

from datetime import date, datetime

import pytest
from django import forms
from django.utils import translation

from kawal.ui.widgets import DayInput, MomentInput


class Form(forms.Form):
    day = forms.DateField(widget=DayInput)
    moment = forms.DateTimeField(widget=MomentInput)


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_day_and_a_moment(language: str):
    with translation.override(language):
        form = Form(initial={"day": date(2026, 11, 24), "moment": datetime(2026, 11, 24, 14, 5)})  # noqa: DTZ001
        assert 'type="date" name="day" value="2026-11-24"' in str(form["day"])
        assert 'value="2026-11-24T14:05"' in str(form["moment"])
        sent = Form({"day": "2026-11-24", "moment": "2026-11-24T14:05"})
        assert sent.is_valid()
        assert sent.cleaned_data["day"] == date(2026, 11, 24)
