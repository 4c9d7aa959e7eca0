"""The demo's calendar is kept as a city keeps it: done, a few late, one still open."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from kawal.budget import queries as budget
from kawal.budget.facts.obligations import ClockState
from kawal.budget.models import FiscalYear
from kawal.budget.queries.obligations import clocks
from kawal.budget.tests.small_budget import YEAR, make_small_budget
from kawal.demo.filling import obligations

pytestmark = pytest.mark.django_db
AT = datetime(2027, 11, 24, 5, 0, tzinfo=UTC)


def test_what_was_due_is_ticked_by_who_answers_for_it(world: Any):
    make_small_budget(world)
    opened = datetime(2026, 9, 1, 2, 0, tzinfo=UTC)
    FiscalYear.objects.filter(pk=YEAR).update(opened_at=opened)
    assert obligations.fill(YEAR, at=AT) > 5
    found = clocks(budget.year(YEAR), date(2027, 11, 24))
    late = {one.obligation.key for one in found if one.state is ClockState.LATE}
    by_hand = {one.obligation.key for one in found if one.obligation.event is None}
    assert "agreed" not in late
    assert "to_governor" not in late  # it followed, and was ticked in its turn
    assert late & by_hand >= obligations.LEFT_LATE
    assert obligations.fill(YEAR, at=AT) == 0
