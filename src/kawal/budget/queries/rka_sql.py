"""What reads of RKA sheets share: the revision that speaks for a sheet, the ceiling that holds."""

from collections.abc import Mapping
from typing import Any

from django.db import connection

# The open revision, or else the one sealed last: the newest that was not dropped.
CURRENT = """
current AS (
    SELECT DISTINCT ON (r.sheet_id) r.id, r.sheet_id, r.state, r.record, r.changed_at,
        s.unit_id, s.kind, s.activity_id
    FROM budget_revision r JOIN budget_sheet s ON s.id = r.sheet_id
    WHERE s.year_id = %(year)s AND r.state <> 'dropped'
    ORDER BY r.sheet_id, r.number DESC
)"""

# Of the rounds of one ceiling the latest.
IN_FORCE = """
in_force AS (
    SELECT DISTINCT ON (unit_id, activity_id, fund_id) unit_id, activity_id, fund_id, round,
        amount, agreement_number
    FROM budget_ceiling WHERE year_id = %(year)s
    ORDER BY unit_id, activity_id, fund_id, round DESC
)"""


def select(sql: str, values: Mapping[str, Any]) -> list[Any]:
    """Return the rows of one statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
