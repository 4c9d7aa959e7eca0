"""Cash plans of revenue and financing: what is enacted, asked in one place."""

from django.db import migrations

from kawal.budget.models.cash_sql import ENACTED, NOT_ENACTED


class Migration(migrations.Migration):
    dependencies = [
        ("budget", "0010_papers"),
    ]

    operations = [
        migrations.RunSQL(ENACTED, NOT_ENACTED),
    ]
