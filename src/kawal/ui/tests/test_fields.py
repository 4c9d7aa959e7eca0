"""Numbers and money are typed with their thousands, in both languages, and shown so again."""

from decimal import Decimal

import pytest
from django import forms
from django.utils import translation

from kawal.ui.fields import MoneyField, NumberField


class Form(forms.Form):
    share = NumberField(max_digits=6, decimal_places=3, required=False)
    amount = MoneyField()


def sent(amount: str, share: str = "") -> Form:
    return Form({"amount": amount, "share": share})


@pytest.mark.parametrize(
    ("language", "amount", "meant"),
    [
        ("id", "1.250.000", "1250000"),
        ("id", "Rp 1.250.000,50", "1250000.50"),
        ("id", "95,000", "95000"),
        ("en", "1,250,000.50", "1250000.50"),
        ("en", "95.000", "95000"),
        ("en", "-1,200.5", "-1200.5"),
    ],
)
def test_an_amount_with_its_thousands(language: str, amount: str, meant: str):
    with translation.override(language):
        form = sent(amount)
        assert form.is_valid()
        assert form.cleaned_data["amount"] == Decimal(meant)
        assert form.cleaned_data["share"] is None


@pytest.mark.parametrize(("language", "share"), [("id", "12,125"), ("en", "12.125")])
def test_a_share_is_read_in_the_style_of_the_page(language: str, share: str):
    with translation.override(language):
        form = sent("1", share)
        assert form.is_valid()
        assert form.cleaned_data["share"] == Decimal("12.125")


@pytest.mark.parametrize(
    "amount", ["", "mahal", "1.2.3", "0,125", "1.000.000.000.000.000.000", "NaN", "1e5"]
)
def test_what_is_no_amount_or_too_fine_or_too_much_is_refused(amount: str):
    with translation.override("id"):
        form = sent(amount)
        assert not form.is_valid()
        assert "amount" in form.errors


def test_too_fine_a_share_is_refused():
    with translation.override("id"):
        assert list(sent("1", "12,1255").errors) == ["share"]


def test_numbers_are_shown_as_one_types_them_and_what_was_typed_stays():
    initial = {"amount": Decimal("1250000.50"), "share": Decimal("12.5")}
    with translation.override("id"):
        page = str(Form(initial=initial))
        assert 'value="1.250.000,50"' in page
        assert 'value="12,5"' in page
        assert 'inputmode="decimal"' in page
        assert 'value="1.250.000"' in str(Form(initial=initial | {"amount": Decimal(1250000)}))
        assert 'value="mahal"' in str(sent("mahal"))
    with translation.override("en"):
        assert 'value="1,250,000.50"' in str(Form(initial=initial))
