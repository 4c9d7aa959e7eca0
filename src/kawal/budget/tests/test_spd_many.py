"""An SPD of 10,000 lines: held against the cash plan at once, and the one line above it found."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import Error, connection, transaction

from kawal.budget import actions, queries
from kawal.budget.facts import Paper
from kawal.budget.models import Spd
from kawal.budget.tests.cash_steps import NOBODY, YEAR, enact, evenly, plan_in_force
from kawal.budget.tests.conftest import make_lines

LINES = 10_000
LOOKS = """
SELECT sum(seq_scan + coalesce(idx_scan, 0)) FROM pg_stat_xact_user_tables
WHERE relname IN ('budget_cashplan', 'budget_cashplanline')
"""
SIGN = (
    "UPDATE budget_spd SET state = 'signed', serial = 1, number = 'X', total = %s,"
    " signed_on = '2027-01-04', signed_at = now(), signed_by_id = %s WHERE id = %s"
)
LOOK_NOW = "SET CONSTRAINTS budget_spd_released IMMEDIATE"


@pytest.fixture
def planned(world: Any) -> list[int]:
    """Plan 100 a month on each of 10,000 lines of Disdik."""
    agency = world.government.agencies["Disdik"]
    lines = make_lines(agency, LINES)
    enact(dict.fromkeys(lines, Decimal(1200)))
    plan_in_force(world, agency, dict.fromkeys(lines, evenly("100")))
    return lines


def _signing(world: Any, planned: list[int], amounts: dict[int, Decimal]) -> tuple[int, str]:
    """Release a draft to March and sign it in SQL; return how often plans were read, and says."""
    agency = world.government.agencies["Disdik"]
    budi = world.actor("budi")
    spd = actions.draft_spd(YEAR, agency, 1, 3, actor=budi, amounts=amounts)
    actions.release(amounts, Paper("spd", str(spd)), NOBODY, key=f"spd:{spd}")
    before, says = _looks(), ""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            ppkd = world.government.persons["ppkd"]
            cursor.execute(SIGN, [sum(amounts.values()), ppkd, spd])
            cursor.execute(LOOK_NOW)
    except Error as error:
        says = str(error)
    return _looks() - before, says


def _looks() -> int:
    with connection.cursor() as cursor:
        cursor.execute(LOOKS)
        return int(cursor.fetchone()[0])


def test_plans_are_read_once_for_all_lines(world: Any, planned: list[int]) -> None:
    looks, says = _signing(world, planned, dict.fromkeys(planned, Decimal(300)))
    assert says == ""
    assert looks <= 4  # the plans, and the lines of the one in force; never once a line
    assert Spd.objects.get().total == Decimal(300 * LINES)


def test_one_line_of_many_above_its_plan_is_found(world: Any, planned: list[int]) -> None:
    amounts = dict.fromkeys(planned, Decimal(300)) | {planned[-1]: Decimal("300.01")}
    assert "above the cash plan" in _signing(world, planned, amounts)[1]


def test_money_left_on_one_line_does_not_cover_another(world: Any, planned: list[int]) -> None:
    first, second = planned[:2]
    amounts = {first: Decimal("300.01"), second: Decimal("0.01")}
    assert "above the cash plan" in _signing(world, planned, amounts)[1]


def test_only_the_newest_validated_plan_counts(world: Any, planned: list[int]) -> None:
    agency = world.government.agencies["Disdik"]
    later = (Decimal(0),) * 3 + (Decimal(150),) * 4 + (Decimal(120),) * 5
    plan_in_force(world, agency, dict.fromkeys(planned, later))
    newest = queries.plan_in_force(YEAR, agency)
    assert newest and newest.number == 2
    assert "above the cash plan" in _signing(world, planned, {planned[0]: Decimal(1)})[1]
