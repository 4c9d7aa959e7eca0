"""What a verb needs before it runs: Django, and the database as one of the two roles."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from kawal.config import counting, environment
from kawal.config.cli.verbs import Opens
from kawal.config.environment import TLS


def prepare(opens: Opens) -> None:
    """Set Django up where the verb needs it; nothing is connected."""
    if opens in (Opens.NOTHING, Opens.RUNNING):
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kawal.config.settings")
    import django

    django.setup()


@contextmanager
def opened(opens: Opens) -> Iterator[None]:
    """Hold open what the verb needs: a named database, else the embedded one.

    The embedded server is used as it runs; where it does not run, it is started for as long as the
    verb takes.

    :raises Misconfigured: when there is no database, in a sentence for the operator.
    """
    if opens is Opens.RUNNING:
        _name_running()
        counting.share()
        prepare(Opens.DJANGO)
        yield
    elif opens in (Opens.APP, Opens.OWNER):
        with _database(opens) as database:
            point_django_at(database)
            if opens is Opens.APP:
                _see_migrated()
            yield
    else:
        yield


@contextmanager
def _database(opens: Opens) -> Iterator[environment.Database]:
    app, owner = environment.database("app"), environment.database("owner")
    if app is not None and (owner is not None or opens is Opens.APP):
        if owner is None or opens is Opens.APP:
            yield app
            return
        from kawal.config import outside

        outside.see(app, owner)
        yield owner
        return
    if app is not None or owner is not None:
        missing = "DATABASE_OWNER_URL" if app else "DATABASE_URL"
        raise environment.Misconfigured(
            f"{missing} is missing; name both roles of an outside PostgreSQL, or none of them for "
            "the embedded one"
        )
    from kawal.config import embedded

    with embedded.borrowed(environment.home()) as server:
        yield server.database(f"kawal_{opens.value}")


def _see_migrated() -> None:
    """Check that the database has what this version expects of it.

    :raises Misconfigured: when it lacks migrations.
    """
    from django.db import ProgrammingError

    from kawal.config.health import migrations_waiting

    try:
        waiting = migrations_waiting()
    except ProgrammingError:  # the very table of the migrations is not readable
        waiting = 1
    if waiting:
        raise environment.Misconfigured("The database is not up to date: run kawal migrate first")


def _name_running() -> None:
    """Name the embedded server of a ``kawal run`` for this process and its children."""
    from kawal.config import embedded, outside

    app = environment.database("app")
    if app is not None:
        outside.see_app(app)
        return
    running = embedded.running(environment.home())
    if running is None:
        raise environment.Misconfigured(
            "There is no database: start kawal run, or name an outside one with DATABASE_URL"
        )
    os.environ["DATABASE_URL"] = running.url()


def point_django_at(database: environment.Database) -> None:
    """Let Django's connection be to this database from now on."""
    from django.db import connection

    connection.close()
    options = {**connection.settings_dict.get("OPTIONS", {}), **dict(database.tls)}
    connection.settings_dict.update(
        NAME=database.name,
        USER=database.user,
        PASSWORD=database.password,
        HOST=database.host,
        PORT=database.port,
        OPTIONS=options,
    )


def current() -> environment.Database:
    """Return the database that Django's connection is to."""
    from django.db import connection

    now = connection.settings_dict
    return environment.Database(
        name=now["NAME"],
        user=now["USER"],
        password=now["PASSWORD"],
        host=now["HOST"],
        port=int(now["PORT"] or 5432),
        tls=tuple((name, now["OPTIONS"][name]) for name in sorted(TLS & now["OPTIONS"].keys())),
    )
