"""How figures, days and names are written on paper: always Indonesian, whoever reads."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

MONTH_NAMES = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
_SWAPPED = str.maketrans(",.", ".,")


def money(amount: Decimal | None) -> str:
    """Return rupiah as accounts write them: ``1.234,50``, less than nothing as ``(1.234,50)``."""
    if amount is None:
        return ""
    plain = f"{abs(amount):,.2f}".translate(_SWAPPED)
    return f"({plain})" if amount < 0 else plain


def short(number: Decimal) -> str:
    """Return a number without zeros at its end: ``2,5``, ``1.000``."""
    plain = f"{number:,f}".translate(_SWAPPED)
    return plain.rstrip("0").rstrip(",") if "," in plain else plain


def share(change: Decimal, before: Decimal) -> str:
    """Return a change in percent of what was before; nothing to compare with is a dash."""
    return money(change / before * 100) if before else "–"


def day_words(day: date) -> str:
    """Return ``4 Januari 2027``."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def months_words(first: int, last: int) -> str:
    """Return ``Januari sampai dengan Maret``; one month alone is its name."""
    begin, end = MONTH_NAMES[first - 1], MONTH_NAMES[last - 1]
    return begin if first == last else f"{begin} sampai dengan {end}"


def joined(words: Iterable[str]) -> str:
    """Return words that are not empty with commas between them; none at all are a dash."""
    return ", ".join(word for word in words if word) or "–"
