"""The fixture ``world``, for the tests of all modules."""

from typing import Any

import pytest


@pytest.fixture
def world(db: Any) -> Any:
    """Return the small city; it is gone after the test."""
    from tests.world.city import fill  # when Django is ready

    return fill()
