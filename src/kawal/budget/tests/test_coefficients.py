"""Coefficients as they are typed and pasted."""

from decimal import Decimal

from kawal.budget.forms.coefficients import coefficient


def test_a_coefficient_is_read_as_it_is_said():
    assert coefficient("3 Orang x 2 Hari × 4 Kali") == (
        (Decimal(3), "Orang"),
        (Decimal(2), "Hari"),
        (Decimal(4), "Kali"),
    )
    assert coefficient("1.500 m2") == ((Decimal(1500), "m2"),)
    assert coefficient("2,5kg*3 Bulan") == ((Decimal("2.5"), "kg"), (Decimal(3), "Bulan"))
    assert coefficient("12") == ((Decimal(12), ""),)
    assert coefficient("5 Box") == ((Decimal(5), "Box"),)
    assert coefficient("1 Maxi x 2 hari") == ((Decimal(1), "Maxi"), (Decimal(2), "hari"))
    for nothing in ("", "Orang", "3 Orang x Hari", "x"):
        assert coefficient(nothing) is None
