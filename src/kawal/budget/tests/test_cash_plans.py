"""The cash plan over its four desks, its revisions, its proposals; who may not, and why."""

from decimal import Decimal
from typing import Any

import pytest

from kawal.budget import actions, queries, registry
from kawal.budget.facts import NO_MONTHS, Months, Paper, PlanState, Way
from kawal.budget.models import CashPlanLine, CashPlanStep
from kawal.budget.tests.cash_steps import (
    NOBODY,
    YEAR,
    codes,
    draft_plan,
    enact,
    evenly,
    plan_in_force,
    validate,
)
from kawal.kernel.refusals import NotThere, Refused, StaleDraft


@pytest.fixture
def unit(world: Any) -> int:
    """Return Disdik."""
    return int(world.government.agencies["Disdik"])


@pytest.fixture
def funded(lines: list[int]) -> list[int]:
    """Give each line 1,200 of ceiling."""
    enact(dict.fromkeys(lines, Decimal(1200)))
    return lines


def _plan(world: Any, unit: int, funded: list[int]) -> int:
    return draft_plan(world, unit, dict.fromkeys(funded, evenly("100")))


def _state(plan: int) -> PlanState:
    return queries.cash_plan(plan).state


def test_the_way_over_all_desks(world: Any, unit: int, funded: list[int]) -> None:
    plan = _plan(world, unit, funded)
    assert queries.plan_in_force(YEAR, unit) is None
    validate(world, plan)
    found = queries.cash_plan(plan)
    persons = world.government.persons
    signers = (found.submitted_by, found.pa_by, found.sekda_by, found.bud_by)
    assert signers == tuple(persons[key] for key in ("pptk", "siti", "sekda", "ppkd"))
    assert queries.plan_in_force(YEAR, unit) == found
    assert [step.step for step in queries.plan_steps(plan)] == [
        "submitted",
        "checked_pa",
        "checked_sekda",
        "validated",
    ]
    assert queries.planned_to(YEAR, 3, funded) == dict.fromkeys(funded, Decimal(300))
    assert queries.planned_to(YEAR, 0, funded) == dict.fromkeys(funded, Decimal(0))


@pytest.mark.parametrize("desk", ["pptk", "rina", "sekda", "ppkd", "budi", "tapd"])
def test_the_wrong_desk_is_refused(world: Any, unit: int, funded: list[int], desk: str) -> None:
    plan = _plan(world, unit, funded)
    actions.submit_plan(plan, actor=world.actor("pptk"))
    hidden = NotThere if desk == "tapd" else Refused
    with pytest.raises(hidden):
        actions.validate_plan(plan, actor=world.actor(desk))
    assert _state(plan) is PlanState.SUBMITTED
    assert CashPlanStep.objects.count() == 1


def test_another_agency_sees_nothing(world: Any, unit: int, funded: list[int]) -> None:
    plan = _plan(world, unit, funded)
    for act in (actions.submit_plan, actions.validate_plan, actions.drop_plan):
        with pytest.raises(NotThere):
            act(plan, actor=world.actor("joko"))
    with pytest.raises(NotThere):
        actions.save_plan(plan, {}, read=2, actor=world.actor("joko"))
    with pytest.raises(Refused) as caught:
        actions.begin_plan(YEAR, unit, actor=world.actor("joko"))
    assert codes(caught) == [("", "regions.not_permitted")]


def test_every_line_that_does_not_fit_is_said_at_once(
    world: Any, unit: int, funded: list[int]
) -> None:
    first, second, third = funded
    months = {first: evenly("100.01"), second: evenly("99.99")}
    plan = draft_plan(world, unit, months)
    with pytest.raises(Refused) as caught:
        actions.submit_plan(plan, actor=world.actor("pptk"))
    word = "cash_plan.rak_belum_sesuai"
    assert codes(caught) == [(str(line), word) for line in (first, second, third)]
    assert [reason.values["difference"] for reason in caught.value.reasons] == [
        Decimal("0.12"),
        Decimal("0.12"),
        Decimal(1200),
    ]
    assert _state(plan) is PlanState.DRAFT


