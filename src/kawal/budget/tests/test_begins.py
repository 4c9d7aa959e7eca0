"""No paper of the budget is made further on than its first state, by raw SQL either."""

import pytest
from django.db import IntegrityError, connection, transaction

from kawal.budget.facts import machines
from kawal.kernel.machines import Machine

TABLES = {
    "budget_revision": machines.REVISION,
    "budget_dpa": machines.DPA,
    "budget_cashplan": machines.PLAN,
    "budget_spd": machines.SPD,
    "budget_shift": machines.SHIFT,
    "budget_price": machines.PRICE,
    "budget_amendment": machines.AMENDMENT,
    "budget_efficiencyorder": machines.ORDER,
    "budget_interimbudget": machines.ORDER,
}


def refused(table: str, state: str) -> str:
    """Insert a row of which only the state is said; return the refusal.

    The trigger speaks before the other columns are missed.
    """
    insert = f"INSERT INTO {table} (state) VALUES (%s)"
    with (
        pytest.raises(IntegrityError) as caught,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(insert, [state])
    return str(caught.value)


@pytest.mark.django_db
@pytest.mark.parametrize(("table", "machine"), TABLES.items(), ids=TABLES)
def test_every_paper_begins_in_its_first_state(table: str, machine: Machine) -> None:
    for state in machine.labels:
        if state == machine.first:
            assert "null value in column" in refused(table, state)
        else:
            assert "begin" in refused(table, state)


def test_every_machine_of_the_budget_has_a_table_here() -> None:
    assert {machine.document for machine in TABLES.values()} == {
        machine.document for machine in machines.MACHINES
    }
