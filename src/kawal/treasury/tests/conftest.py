"""What every test of the treasury asks for: a budget with released money."""

from typing import Any

import pytest


@pytest.fixture
def released(world: Any) -> Any:
    """Return the small budget with money released; see ``released_budget.Released``."""
    from kawal.treasury.tests.released_budget import make_released

    return make_released(world)
