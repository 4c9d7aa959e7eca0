"""Public holidays and joint leave of 2026 and 2027, as data that a city may replace.

2026: the joint decree (SKB) of the ministers of religion, manpower and administrative reform on
national holidays and joint leave of 2026, as published in September 2025. 2027: a forecast from
the calendars, marked ``FORECAST`` until its decree is typed in; moon-dated feasts may move a day.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Source(StrEnum):
    """Where a date comes from."""

    DECREE = "SKB 3 Menteri 2026"
    FORECAST = "Prakiraan 2027 (menunggu SKB)"


@dataclass(frozen=True, slots=True)
class Holiday:
    """One day off: a national holiday, or joint leave (cuti bersama)."""

    day: date
    name: str
    is_joint_leave: bool
    source: Source


_NATIONAL = """
2026-01-01 Tahun Baru 2026 Masehi
2026-01-16 Isra Mikraj Nabi Muhammad SAW
2026-02-17 Tahun Baru Imlek 2577 Kongzili
2026-03-19 Hari Suci Nyepi (Tahun Baru Saka 1948)
2026-03-21 Idul Fitri 1447 Hijriah
2026-03-22 Idul Fitri 1447 Hijriah
2026-04-03 Wafat Yesus Kristus
2026-04-05 Kebangkitan Yesus Kristus (Paskah)
2026-05-01 Hari Buruh Internasional
2026-05-14 Kenaikan Yesus Kristus
2026-05-27 Idul Adha 1447 Hijriah
2026-05-31 Hari Raya Waisak 2570 BE
2026-06-01 Hari Lahir Pancasila
2026-06-16 1 Muharam Tahun Baru Islam 1448 Hijriah
2026-08-17 Proklamasi Kemerdekaan
2026-08-25 Maulid Nabi Muhammad SAW
2026-12-25 Kelahiran Yesus Kristus
2027-01-01 Tahun Baru 2027 Masehi
2027-01-05 Isra Mikraj Nabi Muhammad SAW
2027-02-06 Tahun Baru Imlek 2578 Kongzili
2027-03-08 Hari Suci Nyepi (Tahun Baru Saka 1949)
2027-03-10 Idul Fitri 1448 Hijriah
2027-03-11 Idul Fitri 1448 Hijriah
2027-03-26 Wafat Yesus Kristus
2027-03-28 Kebangkitan Yesus Kristus (Paskah)
2027-05-01 Hari Buruh Internasional
2027-05-06 Kenaikan Yesus Kristus
2027-05-16 Idul Adha 1448 Hijriah
2027-05-20 Hari Raya Waisak 2571 BE
2027-06-01 Hari Lahir Pancasila
2027-06-06 1 Muharam Tahun Baru Islam 1449 Hijriah
2027-08-15 Maulid Nabi Muhammad SAW
2027-08-17 Proklamasi Kemerdekaan
2027-12-25 Kelahiran Yesus Kristus
"""
_JOINT_LEAVE = """
2026-02-16 Cuti bersama Tahun Baru Imlek
2026-03-18 Cuti bersama Hari Suci Nyepi
2026-03-20 Cuti bersama Idul Fitri
2026-03-23 Cuti bersama Idul Fitri
2026-03-24 Cuti bersama Idul Fitri
2026-05-15 Cuti bersama Kenaikan Yesus Kristus
2026-05-28 Cuti bersama Idul Adha
2026-12-24 Cuti bersama Kelahiran Yesus Kristus
"""


def _read(text: str, *, joint: bool) -> list[Holiday]:
    pairs = [line.split(" ", 1) for line in text.split("\n") if line]
    return [
        Holiday(
            date.fromisoformat(day),
            name,
            joint,
            Source.DECREE if day.startswith("2026") else Source.FORECAST,
        )
        for day, name in pairs
    ]


HOLIDAYS = tuple(
    sorted(_read(_NATIONAL, joint=False) + _read(_JOINT_LEAVE, joint=True), key=lambda day: day.day)
)
