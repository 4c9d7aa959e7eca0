"""Amounts in words, as Indonesian documents of money must say them beside the figures. Pure."""

from decimal import Decimal

DIGITS = (
    "nol",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
)
POWERS = ("", "ribu", "juta", "miliar", "triliun", "kuadriliun")
MOST = Decimal(1000) ** len(POWERS)


def terbilang(amount: Decimal) -> str:
    """Return an amount of rupiah in words, exact to the sen.

    ``terbilang(Decimal("1250000.50"))`` is ``satu juta dua ratus lima puluh ribu rupiah lima
    puluh sen``. Words stay Indonesian in every language: they are part of the document.

    :raises ValueError: when it is finer than a sen, or a quintillion or more.
    """
    if amount != round(amount, 2):
        raise ValueError(f"{amount} is finer than a sen")
    if abs(amount) >= MOST:
        raise ValueError(f"{amount} has no words here")
    rupiah, sen = divmod(int(abs(amount) * 100), 100)
    words = [*(["minus"] if amount < 0 else []), spelled(rupiah), "rupiah"]
    return " ".join([*words, spelled(sen), "sen"] if sen else words)


def spelled(number: int) -> str:
    """Return a whole number from 0 below a quintillion in words: 1100 is ``seribu seratus``."""
    if number < 1000:
        return _below_thousand(number)
    groups: list[str] = []
    for power in POWERS:
        number, group = divmod(number, 1000)
        if group:
            one_thousand = group == 1 and power == "ribu"
            groups.append("seribu" if one_thousand else f"{_below_thousand(group)} {power}".strip())
    return " ".join(reversed(groups))


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    words = {0: [], 1: ["seratus"]}.get(hundreds, [f"{DIGITS[hundreds]} ratus"])
    return " ".join([*words, _below_hundred(rest)] if rest or not hundreds else words)


def _below_hundred(number: int) -> str:
    if number < len(DIGITS):
        return DIGITS[number]
    tens, ones = divmod(number, 10)
    if tens == 1:
        return f"{DIGITS[ones]} belas"
    return f"{DIGITS[tens]} puluh {DIGITS[ones]}" if ones else f"{DIGITS[tens]} puluh"
