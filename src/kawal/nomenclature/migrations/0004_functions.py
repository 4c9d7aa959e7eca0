"""Give the bidang that are on record already their function of government."""

from typing import Any

from django.db import migrations

from kawal.nomenclature.functions import FUNCTIONS, OF_BIDANG
from kawal.nomenclature.known import PERMENDAGRI_90


def assign(apps: Any, editor: Any) -> None:
    """Record the functions under their decree, when it is on record, and point bidang to them."""
    decree = apps.get_model("nomenclature", "Decree").objects.filter(code=PERMENDAGRI_90).first()
    if decree is None:
        return
    function = apps.get_model("nomenclature", "Function")
    activity = apps.get_model("nomenclature", "Activity")
    for code, name in FUNCTIONS.items():
        row, _ = function.objects.get_or_create(decree=decree, code=code, defaults={"name": name})
        bidang = [one for one, of in OF_BIDANG.items() if of == code]
        rows = activity.objects.filter(level="bidang", function=None, code__in=bidang)
        rows.update(function=row)


class Migration(migrations.Migration):
    dependencies = [("nomenclature", "0003_stored_words")]

    operations = [migrations.RunPython(assign, migrations.RunPython.noop)]
