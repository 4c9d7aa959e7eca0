"""The embedded server for as long as one verb takes: as it runs, or started for it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from kawal.config.embedded import roles
from kawal.config.embedded.place import find
from kawal.config.embedded.server import Server
from kawal.config.environment import Database, Misconfigured
from kawal.config.lock import Lock


def lock(home: Path) -> Lock:
    """Return the lock of whoever owns the server of a data home."""
    return Lock(home / "run" / "postgres.lock")


@contextmanager
def borrowed(home: Path, *, patience: float = 60.0) -> Iterator[Server]:
    """Give the server of a data home, started where nobody runs it, and stop what was started.

    :raises Misconfigured: when it neither runs nor can be started.
    """
    server, held = Server(find(home)), lock(home)
    deadline = time.monotonic() + patience
    while not held.take():
        if _answers(server):
            yield server
            return
        if time.monotonic() > deadline:
            raise Misconfigured(f"PostgreSQL is held by {held.holder()} and does not answer")
        time.sleep(0.1)
    try:
        server.start()
        yield server
    finally:
        _wait_for_others(server, deadline=time.monotonic() + patience)
        server.stop()
        held.release()


def running(home: Path) -> Database | None:
    """Return the address, as the role that serves, of a server that runs; else ``None``."""
    held = lock(home)
    if held.take():
        held.release()
        return None
    server = Server(find(home))
    return server.database(roles.APP) if _answers(server) else None


def _answers(server: Server) -> bool:
    try:
        psycopg.connect(server.database(roles.APP).conninfo(), connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _wait_for_others(server: Server, *, deadline: float) -> None:
    """Wait while another verb, which found the server running, still works in it."""
    from django.db import connections

    if server.process is None or server.process.poll() is not None:
        return
    connections.close_all()
    others = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
    )
    admin = server.database(roles.ADMIN, "postgres")
    with psycopg.connect(admin.conninfo(), autocommit=True) as connection:
        while connection.execute(others).fetchone() != (0,) and time.monotonic() < deadline:
            time.sleep(0.2)