def test_a_returned_plan_is_a_draft_again_with_its_reason(
    world: Any, unit: int, funded: list[int]
) -> None:
    plan = _plan(world, unit, funded)
    actions.submit_plan(plan, actor=world.actor("pptk"))
    actions.validate_plan(plan, actor=world.actor("siti"))
    with pytest.raises(Refused) as caught:
        actions.return_plan(plan, " ", actor=world.actor("sekda"))
    assert codes(caught) == [("reason", "cash_plan.reason")]
    with pytest.raises(Refused):
        actions.return_plan(plan, "Salah", actor=world.actor("siti"))
    actions.return_plan(plan, "Gaji ke-13 belum ada", actor=world.actor("sekda"))
    found = queries.cash_plan(plan)
    assert (found.state, found.submitted_by, found.pa_by) == (PlanState.DRAFT, None, None)
    last = queries.plan_steps(plan)[-1]
    assert (last.step, last.reason) == ("returned", "Gaji ke-13 belum ada")
    validate(world, plan)
    assert _state(plan) is PlanState.VALIDATED


def test_a_changed_ceiling_makes_the_plan_unfit_and_stops_its_way(
    world: Any, unit: int, funded: list[int]
) -> None:
    plan = _plan(world, unit, funded)
    actions.submit_plan(plan, actor=world.actor("pptk"))
    enact({funded[0]: Decimal("0.01")}, key="shift")
    with pytest.raises(Refused) as caught:
        actions.validate_plan(plan, actor=world.actor("siti"))
    assert codes(caught) == [(str(funded[0]), "cash_plan.rak_belum_sesuai")]
    assert _state(plan) is PlanState.SUBMITTED


def test_rak_belum_sesuai_is_shown_until_a_revision_is_validated(
    world: Any, unit: int, funded: list[int]
) -> None:
    first = plan_in_force(world, unit, dict.fromkeys(funded, evenly("100")))
    (before,) = queries.unit_plans(YEAR, [unit])
    assert (before.fits, before.ceiling, before.planned) == (True, Decimal(3600), Decimal(3600))
    enact({funded[1]: Decimal(-600)}, key="shift")
    (after,) = queries.unit_plans(YEAR)
    assert (after.fits, after.unfit, after.ceiling) == (False, 1, Decimal(3000))
    pptk = world.actor("pptk")
    second = actions.begin_plan(YEAR, unit, actor=pptk)
    assert [line.difference for line in queries.plan_lines(YEAR, unit, second)] == [
        Decimal(0),
        Decimal(600),
        Decimal(0),
    ]
    actions.save_plan(second, {funded[1]: evenly("50")}, read=1, actor=pptk)
    assert queries.plan_in_force(YEAR, unit) == queries.cash_plan(first)
    validate(world, second)
    (now,) = queries.unit_plans(YEAR)
    assert (now.fits, now.in_force) == (True, queries.cash_plan(second))
    assert CashPlanLine.objects.filter(plan=first, total=Decimal(1200)).count() == 3


def test_one_plan_is_under_way_and_none_before_the_dpa(
    world: Any, unit: int, lines: list[int]
) -> None:
    pptk = world.actor("pptk")
    with pytest.raises(Refused) as caught:
        actions.begin_plan(YEAR, unit, actor=pptk)
    assert codes(caught) == [("", "cash_plan.no_ceiling")]
    enact({lines[0]: Decimal(1)})
    plan = actions.begin_plan(YEAR, unit, actor=pptk)
    with pytest.raises(Refused) as caught:
        actions.begin_plan(YEAR, unit, actor=pptk)
    assert codes(caught) == [("", "cash_plan.open")]
    actions.drop_plan(plan, actor=pptk)
    again = actions.begin_plan(YEAR, unit, actor=pptk)
    assert queries.cash_plan(again).number == 2


def test_what_another_wrote_is_not_written_over(world: Any, unit: int, funded: list[int]) -> None:
    plan = _plan(world, unit, funded)
    with pytest.raises(StaleDraft) as caught:
        actions.save_plan(plan, {}, read=1, actor=world.actor("pptk"))
    assert (caught.value.read, caught.value.current) == (1, 2)


def test_the_sekda_does_not_validate_twice_nor_what_he_drafted(
    world: Any, unit: int, funded: list[int]
) -> None:
    plan = _plan(world, unit, funded)
    validate(world, plan, desks=("siti", "sekda"))
    with pytest.raises(Refused):
        actions.validate_plan(plan, actor=world.actor("sekda"))
    assert _state(plan) is PlanState.CHECKED_SEKDA


