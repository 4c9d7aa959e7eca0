"""The fixture ``world``, for the tests of all modules."""

from typing import Any

import pytest


@pytest.fixture
def small_city() -> None:
    """Make the test's database the one that holds the small city (see the root conftest)."""


@pytest.fixture
def world(small_city: None, db: Any) -> Any:
    """Return the small city; what the test does to it is gone after the test."""
    from tests.world.city import founded  # when Django is ready

    return founded()
