"""Which bidang urusan serve which function of government."""

from kawal.nomenclature.facts import FunctionFacts
from kawal.nomenclature.models import Activity, Function


def functions() -> dict[str, FunctionFacts]:
    """Return the functions by code, each with the bidang on record that serve it."""
    served: dict[str, set[str]] = {}
    rows = Activity.objects.filter(function__isnull=False)
    for code, bidang in rows.values_list("function__code", "code").distinct():
        served.setdefault(code, set()).add(bidang)
    names = Function.objects.order_by("code", "decree_id").values_list("code", "name")
    return {
        code: FunctionFacts(code, name, tuple(sorted(served.get(code, ())))) for code, name in names
    }
