"""After a large writing the planner counts the tables, so that what follows finds its rows well.

PostgreSQL counts by itself about a minute after a large writing is committed: too late for the
rest of the transaction, and for the reader of the first minute. Until then it takes a table of a
hundred thousand rows for an empty one where a dry run was rolled back, and joins row by row.
"""

from django.db import connection
from django.db.models import Model

MANY = 1_000  # rows; counting takes some hundredths of a second, whatever the table's size


def after_many(rows: int, *tables: type[Model]) -> None:
    """Let the planner count tables of the budget when that many rows were just written."""
    if rows < MANY:
        return
    with connection.cursor() as cursor:
        names = [table._meta.db_table for table in tables]
        cursor.execute("SELECT budget_know_sizes(%s)", [names])
