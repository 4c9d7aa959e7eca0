"""What the trail's tests share: a kind of event, moments, and raw connections of both roles."""

import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from kawal.trail import registry
from kawal.trail.registry import Integer, Kind, Text

AT = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)
TRIED = Kind(
    "test.tried",
    about="number",
    private=frozenset({"payee"}),
    fields={"number": Integer(), "text": Text(60, optional=True)},
)


@pytest.fixture(autouse=True)
def _kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each test register what it likes."""
    monkeypatch.setattr(registry, "_kinds", {k: dict(v) for k, v in registry._kinds.items()})
    registry.register(TRIED)


def minute(number: int) -> datetime:
    """Return a moment, some minutes after the first."""
    return AT + timedelta(minutes=number)


def connect(role: str = "kawal_app") -> "psycopg.Connection[Any]":
    """Return a connection of our own to the test's database, as one of the two roles."""
    settings = connection.settings_dict
    password = (Path(os.environ["KAWAL_TEST_PASSWORDS"]) / role).read_text().strip()
    return psycopg.connect(
        host=settings["HOST"],
        port=settings["PORT"],
        dbname=settings["NAME"],
        user=role,
        password=password,
    )


TABLES = [f"trail_{name}" for name in ["leaf", "salt", "entry", "node", "head", "log", "era"]]


def administrator() -> "psycopg.Connection[Any]":
    """Return a connection of the server's own administrator, whom no trigger stops."""
    name = connection.settings_dict["NAME"]
    opened = psycopg.connect(os.environ["KAWAL_TEST_ADMIN_URL"], dbname=name, autocommit=True)
    opened.execute("SET session_replication_role = replica")
    return opened


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A test whose transactions are real; the trail is emptied after it, which is quick."""
    with django_db_blocker.unblock():
        yield
        connection.close()
        with administrator() as opened:
            opened.execute(f"TRUNCATE {', '.join(TABLES)} RESTART IDENTITY CASCADE")
            opened.execute("ALTER SEQUENCE trail_leaf_order RESTART")


class Tamperer:
    """The database's owner, who takes the guards away, does it, and puts them back."""

    def __init__(self, opened: "psycopg.Connection[Any]") -> None:
        self._opened = opened

    def execute(self, statement: str, values: Sequence[Any] = ()) -> None:
        """Do it."""
        self.guards("DISABLE")
        self._opened.execute(statement, values)
        self.guards("ENABLE")

    def guards(self, what: str) -> None:
        """Disable or enable the triggers of every table of the trail."""
        for table in TABLES:
            self._opened.execute(f"ALTER TABLE {table} {what} TRIGGER USER")


@pytest.fixture
def owner(committed: None) -> Iterator[Tamperer]:
    """One who holds the owner's password."""
    with connect("kawal_owner") as opened:
        opened.autocommit = True
        tamperer = Tamperer(opened)
        yield tamperer
        tamperer.guards("ENABLE")
