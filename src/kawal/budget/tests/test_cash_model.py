"""What the database itself promises of cash plans and SPD: raw SQL of the serving role."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import Error, connection, transaction

from kawal.budget import actions
from kawal.budget.facts import Paper
from kawal.budget.models import CashPlan, CashPlanLine, Line, Spd, SpdLine, SpdWithdrawal
from kawal.budget.tests.conftest import AT
from kawal.regions.facts import Actor

NOBODY = Actor(None, None, (), AT)
DPA = Paper("dpa", "1")
SIGNERS = ("pptk", "siti", "sekda", "ppkd")


@pytest.fixture
def funded(lines: list[int]) -> list[int]:
    """Give each line 1,200 of ceiling."""
    actions.set_ceiling({line: Decimal(1200) for line in lines}, DPA, NOBODY, key="dpa")
    return lines


@pytest.fixture
def plan(world: Any, funded: list[int]) -> CashPlan:
    """Return a draft of Disdik's plan: 100 a month on each line."""
    unit = world.government.agencies["Disdik"]
    made = CashPlan.objects.create(year_id=2027, unit_id=unit, number=1, changed_at=AT)
    hundred = {f"m{month}": Decimal(100) for month in range(1, 13)}
    CashPlanLine.objects.bulk_create(
        CashPlanLine(plan=made, line_id=line, **hundred) for line in funded
    )
    return made


def _validated(world: Any, plan: CashPlan) -> CashPlan:
    people = [world.government.persons[key] for key in SIGNERS]
    columns = ("submitted_by_id", "pa_by_id", "sekda_by_id", "bud_by_id")
    states = ("submitted", "checked_pa", "checked_sekda", "validated")
    for column, person, state in zip(columns, people, states, strict=True):
        at = {"validated_at": AT} if state == "validated" else {}
        CashPlan.objects.filter(pk=plan.pk).update(state=state, **{column: person}, **at)
    return CashPlan.objects.get(pk=plan.pk)


def _refused(sql: str, *values: Any) -> str:
    """Run it and commit; return the database's refusal."""
    with pytest.raises(Error) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return str(caught.value)


def test_the_database_adds_the_months(plan: CashPlan) -> None:
    assert list(CashPlanLine.objects.values_list("total", flat=True)) == [Decimal(1200)] * 3


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("UPDATE budget_cashplanline SET m1 = -1", "budget_plan_line_amounts"),
        ("UPDATE budget_cashplanline SET m1 = 'NaN'", "budget_plan_line_amounts"),
        ("UPDATE budget_cashplanline SET total = 1", "total"),
        ("UPDATE budget_cashplan SET state = 'validated', validated_at = now()", "such a step"),
        ("UPDATE budget_cashplan SET state = 'submitted'", "budget_plan_signers"),
        ("UPDATE budget_cashplan SET unit_id = unit_id + 1", "never rewritten"),
        ("UPDATE budget_cashplan SET number = 7", "never rewritten"),
        ("DELETE FROM budget_cashplan", "Cannot delete"),
        ("TRUNCATE budget_cashplanline", "permission denied"),
        (
            "INSERT INTO budget_cashplan SELECT (jsonb_populate_record(p,"
            ' \'{"id": 9999, "number": 2}\')).* FROM budget_cashplan p',
            "budget_plan_one_open",
        ),
        (
            'INSERT INTO budget_cashplan SELECT (jsonb_populate_record(p, \'{"id": 9999,'
            ' "number": 2, "state": "validated"}\')).* FROM budget_cashplan p',
            "begin as draft",
        ),
    ],
)
def test_a_draft_keeps_its_form(plan: CashPlan, sql: str, says: str) -> None:
    assert says in _refused(sql)


def test_a_plan_of_other_months_than_the_ceiling_takes_no_step(world: Any, plan: CashPlan) -> None:
    submit = "UPDATE budget_cashplan SET state = 'submitted', submitted_by_id = %s"
    pptk = world.government.persons["pptk"]
    one = CashPlanLine.objects.order_by("pk").first()
    assert one is not None
    CashPlanLine.objects.filter(pk=one.pk).update(m3=Decimal("100.01"))
    assert "ceiling to the sen" in _refused(submit, pptk)
    CashPlanLine.objects.filter(pk=one.pk).delete()
    assert "ceiling to the sen" in _refused(submit, pptk)
    CashPlanLine.objects.create(plan=plan, line_id=one.line_id, m12=Decimal(1200))
    CashPlan.objects.filter(pk=plan.pk).update(state="submitted", submitted_by_id=pptk)


def test_a_line_of_another_unit_does_not_come_in(world: Any, plan: CashPlan) -> None:
    other = CashPlan.objects.create(
        year_id=2027, unit_id=world.government.agencies["Dishub"], number=1, changed_at=AT
    )
    line = Line.objects.order_by("pk").first()
    assert line is not None
    sql = "UPDATE budget_cashplanline SET plan_id = %s WHERE line_id = %s"
    assert "another year, unit or kind" in _refused(sql, other.pk, line.pk)


