"""The decrees that define codes, as the product knows them: order, days, and how sure that is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kawal.nomenclature.facts import Certainty


@dataclass(frozen=True, slots=True)
class KnownDecree:
    """A decree before anything was imported under it; ``amends`` is the code of an older one."""

    code: str
    title: str
    amends: str
    valid_from: date
    certainty: Certainty = Certainty.RECALLED
    ending_digits: int | None = None


BASE = "bagan-akun-dasar"
PERMENDAGRI_90 = "permendagri-90-2019"
KEP_3708_FIRST = "kepmendagri-050-3708-2020-awal"
KEP_3708 = "kepmendagri-050-3708-2020"
KEP_5889 = "kepmendagri-050-5889-2021"
KEP_1317 = "kepmendagri-900.1.15.5-1317-2023"
KEP_3406 = "kepmendagri-900.1.15.5-3406-2024"

# Oldest first. The days are those of the first budget year that used the list.
_KNOWN = (
    KnownDecree(BASE, "Bagan akun dasar (jenis)", "", date(2020, 1, 1)),
    KnownDecree(
        PERMENDAGRI_90, "Permendagri 90/2019", BASE, date(2020, 1, 1), Certainty.RECALLED, 2
    ),
    KnownDecree(
        KEP_3708_FIRST,
        "Kepmendagri 050-3708/2020, rumusan awal yang dicabut",
        PERMENDAGRI_90,
        date(2020, 10, 5),
        Certainty.UNVERIFIED,
        2,
    ),
    KnownDecree(
        KEP_3708,
        "Kepmendagri 050-3708/2020",
        KEP_3708_FIRST,
        date(2020, 10, 5),
        Certainty.RECALLED,
        2,
    ),
    KnownDecree(
        KEP_5889, "Kepmendagri 050-5889/2021", KEP_3708, date(2022, 1, 1), Certainty.RECALLED, 2
    ),
    KnownDecree(
        KEP_1317,
        "Kepmendagri 900.1.15.5-1317/2023",
        KEP_5889,
        date(2024, 1, 1),
        Certainty.RECALLED,
        4,
    ),
    KnownDecree(
        KEP_3406,
        "Kepmendagri 900.1.15.5-3406/2024",
        KEP_1317,
        date(2025, 1, 1),
        Certainty.UNVERIFIED,
        4,
    ),
)
KNOWN: Mapping[str, KnownDecree] = {decree.code: decree for decree in _KNOWN}


def family(code: str) -> Iterator[KnownDecree]:
    """Yield a known decree and those that it amends, the newest first.

    :raises KeyError: when no such decree is known.
    """
    while code:
        yield KNOWN[code]
        code = KNOWN[code].amends
