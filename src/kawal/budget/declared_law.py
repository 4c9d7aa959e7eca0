"""Mandatory spending and limits of the APBD as dated parameters: rates, bases, what counts.

Certainty is that of the article itself: quoted by a newspaper is still recalled. What counts is
written in the words of ``rules/selections.py``, so that a decree's reader can change it.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from kawal.kernel.words import N_
from kawal.nomenclature.facts import Certainty
from kawal.nomenclature.registry import Declared, Default

RECALLED, UNVERIFIED = Certainty.RECALLED, Certainty.UNVERIFIED
ALL_SPENDING = "rekening 5"
UU_HKPD = date(2022, 1, 5)
PERCENT, RUPIAH, YEAR = "%", "Rp", N_("tahun anggaran")
TRILLION = "1000000000000"


@dataclass(frozen=True, slots=True)
class Basis:
    """Where values stand: the law, the days that it holds, how sure that is."""

    law: str
    valid_from: date
    certainty: Certainty = RECALLED
    valid_until: date | None = None


EDUCATION = Basis("UUD 1945 Ps 31(4); UU 20/2003 Ps 49", date(2004, 1, 1))
HEALTH = Basis("UU 36/2009 Ps 171(2)", date(2009, 10, 13), valid_until=date(2023, 8, 7))
INFRASTRUCTURE = Basis("UU 1/2022 Ps 147", UU_HKPD)
PERSONNEL = Basis("UU 1/2022 Ps 146(1)", UU_HKPD)
KELURAHAN = Basis("UU 23/2014 Ps 230; PP 17/2018 Ps 30(7)", date(2018, 5, 9))
GUIDED = Basis("Permendagri pedoman penyusunan APBD (tahunan)", date(2020, 1, 1), UNVERIFIED)
EARMARKED = Basis("UU 1/2022 Ps 86", UU_HKPD)
DEFICIT = Basis("PMK batas maksimal defisit APBD (tahunan)", date(2020, 1, 1), UNVERIFIED)


def _number(name: str, label: str, unit: str, value: str, basis: Basis) -> Declared:
    default = Default(
        basis.valid_from, basis.law, basis.certainty, Decimal(value), valid_until=basis.valid_until
    )
    return Declared(f"budget.{name}", label, unit, (default,))


def _rate(rule: str, label: str, value: str, basis: Basis) -> Declared:
    return _number(f"{rule}.rate", label, PERCENT, value, basis)


def _lines(name: str, label: str, selection: str, basis: Basis) -> Declared:
    """Return which lines count; that is our reading of the law, so it is never sure."""
    default = Default(
        basis.valid_from, basis.law, UNVERIFIED, text=selection, valid_until=basis.valid_until
    )
    return Declared(f"budget.{name}", label, "", (default,))


RATES: tuple[Declared, ...] = (
    _rate("education", N_("Fungsi pendidikan: paling sedikit"), "20", EDUCATION),
    _rate("health", N_("Kesehatan di luar gaji: paling sedikit"), "10", HEALTH),
    Declared(
        "budget.health.ended",
        N_("Kesehatan di luar gaji: dihapus oleh"),
        "",
        (
            Default(
                date(2023, 8, 8),
                "UU 17/2023",
                RECALLED,
                text="UU 17/2023 menghapus persentasenya; anggaran mengikuti rencana kinerja",
            ),
        ),
    ),
    _rate(
        "infrastructure", N_("Infrastruktur pelayanan publik: paling sedikit"), "40", INFRASTRUCTURE
    ),
    _number(
        "infrastructure.binding",
        N_("Infrastruktur pelayanan publik: mengikat mulai"),
        YEAR,
        "2027",
        replace(INFRASTRUCTURE, certainty=UNVERIFIED),
    ),
    _rate("personnel", N_("Belanja pegawai: paling banyak"), "30", PERSONNEL),
    _number(
        "personnel.binding",
        N_("Belanja pegawai: mengikat mulai"),
        YEAR,
        "2027",
        replace(PERSONNEL, certainty=UNVERIFIED),
    ),
    _rate("kelurahan", N_("Dana kelurahan di kota tanpa desa: paling sedikit"), "5", KELURAHAN),
    _number("apip.rate_small", N_("Pengawasan: APBD kecil, paling sedikit"), PERCENT, "1", GUIDED),
    _number("apip.from_middle", N_("Pengawasan: batas APBD menengah"), RUPIAH, TRILLION, GUIDED),
    _number(
        "apip.rate_middle", N_("Pengawasan: APBD menengah, paling sedikit"), PERCENT, "0.75", GUIDED
    ),
    _number(
        "apip.least_middle",
        N_("Pengawasan: APBD menengah, sekurangnya"),
        RUPIAH,
        "10000000000",
        GUIDED,
    ),
    _number("apip.from_large", N_("Pengawasan: batas APBD besar"), RUPIAH, "2000000000000", GUIDED),
    _number(
        "apip.rate_large", N_("Pengawasan: APBD besar, paling sedikit"), PERCENT, "0.5", GUIDED
    ),
    _number(
        "apip.least_large", N_("Pengawasan: APBD besar, sekurangnya"), RUPIAH, "15000000000", GUIDED
    ),
    _rate("training", N_("Pengembangan SDM: paling sedikit"), "0.16", GUIDED),
    _rate("btt", N_("Belanja tidak terduga: anjuran paling sedikit"), "5", GUIDED),
    _number("btt.most", N_("Belanja tidak terduga: anjuran paling banyak"), PERCENT, "10", GUIDED),
    _rate("vehicle_tax", N_("Pajak kendaraan untuk jalan: paling sedikit"), "10", EARMARKED),
    _rate(
        "electricity_tax",
        N_("PBJT tenaga listrik untuk penerangan jalan: paling sedikit"),
        "10",
        EARMARKED,
    ),
    _rate(
        "tobacco_tax",
        N_("Pajak rokok untuk kesehatan dan penegakan hukum: paling sedikit"),
        "50",
        EARMARKED,
    ),
    Declared(
        "budget.deficit.rate", N_("Defisit APBD: paling banyak (PMK tahun anggaran)"), PERCENT, ()
    ),
)

COUNTED: tuple[Declared, ...] = (
    _lines(
        "education.counts",
        N_("Fungsi pendidikan: yang dihitung"),
        "rekening 5 dan fungsi 8",
        EDUCATION,
    ),
    _lines("education.base", N_("Fungsi pendidikan: dasar"), ALL_SPENDING, EDUCATION),
    _lines(
        "health.counts",
        N_("Kesehatan di luar gaji: yang dihitung"),
        "rekening 5 dan kegiatan 1.02 kecuali rekening 5.1.01.01",
        HEALTH,
    ),
    _lines("health.base", N_("Kesehatan di luar gaji: dasar"), ALL_SPENDING, HEALTH),
    _lines(
        "infrastructure.counts",
        N_("Infrastruktur pelayanan publik: yang dihitung"),
        "rekening 5.2, 5.1.02.03 atau rekening 5 dan label infrastruktur",
        INFRASTRUCTURE,
    ),
    _lines(
        "infrastructure.base",
        N_("Infrastruktur pelayanan publik: dasar"),
        "rekening 5 kecuali rekening 5.4",
        INFRASTRUCTURE,
    ),
    _lines(
        "personnel.counts",
        N_("Belanja pegawai: yang dihitung"),
        "rekening 5.1.01 kecuali"
        " rekening 5.1.01.03.03, 5.1.01.03.04, 5.1.01.03.05 dan dana 1.2.01, 2.2.01",
        PERSONNEL,
    ),
    _lines("personnel.base", N_("Belanja pegawai: dasar"), ALL_SPENDING, PERSONNEL),
    _lines(
        "kelurahan.counts",
        N_("Dana kelurahan: yang dihitung"),
        "rekening 5 dan kegiatan 7.01.03.2.02",
        KELURAHAN,
    ),
    _lines(
        "kelurahan.base",
        N_("Dana kelurahan: dasar (APBD tanpa DAK)"),
        "rekening 5 kecuali dana 2.2.01.01.03, 2.2.01.01.04",
        KELURAHAN,
    ),
    _lines("apip.counts", N_("Pengawasan: yang dihitung"), "rekening 5 dan kegiatan 6.01", GUIDED),
    _lines("apip.base", N_("Pengawasan: dasar"), ALL_SPENDING, GUIDED),
    _lines(
        "training.counts",
        N_("Pengembangan SDM: yang dihitung"),
        "rekening 5 dan kegiatan 5.04, 5.03.02.2.03, X.XX.01.2.05.0009, X.XX.01.2.05.09",
        GUIDED,
    ),
    _lines("training.base", N_("Pengembangan SDM: dasar"), ALL_SPENDING, GUIDED),
    _lines("btt.counts", N_("Belanja tidak terduga: yang dihitung"), "rekening 5.3", GUIDED),
    _lines("btt.base", N_("Belanja tidak terduga: dasar"), ALL_SPENDING, GUIDED),
    _lines(
        "vehicle_tax.counts",
        N_("Pajak kendaraan untuk jalan: yang dihitung"),
        "rekening 5 dan kegiatan 1.03.10, 2.15.02 atau"
        " rekening 5 dan dana 2.1.01.01, 2.2.02.01.01.01",
        EARMARKED,
    ),
    _lines(
        "vehicle_tax.base",
        N_("Pajak kendaraan untuk jalan: hasil pajaknya"),
        "rekening 4.1.01.01, 4.2.02.01.01.0001",
        EARMARKED,
    ),
    _lines(
        "electricity_tax.counts",
        N_("PBJT tenaga listrik untuk penerangan jalan: yang dihitung"),
        "rekening 5 dan dana 2.1.01.03 atau rekening 5 dan label penerangan jalan",
        EARMARKED,
    ),
    _lines(
        "electricity_tax.base",
        N_("PBJT tenaga listrik untuk penerangan jalan: hasil pajaknya"),
        "rekening 4.1.01.10",
        EARMARKED,
    ),
    _lines(
        "tobacco_tax.counts",
        N_("Pajak rokok untuk kesehatan dan penegakan hukum: yang dihitung"),
        "rekening 5 dan dana 2.1.01.02, 2.2.02.01.01.02, 2.2.02.01.01.03, 2.2.02.01.01.04",
        EARMARKED,
    ),
    _lines(
        "tobacco_tax.base",
        N_("Pajak rokok untuk kesehatan dan penegakan hukum: hasil pajaknya"),
        "rekening 4.1.01.05, 4.2.02.01.01.0005",
        EARMARKED,
    ),
    _lines("deficit.counts", N_("Defisit APBD: belanja"), ALL_SPENDING, DEFICIT),
    _lines("deficit.less", N_("Defisit APBD: dikurangi pendapatan"), "rekening 4", DEFICIT),
    _lines("deficit.base", N_("Defisit APBD: dasar"), "rekening 4", DEFICIT),
)

PARAMETERS: tuple[Declared, ...] = RATES + COUNTED
