"""Amounts in words: each known by heart, and every one read back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kawal.kernel.terbilang import spelled, terbilang

KNOWN = {
    "0": "nol rupiah",
    "10": "sepuluh rupiah",
    "11": "sebelas rupiah",
    "19": "sembilan belas rupiah",
    "20": "dua puluh rupiah",
    "100": "seratus rupiah",
    "101": "seratus satu rupiah",
    "1000": "seribu rupiah",
    "1100": "seribu seratus rupiah",
    "2001": "dua ribu satu rupiah",
    "100000": "seratus ribu rupiah",
    "101000": "seratus satu ribu rupiah",
    "1000000": "satu juta rupiah",
    "1001000": "satu juta seribu rupiah",
    "1000000000000": "satu triliun rupiah",
    "1013597766613.40": (
        "satu triliun tiga belas miliar lima ratus sembilan puluh tujuh juta tujuh ratus enam "
        "puluh enam ribu enam ratus tiga belas rupiah empat puluh sen"
    ),
    "-0.05": "minus nol rupiah lima sen",
    "0.01": "nol rupiah satu sen",
    "-1500": "minus seribu lima ratus rupiah",
}


@pytest.mark.parametrize(("amount", "words"), KNOWN.items())
def test_known_amounts(amount: str, words: str):
    assert terbilang(Decimal(amount)) == words


@pytest.mark.parametrize("amount", ["0.001", "1e18", "-1000000000000000000"])
def test_what_has_no_words_is_refused(amount: str):
    with pytest.raises(ValueError, match=r"finer|no words"):
        terbilang(Decimal(amount))


UNITS = {"satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7} | {
    "delapan": 8,
    "sembilan": 9,
    "sepuluh": 10,
    "sebelas": 11,
}
POWERS = {"ribu": 3, "juta": 6, "miliar": 9, "triliun": 12, "kuadriliun": 15}


def heard(words: str) -> int:
    """Read a number back, as one hears it: by another way than it was written."""
    whole = group = last = 0
    for word in words.replace("seratus", "satu ratus").replace("seribu", "satu ribu").split():
        if word in POWERS:
            whole, group, last = whole + (group + last) * 10 ** POWERS[word], 0, 0
        elif word == "ratus":
            group, last = group + last * 100, 0
        elif word == "puluh":
            group, last = group + last * 10, 0
        elif word == "belas":
            last += 10
        else:
            group, last = group + last, UNITS.get(word, 0)
    return whole + group + last


@given(st.integers(0, 10**18 - 1))
def test_what_is_spelled_is_heard_the_same(number: int):
    assert heard(spelled(number)) == number
