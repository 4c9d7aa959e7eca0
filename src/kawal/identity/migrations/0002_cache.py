"""The cache that all processes share: rate limits and used one-time codes. Unlogged: no loss hurts."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("identity", "0001_initial")]
    operations = [
        migrations.RunSQL(
            """
            CREATE UNLOGGED TABLE identity_cache (
                cache_key varchar(255) PRIMARY KEY,
                value text NOT NULL,
                expires timestamptz NOT NULL
            );
            CREATE INDEX identity_cache_expires ON identity_cache (expires);
            """,
            "DROP TABLE identity_cache",
        )
    ]
