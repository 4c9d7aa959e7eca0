"""The roles and the database inside the embedded server, made where they are missing."""

from pathlib import Path

import psycopg
from psycopg import sql

from kawal.config.embedded.passwords import kept

ADMIN, OWNER, APP = "kawal_admin", "kawal_owner", "kawal_app"
NAME = "kawal"


def ensure(admin_conninfo: str, secrets: Path) -> None:
    """Make ``kawal_owner``, ``kawal_app`` and the database; running it again changes nothing.

    The passwords follow their files, and go to the server as SCRAM verifiers only.
    """
    with psycopg.connect(admin_conninfo, autocommit=True) as connection:
        for role in (OWNER, APP):
            _role(connection, role, kept(secrets, role))
        if not connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [NAME]
        ).fetchone():
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(
                    sql.Identifier(NAME), sql.Identifier(OWNER)
                )
            )


def _role(connection: "psycopg.Connection[tuple[object, ...]]", role: str, password: str) -> None:
    verifier = connection.pgconn.encrypt_password(
        password.encode(), role.encode(), b"scram-sha-256"
    ).decode()
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    connection.execute(
        sql.SQL("{} ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD {}").format(
            sql.SQL("ALTER" if known else "CREATE"),
            sql.Identifier(role),
            sql.Literal(verifier),
        )
    )
