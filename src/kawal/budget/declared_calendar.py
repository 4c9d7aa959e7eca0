"""When each obligation of a budget year is due: a rule in words, dated, with its legal basis.

The words are those of ``rules/due_dates.py``; ``tahun`` is the budget year itself.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from kawal.budget.facts.obligation_list import BY_KEY
from kawal.kernel.words import N_
from kawal.nomenclature.facts import Certainty
from kawal.nomenclature.registry import Declared, Default

R, U = Certainty.RECALLED, Certainty.UNVERIFIED
FROM = date(2020, 1, 1)
PP12 = "PP 12/2019"
PERMENDAGRI_86 = "Permendagri 86/2017"
OWN_RULE = "Ketentuan pengelola sistem, bukan peraturan"

DUE: Mapping[str, tuple[str, str, Certainty]] = {
    "musrenbang_kecamatan": ("akhir Februari tahun-1", PERMENDAGRI_86, R),
    "musrenbang_kota": ("akhir Maret tahun-1", PERMENDAGRI_86, R),
    "rkpd": ("akhir Mei tahun-1", PERMENDAGRI_86, R),
    "kua_sent": ("minggu ke-2 Juli tahun-1", f"{PP12} Ps 90", R),
    "kua_agreed": ("minggu ke-2 Agustus tahun-1", f"{PP12} Ps 90-91", R),
    "rka_circular": ("akhir Agustus tahun-1", f"{PP12} Ps 92", R),
    "rka_submitted": ("akhir September tahun-1", f"{PP12} Ps 92-103", U),
    "rapbd": (
        "60 hari kalender sebelum 30 November tahun-1",
        f"{PP12} Ps 104; UU 23/2014 Ps 311",
        R,
    ),
    "agreed": ("30 November tahun-1", f"{PP12} Ps 106", R),
    "to_governor": ("3 hari kerja setelah agreed", f"{PP12} Ps 111", R),
    "evaluated": ("15 hari kerja setelah to_governor", f"{PP12} Ps 112-114", R),
    "perfected": ("7 hari kerja setelah evaluated", f"{PP12} Ps 115", R),
    "apbd": ("31 Desember tahun-1", f"{PP12} Ps 116", R),
    "penjabaran": ("31 Desember tahun-1", f"{PP12} Ps 116", R),
    "dpa_told": ("3 hari kerja setelah penjabaran", f"{PP12} (DPA)", R),
    "dpa_signed": ("6 hari kerja setelah dpa_told", f"{PP12} (DPA)", R),
    "dpa_verified": ("15 hari kerja setelah dpa_signed", f"{PP12} (DPA)", R),
    "dpa_ratified": ("15 hari kerja setelah dpa_signed", f"{PP12} (DPA)", R),
    "dpa_copied": ("7 hari kerja setelah dpa_ratified", f"{PP12} (DPA)", R),
    "performance_agreement": ("akhir Januari tahun", "Perpres 29/2014", R),
    "up": ("akhir Januari tahun", "Permendagri 77/2020", U),
    "first_quarter": ("10 hari kerja setelah 31 Maret tahun", PERMENDAGRI_86, U),
    "second_quarter": ("10 hari kerja setelah 30 Juni tahun", PERMENDAGRI_86, U),
    "semester": ("akhir Juli tahun", f"{PP12} Ps 160", R),
    "kupa_sent": ("minggu ke-1 Agustus tahun", f"{PP12} Ps 168-169", R),
    "kupa_agreed": ("minggu ke-2 Agustus tahun", f"{PP12} Ps 169", R),
    "perubahan_sent": ("minggu ke-2 September tahun", f"{PP12} Ps 177", R),
    "perubahan_agreed": ("30 September tahun", f"{PP12} Ps 179", R),
    "perubahan": ("31 Oktober tahun", f"{PP12} Ps 179-180", U),
    "third_quarter": ("10 hari kerja setelah 30 September tahun", PERMENDAGRI_86, U),
    "year_end_circular": ("akhir November tahun", "Permendagri 77/2020", U),
    "closing": ("31 Desember tahun", "UU 1/2004", R),
    "agency_accounts": ("akhir Februari tahun+1", f"{PP12}; PP 71/2010", R),
    "lkpd": ("31 Maret tahun+1", "UU 1/2004 Ps 56", R),
    "lkpj": ("31 Maret tahun+1", "PP 13/2019", R),
    "lppd": ("31 Maret tahun+1", "PP 13/2019", R),
    "lkjip": ("31 Maret tahun+1", "Perpres 29/2014", R),
    "accountability": ("30 Juni tahun+1", f"{PP12} Ps 194", R),
}

PARAMETERS: tuple[Declared, ...] = (
    *(
        Declared(
            BY_KEY[key].parameter, BY_KEY[key].label, "", (Default(FROM, basis, sure, text=rule),)
        )
        for key, (rule, basis, sure) in DUE.items()
    ),
    Declared(
        "budget.calendar_soon",
        N_("Kalender: berapa hari sebelum jatuh tempo diingatkan"),
        N_("hari kalender"),
        (Default(FROM, OWN_RULE, U, number=Decimal(14)),),
    ),
    Declared(
        "budget.calendar_raise",
        N_("Kalender: berapa hari kerja sesudah jatuh tempo dinaikkan kepada atasan"),
        N_("hari kerja"),
        (Default(FROM, OWN_RULE, U, number=Decimal(3)),),
    ),
)
