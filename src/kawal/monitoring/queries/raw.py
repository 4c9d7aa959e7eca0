"""Runs a hand-written statement of a read."""

from collections.abc import Mapping
from typing import Any

from django.db import connection


def rows(sql: str, values: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
    """Return all rows of a statement; ``values`` fill its ``%(name)s`` places."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
