"""What ``kawal_app`` may do, read from the models and granted after every migration."""

from typing import Any

from django.apps import apps
from django.db import connection

from kawal.config import environment
from kawal.kernel.append_only import is_append_only
from kawal.kernel.kept_by_triggers import is_kept_by_triggers


def app_role() -> str:
    """Return the name of the role that serves: that of ``DATABASE_URL``, else kawal_app."""
    named = environment.database("app")
    return named.user if named else "kawal_app"


def statements() -> list[str]:
    """Return the SQL that gives the app role its rights: rows, never DDL or TRUNCATE."""
    role, database = f'"{app_role()}"', f'"{connection.settings_dict["NAME"]}"'
    grants = [
        f"REVOKE ALL ON DATABASE {database} FROM PUBLIC",  # temporary tables are DDL too
        f"GRANT CONNECT ON DATABASE {database} TO {role}",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}",
    ]
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        if is_append_only(model):
            grants.append(f'REVOKE UPDATE, DELETE ON "{table}" FROM {role}')
        if is_kept_by_triggers(model):
            grants.append(f'REVOKE INSERT, UPDATE, DELETE ON "{table}" FROM {role}')
    return grants


def grant_rights(**_: Any) -> None:
    """Give the rights; runs as ``kawal_owner`` when migrations are done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [app_role()])
        if cursor.fetchone():
            for statement in statements():
                cursor.execute(statement)
