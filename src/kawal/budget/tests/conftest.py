"""Lines to try the budget on: one sheet of the education agency in 2027."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

AT = datetime(2026, 8, 3, 2, 0, tzinfo=UTC)


def make_lines(agency: int, number: int) -> list[int]:
    """Make a sheet with as many lines, and return their ids in order."""
    from kawal.budget.actions.sizes import after_many
    from kawal.budget.models import FiscalYear, Line, Sheet
    from kawal.nomenclature.models import Account, Activity, Decree, Fund

    decree = Decree.objects.create(code="uji", title="Uji", valid_from=date(2026, 1, 1))
    coded: dict[str, Any] = {"decree": decree, "name": "Uji"}
    year = FiscalYear.objects.create(
        year=2027, accounts=decree, activities=decree, funds=decree, opened_at=AT
    )
    activity = Activity.objects.create(code="1.01.02.2.01.0001", level="sub_kegiatan", **coded)
    fund = Fund.objects.create(code="1.2.01", level=3, **coded)
    accounts = Account.objects.bulk_create(
        Account(code=f"5.1.02.01.01.{place:04}", level=6, **coded) for place in range(number)
    )
    sheet = Sheet.objects.create(
        year=year, unit_id=agency, kind="spending", activity=activity, opened_at=AT
    )
    made = Line.objects.bulk_create(
        Line(sheet=sheet, account=account, fund=fund) for account in accounts
    )
    after_many(number, Sheet, Line)  # as every action does that writes as many
    return [line.pk for line in made]


@pytest.fixture
def lines(world: Any) -> list[int]:
    """Return three lines without funds."""
    return make_lines(world.government.agencies["Disdik"], 3)


@pytest.fixture
def plan(world: Any) -> Any:
    """Return a small plan: codes, the year 2027 open, nothing written yet."""
    from kawal.budget.tests.rka_world import make_plan

    return make_plan(world)
