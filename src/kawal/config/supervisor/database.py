"""The database of one run: the embedded server, started and stopped by us, or an outside one."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from kawal.config import environment, outside
from kawal.config.embedded import Server, cluster, find
from kawal.config.embedded import borrow as borrowing
from kawal.config.embedded.roles import APP, OWNER
from kawal.config.environment import Database, Misconfigured


class Running(Protocol):
    """A database that answers."""

    app: Database
    owner: Database

    def ended(self) -> str | None:
        """Return why it ended, or ``None`` while it runs."""

    def stop(self) -> None:
        """Stop what was started."""

    def close_in_child(self) -> None:
        """Let go, in a forked child, of what only the supervisor may hold."""


class Embedded:
    """Our own server."""

    def __init__(self, home: Path, say: Callable[[str], None]) -> None:
        self.lock = borrowing.lock(home)
        deadline = time.monotonic() + 60
        while not self.lock.take():
            if time.monotonic() > deadline:
                raise Misconfigured(
                    f"{self.lock.holder()} works in the database of {home}; wait until it has ended"
                )
            time.sleep(0.2)
        self.server = Server(find(home))
        try:
            self.server.start(say=say)
        except BaseException:
            self.lock.release()
            raise
        self.app, self.owner = self.server.database(APP), self.server.database(OWNER)

    def ended(self) -> str | None:
        """Return why the server ended, or ``None`` while it runs."""
        assert self.server.process is not None
        if self.server.process.poll() is None:
            return None
        place = self.server.place
        return cluster.explain(cluster.last_words(place), place)

    def stop(self) -> None:
        """Stop the server and let go of its data."""
        self.server.stop()
        self.lock.release()

    def close_in_child(self) -> None:
        """Close the lock's file: a child that lives on must not hold it."""
        self.lock.close()


class Outside:
    """A server of somebody else's; its two roles are checked."""

    def __init__(self, app: Database, owner: Database) -> None:
        self.app, self.owner = app, owner
        outside.see(app, owner)

    def ended(self) -> str | None:
        """Return ``None``: the processes wait for it when it is away."""
        return None

    def stop(self) -> None:
        """Do nothing: it is not ours."""

    def close_in_child(self) -> None:
        """Do nothing."""


def start(home: Path, say: Callable[[str], None]) -> Running:
    """Start the embedded server, or check the outside one that the environment names.

    :raises Misconfigured: when it cannot be used.
    """
    app, owner = environment.database("app"), environment.database("owner")
    if app is None and owner is None:
        return Embedded(home, say)
    if app is None or owner is None:
        missing = "DATABASE_URL" if app is None else "DATABASE_OWNER_URL"
        raise Misconfigured(
            f"{missing} is missing: an outside PostgreSQL needs both addresses, DATABASE_URL for "
            "the role that serves and DATABASE_OWNER_URL for the role that migrates"
        )
    return Outside(app, owner)


def export(running: Running) -> None:
    """Name the database for Django and the children: as the role that serves, never the owner."""
    os.environ["DATABASE_URL"] = running.app.url()
    os.environ.pop("DATABASE_OWNER_URL", None)
