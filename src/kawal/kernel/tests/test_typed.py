"""Numbers and amounts of money as they are typed and pasted."""

from decimal import Decimal

import pytest

from kawal.kernel import typed
from kawal.kernel.typed import ENGLISH, INDONESIAN


@pytest.mark.parametrize(
    ("written", "style", "meant"),
    [
        ("55.000", INDONESIAN, "55000"),
        ("55.000", ENGLISH, "55.000"),
        ("55,000", ENGLISH, "55000"),
        ("55,000", INDONESIAN, "55.000"),
        ("1.234.567,89", INDONESIAN, "1234567.89"),
        ("1.234.567,89", ENGLISH, "1234567.89"),
        ("1,234,567.89", INDONESIAN, "1234567.89"),
        ("Rp 1.234.567", ENGLISH, "1234567"),
        ("Rp. 2.500,00", INDONESIAN, "2500.00"),
        ("IDR 12.5", INDONESIAN, "12.5"),
        ("0,125", ENGLISH, "0.125"),
        ("11 %", INDONESIAN, "11"),
        ("1 234\u00a0567", INDONESIAN, "1234567"),
        ("100000000000000000", INDONESIAN, "100000000000000000"),
        ("7", ENGLISH, "7"),
    ],
)
def test_a_number_is_read_in_both_styles(written: str, style: str, meant: str):
    assert typed.number(written, style) == Decimal(meant)


@pytest.mark.parametrize(
    "written",
    ["", "dua", "-5", "1.2.3", "1,23,456", "1.234,567.8", "12 rim", "1e9", ".", "12.34.567"],
)
def test_what_is_no_number_is_none(written: str):
    assert typed.number(written) is None


def test_the_style_of_a_block_is_that_of_its_proofs():
    assert typed.style_of(["Kertas", "55,000", "1,250.50"]) == ENGLISH
    assert typed.style_of(["55.000", "10,5"], ENGLISH) == INDONESIAN
    assert typed.style_of(["55,000", "7"], INDONESIAN) == INDONESIAN
    assert typed.style_of(["1.250,5", "1,250.5"], ENGLISH) == ENGLISH


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("95.000", "95000"),
        ("95,000", "95000"),
        ("1.250.000", "1250000"),
        ("Rp 1.250.000,50", "1250000.50"),
        ("1,250,000.50", "1250000.50"),
        ("12,5", "12.5"),
        ("12.50", "12.50"),
        ("0,125", "0.125"),
        ("1250000", "1250000"),
    ],
)
def test_an_amount_has_no_thousandths_so_three_digits_are_a_group(written: str, meant: str):
    assert typed.money(written) == Decimal(meant)


@pytest.mark.parametrize(
    "written", ["", "dua", "-5", "1.2.3", "12x", "1.234,567.8", "10%", "1.000 %"]
)
def test_what_is_no_amount_is_none(written: str):
    assert typed.money(written) is None
