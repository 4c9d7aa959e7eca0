"""What the tables hold, in a form that two databases can be compared by."""

from typing import Any

import psycopg
from psycopg import sql

from kawal.config.environment import Database

# So that a row's text is the same on every server.
SETTINGS = {
    "DateStyle": "ISO, YMD",
    "IntervalStyle": "postgres",
    "TimeZone": "UTC",
    "extra_float_digits": "1",
    "bytea_output": "hex",
    "search_path": "public",
    "lc_monetary": "C",
}
Contents = dict[str, dict[str, Any]]


def connect(database: Database) -> "psycopg.Connection[tuple[Any, ...]]":
    """Open a connection whose answers do not depend on the server's settings."""
    options = " ".join(
        f"-c {name}={value.replace(' ', chr(92) + ' ')}" for name, value in SETTINGS.items()
    )
    return psycopg.connect(database.conninfo(), options=options, application_name="kawal backup")


def names(connection: "psycopg.Connection[tuple[Any, ...]]") -> list[str]:
    """Return the tables that hold rows, by name; partitions count with their parent.

    Unlogged tables are left out: what they hold may be lost, and is not backed up.
    """
    rows = connection.execute(
        """
        SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
        WHERE n.nspname = 'public' AND relkind IN ('r', 'p') AND NOT relispartition
              AND relpersistence = 'p'
        ORDER BY relname
        """
    )
    return [row[0] for row in rows]


def contents(connection: "psycopg.Connection[tuple[Any, ...]]") -> Contents:
    """Return for each table how many rows it has, and a sum over them in which order is nothing.

    Each row counts with 60 bits of its text's MD5: enough to find a fault, not to resist a forger;
    the archive's own SHA-256 and the public log are for that.
    """
    return {name: _content(connection, name) for name in names(connection)}


def _content(connection: "psycopg.Connection[tuple[Any, ...]]", name: str) -> dict[str, Any]:
    query = sql.SQL(
        "SELECT count(*), coalesce(sum(('x' || left(md5(t::text), 15))::bit(60)::bigint), 0)::text"
        " FROM {} AS t"
    ).format(sql.Identifier(name))
    row = connection.execute(query).fetchone()
    assert row is not None
    return {"rows": row[0], "sum": row[1]}


def differences(before: Contents, after: Contents) -> list[str]:
    """Return a sentence for each table that is not the same in both."""
    found = []
    for name in sorted(before.keys() | after.keys()):
        had, has = before.get(name), after.get(name)
        if had is None or has is None:
            found.append(f"table {name} is in one of the two only")
        elif had["rows"] != has["rows"]:
            found.append(f"table {name} had {had['rows']} rows and has {has['rows']}")
        elif had["sum"] != has["sum"]:
            found.append(f"table {name} has other rows than it had")
    return found
