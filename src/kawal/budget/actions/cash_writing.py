"""Writing many lines of a cash plan or an SPD in one statement each."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import connection

from kawal.budget.actions.sizes import after_many
from kawal.budget.facts import Months
from kawal.budget.models import CashPlan, CashPlanLine, Spd, SpdLine
from kawal.budget.models.cash_plans import COLUMNS

_NAMES = ", ".join(COLUMNS)
_SET = ", ".join(f"{column} = excluded.{column}" for column in COLUMNS)
_ARRAYS = ", ".join(["%s::bigint[]", *("%s::numeric[]" for _ in COLUMNS)])
_OLD = ", ".join(f"budget_cashplanline.{column}" for column in COLUMNS)
_NEW = ", ".join(f"excluded.{column}" for column in COLUMNS)
PUT = f"""
INSERT INTO budget_cashplanline (plan_id, line_id, {_NAMES})
SELECT %s, * FROM unnest({_ARRAYS})
ON CONFLICT (plan_id, line_id) DO UPDATE SET {_SET}
WHERE ({_OLD}) IS DISTINCT FROM ({_NEW})
"""  # noqa: S608 - every part is ours
COPY = f"""
INSERT INTO budget_cashplanline (plan_id, line_id, {_NAMES})
SELECT %s, line_id, {_NAMES} FROM budget_cashplanline WHERE plan_id = %s
"""  # noqa: S608 - every part is ours
PUT_SPD = """
INSERT INTO budget_spdline (spd_id, line_id, amount)
SELECT %s, * FROM unnest(%s::bigint[], %s::numeric[])
"""


def put_months(plan_id: int, months: Mapping[int, Months]) -> None:
    """Write lines' twelve months, in rupiah by line; a line that is the same is not touched."""
    columns = [[amounts[place] for amounts in months.values()] for place in range(len(COLUMNS))]
    with connection.cursor() as cursor:
        cursor.execute(PUT, [plan_id, list(months), *columns])
        after_many(cursor.rowcount, CashPlan, CashPlanLine)


def copy_lines(from_plan: int, to_plan: int) -> None:
    """Give a new writing of a plan the months of another."""
    with connection.cursor() as cursor:
        cursor.execute(COPY, [to_plan, from_plan])
        after_many(cursor.rowcount, CashPlan, CashPlanLine)


def look_now(constraint: str) -> None:
    """Let a deferred trigger look at what was written so far, and not at what follows it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS {constraint} IMMEDIATE")
        cursor.execute(f"SET CONSTRAINTS {constraint} DEFERRED")


def put_spd_lines(spd_id: int, amounts: Mapping[int, Decimal]) -> None:
    """Write an SPD's lines, in rupiah by line."""
    with connection.cursor() as cursor:
        cursor.execute(PUT_SPD, [spd_id, list(amounts), list(amounts.values())])
        after_many(cursor.rowcount, Spd, SpdLine)
