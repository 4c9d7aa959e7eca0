"""Parameters of UP: the card's share, and what may be paid out of it."""

from datetime import date
from decimal import Decimal

from kawal.kernel.words import N_
from kawal.nomenclature.facts import Certainty
from kawal.nomenclature.registry import Declared, Default

PARAMETERS: tuple[Declared, ...] = (
    Declared(
        "treasury.up_kkpd_share",
        N_("Bagian UP yang digunakan dengan KKPD"),
        "%",
        (
            Default(
                date(2020, 1, 1),
                "Permendagri 79/2022",
                Certainty.RECALLED,
                number=Decimal(40),
            ),
        ),
    ),
    Declared(
        "treasury.up_accounts",
        N_("Rekening belanja yang dapat dibayar dengan UP"),
        N_("awal kode rekening"),
        (
            Default(
                date(2020, 1, 1),
                "Permendagri 77/2020; Perkada",
                Certainty.UNVERIFIED,
                text="5.1.02 5.2",
            ),
        ),
    ),
)
