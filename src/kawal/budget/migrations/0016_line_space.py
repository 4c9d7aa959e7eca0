"""Leave each page of revisions' lines half empty: every line is written once and summed once.

A line is inserted with nothing and its components' trigger then writes the sum. Where that finds
room on the same page, no index is written a second time.
"""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('budget', '0015_known_steps'),
    ]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE budget_revisionline SET (fillfactor = 50)",
            "ALTER TABLE budget_revisionline RESET (fillfactor)",
        ),
    ]
