"""NIP and NIK: what is made from parts is accepted and read back; each fault has its own reason."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kawal.identity import numbers
from kawal.identity.facts import Nik, Nip, Sex

ON = date(2026, 11, 24)


def codes(reasons):
    return [reason.code for reason in reasons]


@st.composite
def nips(draw):
    born = draw(st.dates(date(1950, 1, 1), date(2006, 12, 31)))
    year = draw(st.integers(born.year + 18, min(born.year + 60, 2025)))
    month = draw(st.integers(1, 12))
    sex = draw(st.sampled_from([1, 2]))
    serial = draw(st.integers(1, 999))
    facts = Nip(born, year, month, Sex.MALE if sex == 1 else Sex.FEMALE, serial)
    return f"{born:%Y%m%d}{year}{month:02}{sex}{serial:03}", facts


@st.composite
def niks(draw):
    born = draw(st.dates(date(1930, 1, 1), date(2025, 12, 31)))
    parts = [draw(st.integers(11, 99)), draw(st.integers(1, 99)), draw(st.integers(1, 99))]
    woman = draw(st.booleans())
    serial = draw(st.integers(1, 9999))
    day = born.day + (40 if woman else 0)
    facts = Nik(
        ".".join(f"{part:02}" for part in parts),
        born.day,
        born.month,
        born.year % 100,
        Sex.FEMALE if woman else Sex.MALE,
        serial,
    )
    region = "".join(f"{part:02}" for part in parts)
    return f"{region}{day:02}{born:%m%y}{serial:04}", facts


@given(nips())
def test_every_nip_made_of_true_parts_is_accepted_and_read_back(made):
    text, facts = made
    assert numbers.nip_reasons(text, on=ON) == []
    assert numbers.read_nip(text) == facts


@given(niks())
def test_every_nik_made_of_true_parts_is_accepted_and_read_back(made):
    text, facts = made
    assert numbers.nik_reasons(text) == []
    assert numbers.read_nik(text) == facts


@given(nips(), st.sampled_from([" ", ".", "-"]))
def test_spaces_dots_and_hyphens_do_not_matter(made, between):
    text, facts = made
    assert numbers.read_nip(between.join([text[:8], text[8:14], text[14], text[15:]])) == facts


@given(st.text(max_size=30))
def test_anything_typed_gets_reasons_or_reads(text):
    if not numbers.nip_reasons(text, on=ON):
        numbers.read_nip(text)
    if not numbers.nik_reasons(text):
        numbers.read_nik(text)


@pytest.mark.parametrize(
    ("nip", "expected"),
    [
        ("198003122005012003", []),
        ("198503202022211006", []),  # PPPK: contract code 21
        ("19800312200501200", ["nip_digits"]),
        ("19800312200501200X", ["nip_digits"]),
        ("１98003122005012003", ["nip_digits"]),  # a full-width digit
        ("198002302005012003", ["nip_birth"]),
        ("202701012005012003", ["nip_birth"]),
        ("198003122005132003", ["nip_month"]),
        ("198003121990012003", ["nip_age"]),
        ("198003122026122003", ["nip_future"]),
        ("198003122005013003", ["nip_sex"]),
        ("198003122005012000", ["nip_serial"]),
        ("198013122027003000", ["nip_birth", "nip_month", "nip_future", "nip_sex", "nip_serial"]),
    ],
)
def test_each_fault_of_a_nip_is_named(nip, expected):
    found = codes(numbers.nip_reasons(nip, on=ON))
    assert found == expected


@pytest.mark.parametrize(
    ("nik", "expected"),
    [
        ("1275035203800001", []),
        ("1275032902000001", []),  # 29 February 2000
        ("127503520380000", ["nik_digits"]),
        ("0275035203800001", ["nik_region"]),
        ("1200035203800001", ["nik_region"]),
        ("1275005203800001", ["nik_region"]),
        ("1275033203800001", ["nik_birth"]),
        ("1275034003800001", ["nik_birth"]),  # day 0 of a woman
        ("1275038003800001", ["nik_birth"]),  # day 80 would be 0 of nobody
        ("1275032902010001", ["nik_birth"]),  # 2001 and 1901 have no 29 February
        ("1275035203800000", ["nik_serial"]),
        ("0000004013010000", ["nik_region", "nik_birth", "nik_serial"]),
    ],
)
def test_each_fault_of_a_nik_is_named(nik, expected):
    assert codes(numbers.nik_reasons(nik)) == expected
