"""Every test runs on a real PostgreSQL of its own, as the role that serves."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

_home = Path(tempfile.gettempdir()) / f"kawal-test-{secrets.token_hex(6)}"
if "PYTEST_XDIST_WORKER" not in os.environ:  # a worker has it from the process that starts it
    for _name in ("DATABASE_URL", "DATABASE_OWNER_URL", "KAWAL_URL", "KAWAL_BIND", "PORT"):
        os.environ.pop(_name, None)  # nobody's installation
    os.environ |= {"KAWAL_HOME": str(_home), "KAWAL_DEPLOYMENT": "demo"}

from tests.cluster import TestCluster  # noqa: E402

pytest_plugins = ["tests.world.fixtures"]

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


_without_data: dict[str, int] = {}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests on real data where the folder KAWAL_TEST_DATA is not named."""
    if os.environ.get("KAWAL_TEST_DATA"):
        return
    left_out = [item for item in items if item.get_closest_marker("real_data")]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)
    _without_data["here"] = len(left_out)
    if hasattr(config, "workeroutput"):
        config.workeroutput["without_data"] = len(left_out)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Hear from a worker how many it left out."""
    _without_data["here"] = node.workeroutput.get("without_data", 0)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say how many were left out."""
    if number := _without_data.get("here"):
        terminalreporter.write_line(
            f"{number} tests on real data were left out: KAWAL_TEST_DATA is not set"
        )


_lent: dict[str, Any] = {"template": None, "database": None}


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Point Django at the small city or at nothing, before the first fixture of a test.

    The city is filled once for all tests that ask for it: each then has it to itself for the length
    of its transaction, or as a copy.
    """
    from tests.cluster import CITY, TEMPLATE

    asked = getattr(item, "fixturenames", ())
    if "django_db_setup" in asked or item.get_closest_marker("django_db"):
        _lent["template"] = CITY if "small_city" in asked else TEMPLATE
        if _lent["database"]:
            _lent["database"].lend(_lent["template"])


@pytest.fixture(scope="session")
def django_db_setup(worker_id_or_main: str, django_db_blocker: Any) -> Iterator[Any]:
    """Make this worker's database as the owner, then serve it as ``kawal_app``."""
    from tests.cluster import worker_database

    _lent["database"] = worker_database(worker_id_or_main, django_db_blocker.unblock)
    _lent["database"].lend(_lent["template"])
    yield _lent["database"]
    _lent["database"].drop()


@pytest.fixture(scope="session")
def worker_id_or_main() -> str:
    """Return this worker's name."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")
