"""Bookings share an advisory lock of their period, which its close takes alone."""

import django.db.models.deletion
from django.db import migrations, models

from kawal.ledger.models import journal_sql, period_sql


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0001_journals'),
    ]

    operations = [
        migrations.AlterField(
            model_name='journal',
            name='period',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.period'),
        ),
        migrations.RunSQL(journal_sql.REPLACED, period_sql.UNDONE),
    ]
