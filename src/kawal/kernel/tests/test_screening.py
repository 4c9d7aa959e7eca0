"""Numbers of persons never pass; the words and numbers of public money do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kawal.kernel import screening


def codes(text):
    return [reason.code for reason in screening.reasons(text)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("atas nama Dewi 1275010101900001", "personal.nik"),
        ("1275 0101 0190 0001", "personal.nik"),
        ("12.75.01.410190.0001", "personal.nik"),
        ("１２７５０１０１０１９００００１", "personal.nik"),
        ("12750101\u200b01900001", "personal.nik"),
        ("٠١٢٣٤٥٦٧٨٩٠١٢٣٤٥", "personal.nik"),
        ("1275010101900001234", "personal.account"),
        ("NIP 199001012015031001", "personal.nip"),
        ("19900101 201503 1 001", "personal.nip"),
        ("hubungi 0812-3456-7890", "personal.phone"),
        ("hubungi +62 812 3456 7890", "personal.phone"),
        ("hubungi 6281234567890", "personal.phone"),
        ("kantor (061) 8826771", "personal.phone"),
        ("kantor 061-8826771", "personal.phone"),
        ("NPWP 01.234.567.8-901.000", "personal.npwp"),
        ("BRI 0123-01-012345-50-1", "personal.account"),
        ("transfer ke 1234567890", "personal.account"),
        ("rek. 123456-78", "personal.account"),
        ("No. HP: 812 345 67", "personal.account"),
        ("surat ke dewi@contoh.id", "personal.e-mail"),
        ("Rp 1275010101900001", "personal.nik"),
    ],
)
def test_a_personal_number_is_refused_and_hidden(text, code):
    assert code in codes(text)
    assert codes(screening.redact(text)) == []
    assert screening.HIDDEN in screening.redact(text)


@pytest.mark.parametrize(
    "text",
    [
        "Pembayaran Gaji Bulan Februari 2024 Dinas Pendidikan",
        "Rp 1.234.567.890,00 untuk 37 kelurahan",
        "senilai Rp1234567890123 menurut SP2D",
        "SK 900/1234/SK/2024 tanggal 24-11-2026 pukul 10:20:30",
        "SP2D 12.75/04.0/000123/LS/1.01.2.22.0.00.01.0000/M/2/2024",
        "kode rekening 5.1.02.01.01.0024",
        "SKPD 1.01.2.22.0.00.01.0000 2024",
        "kelurahan 12.75.01.1001, paket SIRUP 12345678",
        "tahun 2019 2020 2021 2022",
        "rasio 0.8123456",
        "2026-11-24 04:32:40.123456",
        "",
    ],
)
def test_the_words_of_public_money_pass_unchanged(text):
    assert codes(text) == []
    assert screening.redact(text) == text


def test_every_kind_is_named_once():
    assert codes("1275010101900001 dan 1275010101900002 dan a@b.id") == [
        "personal.nik",
        "personal.e-mail",
    ]


def test_a_redacted_text_keeps_the_rest():
    assert screening.redact("Dewi (0812-3456-7890) dan a@b.id.") == (
        "Dewi ([disembunyikan]) dan [disembunyikan]."
    )


_letters = st.text(alphabet="abc ,;/", max_size=8)


@given(before=_letters, after=_letters, number=st.from_regex(r"[1-9][0-9]{15}", fullmatch=True))
def test_sixteen_digits_never_survive(before, number, after):
    assert number not in screening.redact(before + number + after)


@given(
    gap=st.sampled_from(["", " ", "-", "."]),
    tail=st.from_regex(r"[0-9]{8}", fullmatch=True),
    head=st.sampled_from(["0812", "+62812", "62812"]),
)
def test_a_mobile_number_never_survives(head, gap, tail):
    text = f"hubungi {head}{gap}{tail[:4]}{gap}{tail[4:]} ya"
    assert "personal.phone" in codes(text)
    assert tail[4:] not in screening.redact(text)
