"""How well the layout of each printed form is known, as parameters of the law.

Whoever compares a form with the regulation amends its parameter as verified; from that day on
the paper says so.
"""

from datetime import date

from kawal.budget.facts.papers import Form
from kawal.kernel.words import N_
from kawal.nomenclature.facts import Certainty
from kawal.nomenclature.registry import Declared, Default

FORMS = "Permendagri 77/2020"
SECONDARY = "sumber sekunder (kolom SIPD dan salinan yang beredar)"
LABELS = {
    Form.RKA_SUMMARY: N_("Tata letak formulir RKA-SKPD"),
    Form.RKA_REVENUE: N_("Tata letak formulir RKA-Pendapatan SKPD"),
    Form.RKA_SPENDING: N_("Tata letak formulir RKA-Belanja SKPD"),
    Form.RKA_DETAIL: N_("Tata letak formulir RKA-Rincian Belanja SKPD"),
    Form.RKA_FINANCING: N_("Tata letak formulir RKA-Pembiayaan SKPD"),
    Form.DPA_SUMMARY: N_("Tata letak formulir DPA-SKPD"),
    Form.DPA_REVENUE: N_("Tata letak formulir DPA-Pendapatan SKPD"),
    Form.DPA_SPENDING: N_("Tata letak formulir DPA-Belanja SKPD"),
    Form.DPA_DETAIL: N_("Tata letak formulir DPA-Rincian Belanja SKPD"),
    Form.DPA_FINANCING: N_("Tata letak formulir DPA-Pembiayaan SKPD"),
    Form.CASH_PLAN: N_("Tata letak formulir anggaran kas (RAK)"),
    Form.SPD: N_("Tata letak SPD"),
    Form.APBD_SUMMARY: N_("Tata letak ringkasan APBD"),
    Form.APBD_DETAIL: N_("Tata letak penjabaran APBD"),
    Form.SHIFT: N_("Tata letak formulir pergeseran"),
}
PARAMETERS = tuple(
    Declared(
        f"budget.form_compared.{form}",
        label,
        "",
        (Default(date(2020, 1, 1), FORMS, Certainty.RECALLED, text=SECONDARY),),
    )
    for form, label in LABELS.items()
)