def test_nobody_does_two_successive_steps(world: Any, plan: CashPlan) -> None:
    persons = world.government.persons
    CashPlan.objects.filter(pk=plan.pk).update(state="submitted", submitted_by_id=persons["pptk"])
    sql = "UPDATE budget_cashplan SET state = 'checked_pa', pa_by_id = %s"
    assert "budget_plan_submitted_by_not_pa_by" in _refused(sql, persons["pptk"])
    CashPlan.objects.filter(pk=plan.pk).update(state="checked_pa", pa_by_id=persons["siti"])
    sql = "UPDATE budget_cashplan SET state = 'checked_sekda', sekda_by_id = %s"
    assert "budget_plan_pa_by_not_sekda_by" in _refused(sql, persons["siti"])
    sql = "UPDATE budget_cashplan SET state = 'checked_sekda', sekda_by_id = %s, pa_by_id = %s"
    assert "keep their signatures" in _refused(sql, persons["sekda"], persons["rina"])


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("UPDATE budget_cashplan SET version = 9", "such a step"),
        ("UPDATE budget_cashplan SET state = 'draft'", "such a step"),
        ("UPDATE budget_cashplanline SET m1 = m1 - 1, m2 = m2 + 1", "no draft never change"),
        ("DELETE FROM budget_cashplanline", "no draft never change"),
        (
            "INSERT INTO budget_cashplanline (plan_id, line_id, m1, m2, m3, m4, m5, m6, m7, m8,"
            " m9, m10, m11, m12) SELECT plan_id, line_id, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0"
            " FROM budget_cashplanline LIMIT 1",
            "budget_plan_line_key",
        ),
    ],
)
def test_a_validated_plan_never_changes(world: Any, plan: CashPlan, sql: str, says: str) -> None:
    _validated(world, plan)
    assert says in _refused(sql)


Draft = Callable[..., Spd]


@pytest.fixture
def draft(world: Any, plan: CashPlan, funded: list[int]) -> Draft:
    """Return how to draft an SPD to March for the first line, the plan being in force."""
    _validated(world, plan)

    def make(amount: str) -> Spd:
        spd = Spd.objects.create(
            year_id=2027,
            agency_id=plan.unit_id,
            first_month=1,
            last_month=3,
            drafted_by_id=world.government.persons["budi"],
            drafted_at=AT,
        )
        SpdLine.objects.create(spd=spd, line_id=funded[0], amount=Decimal(amount))
        return spd

    return make


SIGN = (
    "UPDATE budget_spd SET state = 'signed', serial = 1, number = 'X', total = %s,"
    " signed_on = '2027-01-04', signed_at = now(), signed_by_id = %s WHERE id = %s"
)


def _release(spd: Spd, line: int, amount: str) -> None:
    paper = Paper("spd", str(spd.pk))
    actions.release({line: Decimal(amount)}, paper, NOBODY, key=f"spd:{spd.pk}")


def test_an_spd_is_signed_only_with_its_release_and_sum(
    world: Any, draft: Draft, funded: list[int]
) -> None:
    spd, ppkd = draft("300.00"), world.government.persons["ppkd"]
    assert "releases exactly its lines" in _refused(SIGN, "300.00", ppkd, spd.pk)
    _release(spd, funded[0], "300.00")
    assert "sum of its lines" in _refused(SIGN, "300.01", ppkd, spd.pk)
    budi = world.government.persons["budi"]
    assert "budget_spd_second_person" in _refused(SIGN, "300.00", budi, spd.pk)
    _sign(spd, ppkd)
    for sql, says in (
        ("UPDATE budget_spd SET total = 1", "such a step"),
        ("UPDATE budget_spdline SET amount = 1", "no draft never change"),
        ("DELETE FROM budget_spdline", "no draft never change"),
        ("DELETE FROM budget_spd", "Cannot delete"),
    ):
        assert says in _refused(sql)


def _sign(spd: Spd, person: int) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SIGN, [sum(spd.lines.values_list("amount", flat=True)), person, spd.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_an_spd_above_the_plan_is_explained(world: Any, draft: Draft, funded: list[int]) -> None:
    spd, ppkd = draft("300.01"), world.government.persons["ppkd"]
    _release(spd, funded[0], "300.01")
    assert "above the cash plan" in _refused(SIGN, "300.01", ppkd, spd.pk)
    Spd.objects.filter(pk=spd.pk).update(explanation="Gaji dibayar lebih awal")
    _sign(spd, ppkd)


def test_a_withdrawal_takes_back_exactly_its_own(
    world: Any, draft: Draft, funded: list[int]
) -> None:
    spd = draft("300.00")
    _release(spd, funded[0], "300.00")
    _sign(spd, world.government.persons["ppkd"])
    sql = "INSERT INTO budget_spdwithdrawal (spd_id, reason, at) VALUES (%s, %s, now())"
    assert "budget_spd_withdrawal_why" in _refused(sql, spd.pk, "")
    assert "takes back exactly its lines" in _refused(sql, spd.pk, "Salah bulan")
    both = (
        "WITH w AS (INSERT INTO budget_spdwithdrawal (spd_id, reason, at) VALUES (%s, 'x', now())"
        " RETURNING id) INSERT INTO budget_spdwithdrawalline (withdrawal_id, spd_line_id, amount)"
        " SELECT w.id, l.id, %s FROM w, budget_spdline l"
    )
    assert "no more than its SPD released" in _refused(both, spd.pk, "300.01")
    assert "takes back exactly its lines" in _refused(both, spd.pk, "300.00")
    assert SpdWithdrawal.objects.count() == 0
