"""The planner counts what was written a moment ago, in the same transaction, and nothing else."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from kawal.budget.actions.sizes import MANY, after_many
from kawal.budget.models import Line
from kawal.budget.tests.cash_steps import enact
from kawal.budget.tests.conftest import make_lines
from kawal.nomenclature.models import Fund

COUNTED = "SELECT reltuples FROM pg_class WHERE relname = %s"


def _counted(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, [table])
        return int(cursor.fetchone()[0])


@pytest.fixture
def many(world: Any) -> list[int]:
    """Return as many lines as are worth counting."""
    return make_lines(world.government.agencies["Disdik"], MANY)


def test_ceilings_for_many_lines_are_counted_at_once(many: list[int]) -> None:
    enact(dict.fromkeys(many, Decimal(1200)))
    assert _counted("budget_funds") == MANY
    assert _counted("budget_fundentry") == MANY


def test_a_few_rows_are_not_worth_counting(many: list[int]) -> None:
    one = Line.objects.get(pk=many[0])
    other = Fund.objects.create(code="1.2.02", level=3, name="Uji", decree=one.fund.decree)
    Line.objects.create(sheet=one.sheet, account=one.account, fund=other)
    after_many(MANY - 1, Line)
    assert _counted("budget_line") == MANY
    after_many(MANY, Line)
    assert _counted("budget_line") == MANY + 1


def test_only_the_budgets_own_tables_are_counted(world: Any) -> None:
    before = _counted("identity_person")
    with connection.cursor() as cursor:
        cursor.execute("SELECT budget_know_sizes(%s)", [["identity_person", "budget_x; --"]])
    assert _counted("identity_person") == before
