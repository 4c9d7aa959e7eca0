"""A city with one application, servers that can be broken, and a prober that runs for real."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

from kawal.monitoring.models import AllowedNetwork, Application, Check
from kawal.monitoring.prober.engine import Engine
from kawal.monitoring.prober.service import Service
from kawal.monitoring.prober.watched import Watched
from kawal.monitoring.tests.desk.conftest import an_agency, appoint  # noqa: F401
from kawal.monitoring.tests.servers import page


def rows(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """Return the rows of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def until(true: Callable[[], Any], patience: float = 20.0) -> Any:
    """Wait until something is true and return it."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if found := true():
            return found
        time.sleep(0.05)
    raise AssertionError(f"not within {patience} s: {true}")


class Site:
    """A web server whose answer a test changes."""

    def __init__(self) -> None:
        self.answer = page(b"Selamat datang")
        self.asked = 0

    def __call__(self, peer: Any, request: bytes) -> None:
        self.asked += 1
        peer.sendall(self.answer)

    def break_down(self) -> None:
        self.answer = page(b"", "503 Service Unavailable")

    def mend(self) -> None:
        self.answer = page(b"Selamat datang")


class Patient(Engine):
    """An engine that a busy test machine cannot hurry: it starts late and waits long.

    What lateness and slowness do is asked by the tests of health and of the schedule.
    """

    def _miss(self, watched: Watched) -> None:
        self._start(watched)

    def _start(self, watched: Watched) -> None:
        watched.timeout = 60
        super()._start(watched)


class World:
    """Makes rows and runs probers."""

    def __init__(self) -> None:
        self.agency = an_agency("5.02.0.00.0.00.02.0000", "Badan Pendapatan Daerah")
        now = datetime.now(UTC)
        AllowedNetwork.objects.create(
            network="127.0.0.0/8", first_port=0, last_port=65535, why="uji", at=now
        )

    def application(self, name: str = "e-PBB", **changes: Any) -> Application:
        now = datetime.now(UTC)
        values = {"slug": name.lower(), "created_at": now, "updated_at": now, **changes}
        return Application.objects.create(agency=self.agency, name=name, **values)

    def check(self, application: Application, port: int = 0, **changes: Any) -> Check:
        now = datetime.now(UTC)
        values: dict[str, Any] = {
            "kind": "http",
            "name": "Halaman",
            "spec": {"url": f"http://127.0.0.1:{port}/"},
            "interval": 2,
            "timeout": 2,
            "confirmations": 2,
            "recheck": 1,
            "created_at": now,
            "updated_at": now,
        }
        return Check.objects.create(application=application, **(values | changes))

    @contextmanager
    def prober(self, **engine: Any) -> Iterator[Service]:
        """Run a prober for the block."""
        stop = threading.Event()
        service = Service(stop, Patient(authorities="", **engine))
        thread = threading.Thread(target=service.run, daemon=True)
        thread.start()
        try:
            yield service
        finally:
            stop.set()
            thread.join(20)
            assert not thread.is_alive()

    def state(self, check: Check) -> int | None:
        found = rows("SELECT state FROM monitoring_checkstate WHERE check_id = %s", check.pk)
        return found[0][0] if found else None

    def wait(self, check: Check, state: int, patience: float = 20.0) -> None:
        until(lambda: self.state(check) == state, patience)

    def transitions(self, check: Check) -> list[tuple[int, int, int]]:
        return rows(
            "SELECT old, new, code FROM monitoring_transition WHERE check_id = %s ORDER BY at",
            check.pk,
        )


@pytest.fixture
def world(transactional_db: None) -> World:
    return World()
