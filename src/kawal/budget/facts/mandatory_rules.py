"""The rules that the law sets the APBD as a whole, in the order in which they are shown.

Numbers and readings are parameters (``declared_law.py``); here stands only which of them a rule
asks for, and on which side of its limit the plan must keep.
"""

from kawal.budget.facts.mandatory import Bound, MandatoryRule, Tier
from kawal.kernel.words import N_

RULES: tuple[MandatoryRule, ...] = (
    MandatoryRule("education", N_("Fungsi pendidikan"), Bound.LEAST),
    MandatoryRule("health", N_("Kesehatan di luar gaji"), Bound.LEAST, ended="ended"),
    MandatoryRule(
        "infrastructure", N_("Infrastruktur pelayanan publik"), Bound.LEAST, binding="binding"
    ),
    MandatoryRule("personnel", N_("Belanja pegawai"), Bound.MOST, binding="binding"),
    MandatoryRule("kelurahan", N_("Dana kelurahan"), Bound.LEAST, without_villages=True),
    MandatoryRule(
        "apip",
        N_("Pengawasan (APIP)"),
        Bound.LEAST,
        tiers=(
            Tier("", "rate_small"),
            Tier("from_middle", "rate_middle", "least_middle"),
            Tier("from_large", "rate_large", "least_large"),
        ),
    ),
    MandatoryRule("training", N_("Pengembangan sumber daya manusia"), Bound.LEAST),
    MandatoryRule("btt", N_("Belanja tidak terduga"), Bound.WITHIN, most="most", advisory=True),
    MandatoryRule("vehicle_tax", N_("Pajak kendaraan untuk jalan dan angkutan"), Bound.LEAST),
    MandatoryRule("electricity_tax", N_("PBJT tenaga listrik untuk penerangan jalan"), Bound.LEAST),
    MandatoryRule(
        "tobacco_tax", N_("Pajak rokok untuk kesehatan dan penegakan hukum"), Bound.LEAST
    ),
    MandatoryRule("deficit", N_("Defisit APBD"), Bound.MOST, less="less"),
)
