"""A signed SPD is held against the cash plan in one statement for all its lines."""

from django.db import migrations

from kawal.budget.models.spd_plan_sql import IN_SETS, LINE_BY_LINE


class Migration(migrations.Migration):

    dependencies = [
        ('budget', '0013_sizes'),
    ]

    operations = [
        migrations.RunSQL(IN_SETS, LINE_BY_LINE),
    ]
