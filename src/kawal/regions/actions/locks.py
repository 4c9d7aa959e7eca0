"""Locks that stand for a whole question, held until the transaction ends."""

from django.db import connection

APPOINTMENTS = "regions.appointments"
AGENCIES = "regions.agencies"
REGIONS = "regions.regions"


def hold(name: str) -> None:
    """Wait for a named lock; these decisions are rare, so each kind of them stands in one line."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
