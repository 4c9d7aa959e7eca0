"""Dates, spans and amounts read as people here write them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from kawal.ui import formats, place

AT = datetime(2026, 11, 24, 7, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def indonesian(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(place, "ask", lambda: place.NOWHERE)
    with translation.override("id"):
        yield


@pytest.fixture
def jayapura(monkeypatch: pytest.MonkeyPatch):
    there = place.Place("Kota Jayapura", ZoneInfo("Asia/Jayapura"))
    monkeypatch.setattr(place, "ask", lambda: there)


def test_dates_and_times():
    assert formats.tanggal(date(2026, 11, 24)) == "24 November 2026"
    assert formats.tanggal(datetime(2026, 11, 24, 18, 0, tzinfo=UTC)) == "25 November 2026"
    assert formats.jam(AT) == "14.05\u00a0WIB"
    assert formats.waktu(AT) == "24 Nov 2026 14.05\u00a0WIB"


def test_times_are_the_citys(jayapura: None):
    assert formats.waktu(AT) == "24 Nov 2026 16.05\u00a0WIT"


def test_dates_and_times_in_english():
    with translation.override("en"):
        assert formats.tanggal(date(2026, 5, 2)) == "2 May 2026"
        assert formats.waktu(AT) == "24 Nov 2026 14:05\u00a0WIB"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 detik"),
        (59, "59 detik"),
        (60, "1 menit"),
        (61, "1 menit 1 detik"),
        (11_520, "3 jam 12 menit"),
        (3_600, "1 jam"),
        (3_605, "1 jam"),
        (90_000, "1 hari 1 jam"),
        (86_400 * 1234, "1.234 hari"),
        (timedelta(hours=2), "2 jam"),
        (12.9, "12 detik"),
        (None, "–"),
    ],
)
def test_a_span_in_its_two_largest_units(seconds, words):
    assert formats.durasi(seconds) == words


def test_a_span_in_english_knows_one_from_many():
    with translation.override("en"):
        assert formats.durasi(90_000) == "1 day 1 hour"
        assert formats.durasi(7_320) == "2 hours 2 minutes"


def test_how_long_ago():
    assert formats.sejak(AT - timedelta(hours=3, minutes=12), AT) == "3 jam 12 menit lalu"
    assert formats.sejak(AT, AT) == "baru saja"
    assert formats.sejak(None, AT) == "–"


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (Decimal("1234567.89"), "Rp\u00a01.234.567,89"),
        (Decimal("-1234.5"), "\u2212Rp\u00a01.234,50"),
        (0, "Rp\u00a00,00"),
        (Decimal("99999999999999.99"), "Rp\u00a099.999.999.999.999,99"),
        (None, "–"),
    ],
)
def test_amounts(amount, words):
    assert formats.rupiah(amount) == words


def test_amounts_without_cents_and_in_english():
    assert formats.rupiah(120_000_000, 0) == "Rp\u00a0120.000.000"
    with translation.override("en"):
        assert formats.rupiah(Decimal("1234567.89")) == "Rp\u00a01,234,567.89"


def test_numbers_and_shares():
    assert formats.angka(1_234_567) == "1.234.567"
    assert formats.angka(0.125) == "0,125"
    assert formats.angka(2, 2) == "2,00"
    assert formats.persen(0.999) == "99,9\u00a0%"
    assert formats.persen(1, 0) == "100\u00a0%"
    assert formats.persen(None) == "–"


def test_the_city_is_asked_for_once_within_a_request(monkeypatch: pytest.MonkeyPatch):
    asked: list[int] = []

    def ask() -> place.Place:
        asked.append(1)
        return place.NOWHERE

    monkeypatch.setattr(place, "ask", ask)
    with place.held():
        formats.jam(AT)
        formats.jam(AT)
    assert len(asked) == 1
    formats.jam(AT)
    assert len(asked) == 2
