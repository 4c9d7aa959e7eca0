"""NIP and NIK by their structure: why a number cannot be one, and what it says. Pure."""

import re
from datetime import date

from kawal.identity.facts import Nik, Nip, Sex
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_

OLDEST_BIRTH = 1900
PPPK = range(21, 30)
WOMAN = 40


def digits(text: str) -> str:
    """Return a typed number without the spaces, dots and hyphens that people put between."""
    return re.sub(r"[\s.\-]", "", text)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def nip_reasons(text: str, *, on: date) -> list[Reason]:
    """Return every reason why this is no NIP on that day; an empty list accepts it.

    18 digits: birth date 8, year and month of appointment 6, sex 1 (1 man, 2 woman), serial 3
    (Peraturan Kepala BKN 22/2007). A PPPK has a contract code from 21 in place of the month.
    """
    number = digits(text)
    if not re.fullmatch(r"[0-9]{18}", number):
        return [Reason("nip_digits", N_("NIP terdiri atas 18 angka"), "nip")]
    born = _day(int(number[:4]), int(number[4:6]), int(number[6:8]))
    year, month = int(number[8:12]), int(number[12:14])
    born_is_wrong = born is None or born.year < OLDEST_BIRTH or born > on
    month_is_wrong = not 1 <= month <= 12 and month not in PPPK
    starts = (year, month if month <= 12 else 1)
    cases = [
        (born_is_wrong, "nip_birth", N_("Tanggal lahir dalam NIP (angka 1-8) tidak benar")),
        (month_is_wrong, "nip_month", N_("Bulan pengangkatan dalam NIP (angka 13-14) tidak benar")),
        (starts > (on.year, on.month), "nip_future", N_("Pengangkatan dalam NIP belum terjadi")),
        (
            not born_is_wrong and born is not None and not 15 <= year - born.year <= 70,
            "nip_age",
            N_("Usia saat pengangkatan menurut NIP bukan 15 sampai 70 tahun"),
        ),
        (number[14] not in "12", "nip_sex", N_("Angka ke-15 NIP adalah 1 (pria) atau 2 (wanita)")),
        (number[15:] == "000", "nip_serial", N_("Nomor urut NIP (angka 16-18) mulai dari 001")),
    ]
    return [Reason(code, words, "nip") for is_true, code, words in cases if is_true]


def read_nip(text: str) -> Nip:
    """Take an accepted NIP apart."""
    number = digits(text)
    month = int(number[12:14])
    return Nip(
        born=date(int(number[:4]), int(number[4:6]), int(number[6:8])),
        appointed_year=int(number[8:12]),
        appointed_month=month if month <= 12 else None,
        sex=Sex.MALE if number[14] == "1" else Sex.FEMALE,
        serial=int(number[15:]),
    )


def nik_reasons(text: str) -> list[Reason]:
    """Return every reason why this is no NIK; an empty list accepts it.

    16 digits: province, city, kecamatan 2 each; birth day (plus 40 for women), month, year of two
    digits; serial 4 (UU 24/2013; Permendagri 74/2015). The century is not written, so 29 February
    is accepted in each year that a century could make a leap year.
    """
    number = digits(text)
    if not re.fullmatch(r"[0-9]{16}", number):
        return [Reason("nik_digits", N_("NIK terdiri atas 16 angka"), "nik")]
    day, month, year = int(number[6:8]) % WOMAN, int(number[8:10]), int(number[10:12])
    beyond = int(number[6:8]) > WOMAN + 31
    cases = [
        (
            number[0] == "0" or "00" in (number[2:4], number[4:6]),
            "nik_region",
            N_("Kode wilayah dalam NIK (angka 1-6) tidak ada"),
        ),
        (
            beyond or _day(2000 + year, month, day) is None,
            "nik_birth",
            N_("Tanggal lahir dalam NIK (angka 7-12) tidak benar"),
        ),
        (number[12:] == "0000", "nik_serial", N_("Nomor urut NIK (angka 13-16) mulai dari 0001")),
    ]
    return [Reason(code, words, "nik") for is_true, code, words in cases if is_true]


def read_nik(text: str) -> Nik:
    """Take an accepted NIK apart."""
    number = digits(text)
    day = int(number[6:8])
    return Nik(
        region=f"{number[:2]}.{number[2:4]}.{number[4:6]}",
        born_day=day % WOMAN,
        born_month=int(number[8:10]),
        born_year_2=int(number[10:12]),
        sex=Sex.FEMALE if day > WOMAN else Sex.MALE,
        serial=int(number[12:]),
    )
