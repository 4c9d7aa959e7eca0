"""Who fills tables lets the planner count them, in the same transaction."""

from django.db import migrations

from kawal.budget.models.sizes_sql import KNOW_SIZES, UNKNOWN


class Migration(migrations.Migration):

    dependencies = [
        ('budget', '0012_sealing_by_index'),
    ]

    operations = [
        migrations.RunSQL(KNOW_SIZES, UNKNOWN),
    ]
