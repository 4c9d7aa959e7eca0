"""What a verb needs before it runs: Django, and the database as one of the two roles."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from kawal.config import environment
from kawal.config.cli.verbs import Opens


def prepare(opens: Opens) -> None:
    """Set Django up where the verb needs it; nothing is connected."""
    if opens is Opens.NOTHING:
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
    if opens not in (Opens.APP, Opens.OWNER):
        yield
        return
    from kawal.config import embedded

    named = environment.database(opens.value)
    if named is not None:
        _point_django_at(named)
        yield
        return
    with embedded.borrowed(environment.home()) as server:
        _point_django_at(server.database(f"kawal_{opens.value}"))
        yield


def _point_django_at(database: environment.Database) -> None:
    from django.db import connection

    connection.close()
    connection.settings_dict.update(
        NAME=database.name,
        USER=database.user,
        PASSWORD=database.password,
        HOST=database.host,
        PORT=database.port,
    )
