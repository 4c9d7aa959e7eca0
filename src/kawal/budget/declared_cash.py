"""Parameters of the cash plan and the SPD: the 13th and 14th salary, what an SPD may go beyond."""

from datetime import date
from decimal import Decimal

from kawal.kernel.words import N_
from kawal.nomenclature.facts import Certainty
from kawal.nomenclature.registry import Declared, Default


def _month(first: int, month: int, basis: str, last: int | None = None) -> Default:
    return Default(
        date(first, 1, 1),
        basis,
        Certainty.RECALLED if last else Certainty.UNVERIFIED,
        number=Decimal(month),
        valid_until=date(last, 12, 31) if last else None,
    )


PARAMETERS: tuple[Declared, ...] = (
    Declared(
        "budget.salary_13",
        N_("Bulan pembayaran gaji ketiga belas"),
        N_("bulan"),
        (
            _month(2020, 6, "PP 14/2024; PP 11/2025", 2025),
            _month(2026, 6, "PP gaji ketiga belas tahun berjalan"),
        ),
    ),
    Declared(
        "budget.salary_14",
        N_("Bulan pembayaran tunjangan hari raya (gaji keempat belas)"),
        N_("bulan"),
        (
            _month(2020, 3, "PP 14/2024; PP 11/2025", 2025),
            _month(2026, 3, "PP tunjangan hari raya tahun berjalan"),
        ),
    ),
    Declared(
        "budget.spd_over_plan",
        N_("SPD di atas anggaran kas kumulatif, dengan penjelasan, paling banyak"),
        "%",
        (
            Default(
                date(2020, 1, 1),
                "PP 12/2019; Permendagri 77/2020",
                Certainty.UNVERIFIED,
                number=Decimal(0),
            ),
        ),
    ),
)
