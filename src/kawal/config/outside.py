"""An outside PostgreSQL: its two roles must be two, and the one that serves must be weak."""

import psycopg

from kawal.config.environment import Database, Misconfigured

OLDEST = 15
HOW_TO = "docs/how-to/production.md shows the SQL that makes the two roles"


def see(app: Database, owner: Database) -> None:
    """Check both addresses.

    :raises Misconfigured: with every reason, when they cannot be used as they are.
    """
    if app.user == owner.user:
        raise Misconfigured(
            f"DATABASE_URL and DATABASE_OWNER_URL both name the role {app.user}; use two roles, so "
            f"that the one that serves cannot change tables. {HOW_TO}"
        )
    reasons = [*_owner_reasons(owner), *_app_reasons(app, owner)]
    if reasons:
        raise Misconfigured("; ".join(reasons) + f". {HOW_TO}")


def see_app(app: Database) -> None:
    """Check the role that serves, where the owner's address is not known.

    :raises Misconfigured: with every reason.
    """
    if reasons := _app_reasons(app, None):
        raise Misconfigured("; ".join(reasons) + f". {HOW_TO}")


def _connect(database: Database, called: str) -> "psycopg.Connection[tuple[object, ...]]":
    try:
        return psycopg.connect(database.conninfo(), connect_timeout=10)
    except psycopg.OperationalError as error:
        said = str(error).strip().splitlines()[0]
        raise Misconfigured(f"{called}: the database does not answer: {said}") from error


def _owner_reasons(owner: Database) -> list[str]:
    with _connect(owner, "DATABASE_OWNER_URL") as connection:
        reasons = []
        if connection.info.server_version < OLDEST * 10000:
            reasons.append(
                f"the server is PostgreSQL {connection.info.server_version // 10000}; Kawal needs "
                f"{OLDEST} or newer"
            )
        may = "SELECT has_schema_privilege('public', 'CREATE')"
        if connection.execute(may).fetchone() != (True,):
            reasons.append(f"the owner role {owner.user} may not create tables in {owner.name}")
    return reasons


def _app_reasons(app: Database, owner: Database | None) -> list[str]:
    with _connect(app, "DATABASE_URL") as connection:
        strong, database_owner, owns, ddl = connection.execute(
            """
            SELECT rolsuper OR rolcreaterole OR rolbypassrls OR rolreplication,
                   pg_has_role(r.oid, d.datdba, 'MEMBER'),
                   EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                           WHERE n.nspname = 'public' AND pg_has_role(r.oid, c.relowner, 'MEMBER')),
                   has_schema_privilege('public', 'CREATE')
            FROM pg_roles r, pg_database d
            WHERE r.rolname = current_user AND d.datname = current_database()
            """
        ).fetchone() or (False, False, False, False)
        member = owner is not None and connection.execute(
            "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = %s"
            " AND pg_has_role(current_user, oid, 'MEMBER'))",
            [owner.user],
        ).fetchone() == (True,)
    found = {
        "is a superuser or may make roles": strong,
        "owns the database": database_owner,
        "owns tables": owns,
        "is a member of the owner role": member,
        "may create tables in the schema public": ddl,
    }
    return [f"the serving role {app.user} {reason}" for reason, is_true in found.items() if is_true]
