"""What a cell may hold, read as people and spreadsheets write it; each raises ``Unreadable``."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from kawal.kernel.importing.problems import Unreadable
from kawal.kernel.words import N_

E = TypeVar("E", bound=StrEnum)

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february feb",
            "maret march mar",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agu aug",
            "september sep sept",
            "oktober october okt oct",
            "november nov nopember",
            "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}
YES = {"ya", "y", "yes", "benar", "true", "1", "aktif"}
NO = {"tidak", "t", "n", "no", "bukan", "salah", "false", "0", "tdk"}


def text(cell: str) -> str:
    """Return the cell with its runs of spaces and line breaks made one space."""
    return " ".join(cell.split())


def at_most(length: int) -> Callable[[str], str]:
    """Return a reader of text of at most so many characters."""

    def read(cell: str) -> str:
        value = text(cell)
        if len(value) > length:
            raise Unreadable(
                "import.too_long",
                N_("terlalu panjang: %(length)s huruf, paling banyak %(most)s"),
                length=len(value),
                most=length,
            )
        return value

    return read


def integer(cell: str) -> int:
    """Return a whole number; ``1.234`` and ``1,234`` are both one thousand and so on."""
    plain = cell.strip().replace(" ", "")
    if re.fullmatch(r"[+-]?\d{1,3}([.,]\d{3})+", plain):
        plain = plain.replace(".", "").replace(",", "")
    if not re.fullmatch(r"[+-]?\d{1,18}", plain):
        raise Unreadable("import.not_whole", N_("“%(cell)s” bukan bilangan bulat"), cell=cell)
    return int(plain)


def decimal(cell: str) -> Decimal:
    """Return a number written as ``1.234,56``, ``1,234.56``, ``1234,56`` or ``1234.56``.

    One mark alone is the decimal one; groups of three need it, or another group, after them.
    """
    plain = re.sub(r"^(Rp\.?|IDR)", "", cell.strip(), flags=re.IGNORECASE).replace(" ", "")
    if re.fullmatch(r"[+-]?\d{1,3}(\.\d{3})+,\d+|[+-]?\d{1,3}(\.\d{3}){2,}", plain):
        plain = plain.replace(".", "")
    elif re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+\.\d+|[+-]?\d{1,3}(,\d{3}){2,}", plain):
        plain = plain.replace(",", "")
    plain = plain.replace(",", ".")
    if not re.fullmatch(r"[+-]?\d{1,20}(\.\d{1,12})?", plain):
        raise Unreadable("import.not_a_number", N_("“%(cell)s” bukan bilangan"), cell=cell)
    return Decimal(plain)


def rupiah(cell: str) -> Decimal:
    """Return an amount of money, read as :func:`decimal` does, except that ``95.000`` is 95,000.

    No price has thousandths, so three digits after the only mark are a group.
    """
    plain = re.sub(r"^(Rp\.?|IDR)", "", cell.strip(), flags=re.IGNORECASE).replace(" ", "")
    if re.fullmatch(r"[+-]?\d{1,3}[.,]\d{3}", plain):
        return Decimal(plain.replace(".", "").replace(",", ""))
    return decimal(cell)


def day(cell: str) -> date:
    """Return a date written as 2026-11-24, 24/11/2026, 24-11-2026 or 24 November 2026."""
    plain = cell.strip().split("T")[0].removesuffix(" 00:00:00")
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", plain):
        year, month, of_month = map(int, match.groups())
    elif match := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", plain):
        of_month, month, year = map(int, match.groups())
    elif match := re.fullmatch(r"(\d{1,2})\s+([A-Za-z]+)\.?\s+(\d{4})", plain):
        of_month, year = int(match[1]), int(match[3])
        month = MONTHS.get(match[2].casefold(), 0)
    else:
        raise Unreadable("import.not_a_date", N_("“%(cell)s” bukan tanggal"), cell=cell)
    try:
        return date(year, month, of_month)
    except ValueError:
        raise Unreadable(
            "import.no_such_date", N_("tanggal “%(cell)s” tidak ada"), cell=cell
        ) from None


def instant(zone: ZoneInfo) -> Callable[[str], datetime]:
    """Return a reader of ISO 8601 instants; one without a zone is wall time of ``zone``."""

    def read(cell: str) -> datetime:
        try:
            at = datetime.fromisoformat(cell.strip())
        except ValueError:
            raise Unreadable("import.not_a_time", N_("“%(cell)s” bukan waktu"), cell=cell) from None
        return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)

    return read


def yes_or_no(cell: str) -> bool:
    """Return the truth of ya/tidak, yes/no, true/false, 1/0."""
    word = cell.strip().casefold()
    if word in YES or word in NO:
        return word in YES
    raise Unreadable("import.not_yes_or_no", N_("“%(cell)s” bukan ya atau tidak"), cell=cell)


def one_of(kinds: type[E], synonyms: Mapping[str, E] | None = None) -> Callable[[str], E]:
    """Return a reader of an enum by its value or by other words for it, whatever their case."""
    words = {kind.value.casefold(): kind for kind in kinds}
    words |= {word.casefold(): kind for word, kind in (synonyms or {}).items()}

    def read(cell: str) -> E:
        found = words.get(text(cell).casefold())
        if found is None:
            raise Unreadable(
                "import.not_one_of",
                N_("“%(cell)s” bukan salah satu dari %(words)s"),
                cell=cell,
                words=", ".join(kind.value for kind in kinds),
            )
        return found

    return read
