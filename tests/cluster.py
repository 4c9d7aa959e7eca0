"""The PostgreSQL of a test run: thrown away after it, fast because it need not survive."""

import dataclasses
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.core.management import call_command
from django.db import connection
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
CITY = "test_template_city"  # the same with the small city of tests/world in it


@dataclass
class WorkerDatabase:
    """One worker's databases, copied from the templates that all workers share.

    One is empty, the other holds the small city; Django is pointed at the one that a test wants.
    """

    worker: str
    admin: Database
    unblock: Callable[[], AbstractContextManager[None]]
    template: str = TEMPLATE
    copied: set[str] = dataclasses.field(default_factory=set)

    @property
    def name(self) -> str:
        """Return the name of the database that is lent now."""
        return self.template.replace("template", self.worker)

    def _admin(self) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(self.admin.conninfo(), autocommit=True)

    def migrate(self) -> None:
        """Migrate the template as the owner, where no other worker has done it, and copy it."""
        self._make(TEMPLATE, "template1", "kawal_owner", self._fill_schema)
        self.lend(TEMPLATE)

    def lend(self, template: str) -> None:
        """Point Django at this worker's copy of a template."""
        if template in self.copied and template == self.template:
            return
        if template == CITY and CITY not in self.copied:
            self._make(CITY, TEMPLATE, "kawal_app", self._fill_city)
        self.template = template
        self.serve(role="kawal_app", name=self.name)
        if template not in self.copied:
            self.renew()

    def _make(self, name: str, of: str, role: str, fill: Callable[[Database], None]) -> None:
        """Make a template as one of the roles, where no other worker has done it."""
        new = dataclasses.replace(self.admin, name=f"{name}_new")
        with self._admin() as admin:
            admin.execute("SELECT pg_advisory_lock(1)")
            known = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if known.fetchone() is not None:
                return
            admin.execute(f"CREATE DATABASE {new.name} TEMPLATE {of} OWNER kawal_owner")
            self.serve(role=role, name=new.name)
            with self.unblock():
                fill(new)
            connection.close()
            admin.execute(f"ALTER DATABASE {new.name} RENAME TO {name}")

    @staticmethod
    def _fill_schema(new: Database) -> None:
        if not migrated.load(new):
            call_command("migrate", verbosity=0, interactive=False)
            migrated.keep(new)

    @staticmethod
    def _fill_city(new: Database) -> None:
        from tests.world import city  # when Django is ready

        city.found()

    def renew(self) -> None:
        """Throw the lent database away and copy it anew."""
        connection.close()
        with self._admin() as admin:
            admin.execute(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
            admin.execute(
                f"CREATE DATABASE {self.name} TEMPLATE {self.template}"
                " OWNER kawal_owner STRATEGY file_copy"
            )
        self.copied.add(self.template)

    def serve(self, *, role: str, name: str) -> None:
        """Point Django at a database as one of the roles."""
        connection.close()
        password = (Path(os.environ["KAWAL_TEST_PASSWORDS"]) / role).read_text().strip()
        connection.settings_dict.update(
            NAME=name, USER=role, PASSWORD=password, HOST=self.admin.host, PORT=self.admin.port
        )

    def drop(self) -> None:
        """Leave; the cluster is thrown away whole."""
        connection.close()


def worker_database(
    worker: str, unblock: Callable[[], AbstractContextManager[None]]
) -> WorkerDatabase:
    """Return this worker's database, migrated; a transactional test leaves it renewed.

    ``unblock`` lets Django reach the database for as long as it is entered.
    """
    admin = Database.from_url(os.environ["KAWAL_TEST_ADMIN_URL"], called="KAWAL_TEST_ADMIN_URL")
    database = WorkerDatabase(worker, admin, unblock)
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
