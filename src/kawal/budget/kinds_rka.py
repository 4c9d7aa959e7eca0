"""Public events of the plan: the year opened, ceilings set, a document handed over."""

from kawal.budget.facts import Record
from kawal.kernel.words import N_
from kawal.trail.registry import Choice, Code, Day, Integer, Kind, Rupiah, Text

_DECREE = Code(r"[a-z][a-z0-9.-]{0,39}")

KINDS = (
    Kind(
        "budget_year.opened",
        label=N_("Tahun anggaran dibuka"),
        about="year",
        fields={
            "year": Integer(2000, 2199),
            "accounts": _DECREE,
            "activities": _DECREE,
            "funds": _DECREE,
        },
    ),
    Kind(
        "ceilings.set",
        label=N_("Pagu anggaran ditetapkan"),
        about="agreement_number",
        fields={
            "year": Integer(2000, 2199),
            "round": Integer(1, 32767),
            "agreement_number": Text(100),
            "agreement_date": Day(),
            "ceilings": Integer(1, 10**6),
            "units_total": Rupiah(),
            "activities_total": Rupiah(),
        },
    ),
    Kind(
        "budget_document.handed_over",
        label=N_("Sumber resmi dokumen anggaran dialihkan"),
        about="document",
        fields={
            "document": Code(r"[a-z_]{1,30}/[0-9]{1,15}"),
            "from": Choice(tuple(one.value for one in Record)),
            "to": Choice(tuple(one.value for one in Record)),
            "reason": Text(1000),
        },
    ),
)
