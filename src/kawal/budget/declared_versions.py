"""Parameters of the order of versions (PP 12/2019)."""

from datetime import date
from decimal import Decimal

from kawal.kernel.words import N_
from kawal.nomenclature.facts import Certainty
from kawal.nomenclature.registry import Declared, Default

PARAMETERS = (
    Declared(
        "budget.perubahan_a_year",
        N_("Perubahan APBD dalam setahun, paling banyak"),
        N_("kali"),
        (
            Default(
                date(2020, 1, 1),
                "PP 12/2019 Ps 161-167",
                Certainty.RECALLED,
                number=Decimal(1),
            ),
        ),
    ),
)
