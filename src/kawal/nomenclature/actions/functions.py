"""The functions of government, and the bidang that serve them, come with the bidang themselves."""

from kawal.nomenclature.actions.decrees import record_decrees
from kawal.nomenclature.facts import ActivityLevel
from kawal.nomenclature.functions import FUNCTIONS, OF_BIDANG
from kawal.nomenclature.known import PERMENDAGRI_90
from kawal.nomenclature.models import Activity, Function


def record_functions() -> int:
    """Record the functions and give each bidang on record its own; return how many got one."""
    decree = record_decrees(PERMENDAGRI_90)[PERMENDAGRI_90]
    rows = [Function(decree_id=decree, code=code, name=name) for code, name in FUNCTIONS.items()]
    Function.objects.bulk_create(rows, ignore_conflicts=True)
    ids = dict(Function.objects.filter(decree=decree).values_list("code", "pk"))
    bidang = Activity.objects.filter(level=ActivityLevel.BIDANG.value, function=None)
    return sum(
        bidang.filter(code__in=[b for b, of in OF_BIDANG.items() if of == code]).update(
            function_id=ids[code]
        )
        for code in FUNCTIONS
    )
