"""Every test runs on a real PostgreSQL of its own, as the role that serves."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

_home = Path(tempfile.gettempdir()) / f"kawal-test-{secrets.token_hex(6)}"
os.environ.setdefault("KAWAL_HOME", str(_home))
os.environ.setdefault("KAWAL_DEPLOYMENT", "demo")

from tests.cluster import TestCluster  # noqa: E402

_cluster: TestCluster | None = None


def pytest_configure(config: pytest.Config) -> None:
    """Start the cluster once, in the process that hands out the tests."""
    global _cluster
    if os.environ.get("KAWAL_TEST_ADMIN_URL") or config.option.collectonly:
        return
    _cluster = TestCluster.start(_home)
    os.environ["KAWAL_TEST_ADMIN_URL"] = _cluster.admin_url
    os.environ["KAWAL_TEST_PASSWORDS"] = str(_cluster.secrets)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop it and leave nothing behind."""
    if _cluster:
        _cluster.stop()
    shutil.rmtree(_home, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(
    worker_id_or_main: str, django_db_blocker: pytest.FixtureRequest
) -> Iterator[None]:
    """Make this worker's database as the owner, then serve it as ``kawal_app``."""
    from tests.cluster import worker_database

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        database = worker_database(worker_id_or_main)
    yield
    database.drop()


@pytest.fixture(scope="session")
def worker_id_or_main() -> str:
    """Return this worker's name."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")
