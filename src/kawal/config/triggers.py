"""No trigger of ours can be told to look away, whoever asks: set after every migration."""

from typing import Any

from django.db import connection

# pgtrigger's own function reads the setting pgtrigger.ignore, which any session may set: raw SQL
# could then switch off each promise. It also costs half a millisecond a row while that is not set.
NEVER = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT false'
"""


def never_ignore(**_: Any) -> None:
    """Replace the function; runs as ``kawal_owner`` when migrations are done."""
    with connection.cursor() as cursor:
        cursor.execute(NEVER)
