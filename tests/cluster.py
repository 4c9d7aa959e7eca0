"""The PostgreSQL of a test run: thrown away after it, fast because it need not survive."""

import dataclasses
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.test import TransactionTestCase

from kawal.config import embedded
from kawal.config.embedded.roles import ADMIN
from kawal.config.environment import Database
from tests import migrated

FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
}


@dataclass
class TestCluster:
    """A server with the two roles, in a folder of its own."""

    __test__ = False
    server: embedded.Server
    admin_url: str
    secrets: Path

    @classmethod
    def start(cls, home: Path) -> "TestCluster":
        """Start one below ``home``."""
        place = embedded.find(home)
        if programs := os.environ.get("KAWAL_TEST_POSTGRES"):  # another version's
            place = dataclasses.replace(place, programs=Path(programs))
        server = embedded.Server(place, FAST)
        server.start()
        return cls(server, server.database(ADMIN, "postgres").url(), server.place.secrets)

    def stop(self) -> None:
        """Stop it."""
        self.server.stop(patience=10)


TEMPLATE = "test_template"


@dataclass
class WorkerDatabase:
    """One worker's database, copied from the migrated template that all workers share."""

    name: str
    admin: Database

    def _admin(self) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(self.admin.conninfo(), autocommit=True)

    def migrate(self) -> None:
        """Migrate the template as the owner, where no other worker has done it, and copy it."""
        with self._admin() as admin:
            admin.execute("SELECT pg_advisory_lock(1)")
            known = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE])
            if known.fetchone() is None:
                admin.execute(f"CREATE DATABASE {TEMPLATE}_new OWNER kawal_owner")
                new = dataclasses.replace(self.admin, name=f"{TEMPLATE}_new")
                if not migrated.load(new):
                    self._migrate(new.name)
                    migrated.keep(new)
                admin.execute(f"ALTER DATABASE {TEMPLATE}_new RENAME TO {TEMPLATE}")
        self.renew()

    def _migrate(self, name: str) -> None:
        from django.core.management import call_command
        from django.db import connection

        self.serve(role="kawal_owner", name=name)
        call_command("migrate", verbosity=0, interactive=False)
        connection.close()

    def renew(self) -> None:
        """Throw the worker's database away and copy it anew."""
        from django.db import connection

        connection.close()
        with self._admin() as admin:
            admin.execute(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
            admin.execute(
                f"CREATE DATABASE {self.name} TEMPLATE {TEMPLATE}"
                " OWNER kawal_owner STRATEGY file_copy"
            )
        self.serve(role="kawal_app", name=self.name)

    def serve(self, *, role: str, name: str) -> None:
        """Point Django at a database as one of the roles."""
        from django.db import connection

        connection.close()
        password = (Path(os.environ["KAWAL_TEST_PASSWORDS"]) / role).read_text().strip()
        connection.settings_dict.update(
            NAME=name, USER=role, PASSWORD=password, HOST=self.admin.host, PORT=self.admin.port
        )

    def drop(self) -> None:
        """Leave; the cluster is thrown away whole."""
        from django.db import connection

        connection.close()


def worker_database(worker: str) -> WorkerDatabase:
    """Return this worker's database, migrated; a transactional test leaves it renewed."""
    admin = Database.from_url(os.environ["KAWAL_TEST_ADMIN_URL"], called="KAWAL_TEST_ADMIN_URL")
    database = WorkerDatabase(f"test_{worker}", admin)
    database.migrate()
    TransactionTestCase._fixture_teardown = lambda self: database.renew()  # type: ignore[method-assign]
    return database


@contextmanager
def journey_database(worker: str) -> Iterator[Database]:
    """Lend a copy of the migrated template to the processes that a journey walks through."""
    admin = Database.from_url(os.environ["KAWAL_TEST_ADMIN_URL"], called="KAWAL_TEST_ADMIN_URL")
    password = (Path(os.environ["KAWAL_TEST_PASSWORDS"]) / "kawal_app").read_text().strip()
    name = f"journeys_{worker}"
    with psycopg.connect(admin.conninfo(), autocommit=True) as connection:
        connection.execute(
            f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} OWNER kawal_owner STRATEGY file_copy"
        )
        try:
            yield Database(name, "kawal_app", password, admin.host, admin.port)
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
