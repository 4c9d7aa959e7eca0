"""What the law lets a sheet hold, as parameters; `RECALLED` until an article is compared."""

from datetime import date
from decimal import Decimal

from kawal.kernel.words import N_
from kawal.nomenclature.facts import Certainty
from kawal.nomenclature.registry import Declared, Default

_FROM = date(2020, 1, 1)


def _codes(key: str, label: str, codes: str, basis: str, certainty: Certainty) -> Declared:
    return Declared(key, label, "", (Default(_FROM, basis, certainty, text=codes),))


PARAMETERS = (
    _codes(
        "budget.salary_accounts",
        N_("Rekening gaji yang hanya boleh di sub kegiatan gaji"),
        "5.1.01.01 5.1.01.02",
        "PP 12/2019; Permendagri 90/2019",
        Certainty.UNVERIFIED,
    ),
    _codes(
        "budget.salary_activities",
        N_("Sub kegiatan gaji, tanpa kode bidang urusannya"),
        "01.2.02.01 01.2.02.0001",
        "Permendagri 90/2019",
        Certainty.VERIFIED,
    ),
    _codes(
        "budget.treasury_bidang",
        N_("Bidang urusan SKPKD"),
        "5.02",
        "Permendagri 90/2019",
        Certainty.VERIFIED,
    ),
    _codes(
        "budget.treasury_accounts",
        N_("Rekening yang hanya boleh dianggarkan SKPKD"),
        "5.1.03 5.3 5.4 6",
        "PP 12/2019; Permendagri 77/2020",
        Certainty.RECALLED,
    ),
    _codes(
        "budget.grant_bidang",
        N_("Bidang urusan yang boleh menganggarkan hibah dan bantuan sosial uang"),
        "1.01 1.02 1.06 2.13 2.17 2.19 2.22 3.27 4.01 5.02 7.01 8.01",
        "PP 12/2019; Permendagri 77/2020",
        Certainty.UNVERIFIED,
    ),
    _codes(
        "budget.works_accounts",
        N_("Rekening pekerjaan konstruksi yang wajib berlokasi"),
        "5.2.03 5.2.04",
        "Permendagri 77/2020",
        Certainty.RECALLED,
    ),
    Declared(
        "budget.rka_uses_ceiling_whole",
        N_("RKA yang diajukan harus tepat sama dengan pagunya (1 ya, 0 tidak)"),
        "",
        (Default(_FROM, "Permendagri 77/2020", Certainty.UNVERIFIED, number=Decimal(0)),),
    ),
)