def test_proposals_fill_what_does_not_fit_and_leave_the_rest(
    world: Any, unit: int, funded: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    schedule: Months = (*NO_MONTHS[:11], Decimal(1200))
    monkeypatch.setattr(registry, "_sources", [])
    registry.register_schedules(lambda year, ids: {funded[2]: schedule} if year == YEAR else {})
    typed: Months = (Decimal(1200), *NO_MONTHS[:11])
    plan, pptk = draft_plan(world, unit, {funded[0]: typed}), world.actor("pptk")
    actions.propose_plan(plan, tuple(Way), read=2, actor=pptk)
    found = [line.months for line in queries.plan_lines(YEAR, unit, plan)]
    assert found == [typed, evenly("100"), schedule]
    actions.propose_plan(plan, [Way.SHEET], read=3, actor=pptk, replace=True)
    found = [line.months for line in queries.plan_lines(YEAR, unit, plan)]
    assert found == [evenly("100")] * 3


def test_payments_of_last_year_give_the_curve(world: Any, unit: int, funded: list[int]) -> None:
    from dataclasses import replace
    from datetime import UTC, datetime

    from kawal.budget.models import FiscalYear, Line, Sheet

    here = Line.objects.get(pk=funded[0])
    year = FiscalYear.objects.get(pk=YEAR)
    before = FiscalYear.objects.create(
        year=YEAR - 1,
        accounts=year.accounts,
        activities=year.activities,
        funds=year.funds,
        opened_at=year.opened_at,
    )
    sheet = Sheet.objects.create(
        year=before,
        unit_id=unit,
        kind="spending",
        activity=here.sheet.activity,
        opened_at=year.opened_at,
    )
    old = Line.objects.create(sheet=sheet, account=here.account, fund=here.fund)
    paper = Paper("spp", "9")
    enact({old.pk: Decimal(400)}, key="old")
    actions.release({old.pk: Decimal(400)}, paper, NOBODY, key="r")
    # the last minute of February in UTC is March in Binjai
    for key, at, amount in (("a", (2026, 2, 28, 16), 100), ("b", (2026, 2, 28, 23), 300)):
        who = replace(NOBODY, at=datetime(*at, tzinfo=UTC))
        actions.reserve({old.pk: Decimal(amount)}, paper, who, key=f"v{key}")
        actions.record_payment({old.pk: Decimal(amount)}, paper, who, key=f"p{key}")
    plan = actions.begin_plan(YEAR, unit, actor=world.actor("pptk"))
    actions.propose_plan(plan, [Way.LAST_YEAR], read=1, actor=world.actor("pptk"))
    months = queries.plan_lines(YEAR, unit, plan)[0].months
    assert months == (Decimal(0), Decimal(300), Decimal(900), *NO_MONTHS[:9])


def test_revenue_and_financing_are_planned_as_the_ratified_version_has_them(world: Any) -> None:
    from kawal.budget.tests.small_budget import make_small_budget
    from kawal.budget.tests.test_compile_version import enact as enacted
    from kawal.budget.tests.test_dpa import ratify

    small = make_small_budget(world)
    version = enacted(small)
    unit = small.unit("BPKAD")
    assert queries.plan_lines(YEAR, unit, None) == []
    ratify(small, version)
    lines = queries.plan_lines(YEAR, unit, None)
    assert [(line.account_code[:3], line.ceiling, line.spends) for line in lines] == [
        ("4.1", Decimal("700000000.40"), False),
        ("4.2", Decimal("300000000.00"), False),
        ("6.1", Decimal("50000000.00"), False),
    ]
    school = small.unit("Disdik")
    plan = draft_plan(world, school, {})
    actions.propose_plan(plan, [Way.SHEET], read=2, actor=world.actor("pptk"))
    validate(world, plan)
    assert [one.fits for one in queries.unit_plans(YEAR, [school])] == [True]
    (bpkad,) = queries.unit_plans(YEAR, [unit])
    assert (bpkad.ceiling, bpkad.unfit, bpkad.fits) == (Decimal(0), 3, False)
