"""Parameters of shifts, Perubahan, efficiency and the year without an APBD (PP 12/2019)."""

from datetime import date
from decimal import Decimal

from kawal.budget.facts import Instrument
from kawal.budget.facts.shifts import ShiftLevel
from kawal.kernel.words import N_
from kawal.nomenclature.facts import Certainty
from kawal.nomenclature.registry import Declared, Default

FIRST = date(2020, 1, 1)
SHIFTS = "PP 12/2019 Ps 161-164; Permendagri 77/2020"
PERUBAHAN = "PP 12/2019 Ps 161-167"
INTERIM = "PP 12/2019 Ps 107; UU 23/2014 Ps 312-313"

_DESKS = {
    ShiftLevel.AGENCY: (N_("Penyetuju pergeseran antar-SKPD"), Instrument.PERDA),
    ShiftLevel.UNIT: (N_("Penyetuju pergeseran antarunit SKPD"), Instrument.PERDA),
    ShiftLevel.PROGRAM: (N_("Penyetuju pergeseran antarprogram"), Instrument.PERDA),
    ShiftLevel.KEGIATAN: (N_("Penyetuju pergeseran antarkegiatan"), Instrument.PERDA),
    ShiftLevel.SUB_KEGIATAN: (N_("Penyetuju pergeseran antar-sub kegiatan"), Instrument.PERDA),
    ShiftLevel.AKUN: (N_("Penyetuju pergeseran antarakun"), Instrument.PERDA),
    ShiftLevel.KELOMPOK: (N_("Penyetuju pergeseran antarkelompok belanja"), Instrument.PERDA),
    ShiftLevel.JENIS: (N_("Penyetuju pergeseran antarjenis belanja"), Instrument.PERDA),
    ShiftLevel.OBJEK: (N_("Penyetuju pergeseran antarobjek"), Instrument.SEKDA),
    ShiftLevel.RINCIAN: (N_("Penyetuju pergeseran antarrincian objek"), Instrument.PPKD),
    ShiftLevel.SUB_RINCIAN: (N_("Penyetuju pergeseran antar-sub rincian"), Instrument.PPKD),
    ShiftLevel.TEXT: (N_("Penyetuju perubahan uraian di dalam sub rincian"), Instrument.PA),
}
DESK_UNIT = N_("perda, perkada, sekda, ppkd atau pa")
PREFIXES_UNIT = N_("awal kode rekening, dipisahkan spasi")


def desk_key(level: ShiftLevel) -> str:
    """Return the key of the parameter that names who approves a level."""
    return f"budget.shift_desk_{level.value}"


def _text(key: str, label: str, unit: str, text: str, basis: str, sure: Certainty) -> Declared:
    return Declared(key, label, unit, (Default(FIRST, basis, sure, text=text),))


def _number(key: str, label: str, unit: str, number: str, basis: str, sure: Certainty) -> Declared:
    return Declared(key, label, unit, (Default(FIRST, basis, sure, number=Decimal(number)),))


PARAMETERS = (
    *(
        _text(desk_key(level), label, DESK_UNIT, desk.value, SHIFTS, Certainty.RECALLED)
        for level, (label, desk) in _DESKS.items()
    ),
    _number(
        "budget.perubahan_extraordinary",
        N_("Kenaikan atau penurunan perkiraan yang disebut luar biasa, lebih dari"),
        "%",
        "50",
        PERUBAHAN,
        Certainty.RECALLED,
    ),
    _text(
        "budget.efficiency_excluded",
        N_("Rekening yang tidak terkena efisiensi"),
        PREFIXES_UNIT,
        "5.1.01",
        "Instruksi efisiensi; gaji dan tunjangan tidak dipotong",
        Certainty.UNVERIFIED,
    ),
    _text(
        "budget.interim_accounts",
        N_("Belanja mendesak dan mengikat sebelum ada APBD"),
        PREFIXES_UNIT,
        "5.1.01 5.1.02 5.1.03 6.2.03",
        INTERIM,
        Certainty.UNVERIFIED,
    ),
    _number(
        "budget.interim_last_year_share",
        N_("Batas pengeluaran sebelum APBD, dari jumlah APBD tahun lalu"),
        "%",
        "100",
        INTERIM,
        Certainty.RECALLED,
    ),
    _number(
        "budget.interim_parts",
        N_("Bagian tahun untuk satu bulan pengeluaran sebelum APBD: satu per"),
        N_("bulan"),
        "12",
        INTERIM,
        Certainty.UNVERIFIED,
    ),
)
