"""Many sheets at once: all or nothing, and nothing that one sheet could not hold."""

from decimal import Decimal
from typing import Any

import pytest

from kawal.budget import actions, queries
from kawal.budget.facts import RevisionState, SheetDraft, SheetKind, Step
from kawal.budget.models import Component, Line, Revision, Sheet
from kawal.budget.tests.rka_world import ACTIVITIES, AT, YEAR, component, header
from kawal.kernel.refusals import NotThere, Refused

pytestmark = pytest.mark.django_db
FIRST, SECOND, SALARIES, FOREIGN = ACTIVITIES


def drafted(plan: Any, *activities: str, price: str = "1000000", **more: Any) -> list[SheetDraft]:
    given = {"header": header()} | more
    return [
        SheetDraft(
            plan.unit(),
            SheetKind.SPENDING,
            plan.activities[activity],
            lines=(plan.line(component(price=price), component("2500", "3")),),
            **given,
        )
        for activity in activities
    ]


def taken(plan: Any, drafts: list[SheetDraft], by: str = "pptk") -> list[int]:
    return actions.draft_sheets(YEAR, drafts, actor=plan.world.actor(by))


def codes(refused: pytest.ExceptionInfo[Refused]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for reason in refused.value.reasons:
        found.setdefault(reason.code, []).append(reason.at)
    return found


def nothing_was_written() -> None:
    assert (Sheet.objects.count(), Revision.objects.count(), Line.objects.count()) == (0, 0, 0)
    assert Component.objects.count() == 0


def test_what_comes_as_a_list_is_what_would_have_been_typed(plan):
    plan.set(plan.ceiling("2000000"), plan.ceiling("2000000", SECOND))
    one, other = taken(plan, drafted(plan, FIRST, SECOND))
    sheet = plan.sheet(SALARIES)
    typed = queries.open_revision(sheet)
    assert typed is not None
    plan.write(typed.id, [plan.line(component(price="1000000"), component("2500", "3"))])
    plan_header = header()
    actions.save_header(
        typed.id, plan_header, read=plan.version(typed.id), actor=plan.world.actor("pptk")
    )
    mine, theirs = queries.content(one), queries.content(typed.id)
    assert mine.header == theirs.header == plan_header
    assert mine.total == theirs.total == Decimal("1007500.00")
    parts = [[part.draft for part in said.components()] for said in (mine, theirs)]
    assert parts[0] == parts[1]
    assert [line.amount for line in mine.lines] == [line.amount for line in theirs.lines]
    assert [step.step for step in queries.steps(other)] == [Step.BEGUN]
    assert mine.revision.changed_by == plan.world.actor("pptk").person_id
    assert mine.revision.changed_at == AT


def test_every_reason_of_every_sheet_at_once_and_nothing_is_written(plan):
    sheets = drafted(plan, FIRST, SECOND, price="0.001")
    wrong = plan.line(component(), account="5.1.02.01.01")
    sheets[1] = SheetDraft(
        plan.unit(),
        SheetKind.SPENDING,
        plan.activities[SECOND],
        header(first_month=13, places=("99.99",)),
        (wrong, wrong),
    )
    with pytest.raises(Refused) as refused:
        taken(plan, sheets)
    assert codes(refused) == {
        "budget.rupiah": ["sheets.0.lines.0.components.0.price"],
        "budget.months": ["sheets.1.first_month", "sheets.1.last_month"],
        "budget.line_twice": ["sheets.1.lines.1.account"],
        "budget.account_level": ["sheets.1.lines.0.account", "sheets.1.lines.1.account"],
        "budget.place_unknown": ["places"],
    }
    nothing_was_written()


def test_only_its_own_agency_only_known_sheets_and_each_once(plan):
    for draft, by in ((drafted(plan, FIRST), "joko"), (drafted(plan, FIRST), "siti")):
        with pytest.raises(Refused) as refused:
            taken(plan, draft, by)
        assert set(codes(refused)) == {"regions.not_permitted"}
    elsewhere = SheetDraft(plan.unit("Dishub"), SheetKind.SPENDING, plan.activities[FIRST])
    with pytest.raises(Refused) as refused:
        taken(plan, [*drafted(plan, FIRST), elsewhere])
    assert set(codes(refused)) == {"regions.not_permitted"}
    with pytest.raises(Refused) as refused:
        taken(plan, [*drafted(plan, FIRST, FIRST), SheetDraft(plan.unit(), SheetKind.SPENDING)])
    assert codes(refused) == {
        "budget.sheet_activity": ["sheets.2.activity"],
        "budget.revision_open": ["sheets.0", "sheets.1"],
    }
    nothing_was_written()
    with pytest.raises(NotThere):
        actions.draft_sheets(2031, drafted(plan, FIRST), actor=plan.world.actor("pptk"))
    assert taken(plan, []) == []


def test_a_sheet_that_is_written_already_is_refused_with_all_the_others(plan):
    plan.draft(SECOND)
    with pytest.raises(Refused) as refused:
        taken(plan, drafted(plan, FIRST, SECOND))
    assert codes(refused) == {"budget.revision_open": ["sheets.1"]}
    assert Sheet.objects.count() == 1


@pytest.mark.parametrize("whole", [False, True])
def test_together_they_stay_below_each_ceiling(plan, whole):
    """Each is below its own; the agency's ceiling counts both."""
    rows = [plan.ceiling("1007500", FIRST), plan.ceiling("1007500", SECOND)]
    if whole:
        rows = [plan.ceiling("1007500", FIRST), plan.ceiling("2014999.99", None)]
    else:
        rows[1] = plan.ceiling("1007499.99", SECOND)
    plan.set(*rows)
    with pytest.raises(Refused) as refused:
        taken(plan, drafted(plan, FIRST, SECOND))
    assert set(codes(refused)) == {"budget.over_ceiling"}
    assert refused.value.reasons[0].values["gap"] == Decimal("0.01")
    nothing_was_written()


def test_a_pile_is_handed_in_and_verified_at_once_by_the_right_desks(plan):
    plan.set(plan.ceiling("2000000"), plan.ceiling("2000000", SECOND))
    pile = taken(plan, drafted(plan, FIRST, SECOND))
    for action, by in (
        (actions.submit_sheets, "tapd"),
        (actions.submit_sheets, "joko"),
        (actions.verify_sheets, "siti"),
    ):
        with pytest.raises(Refused) as refused:
            action(pile, actor=plan.world.actor(by))
        assert set(codes(refused)) == {"regions.not_permitted"}
    with pytest.raises(Refused) as refused:
        actions.verify_sheets(pile, actor=plan.world.actor("tapd"))
    assert set(codes(refused)) == {"budget.revision_state"}
    actions.submit_sheets(pile, actor=plan.world.actor("siti"))
    actions.verify_sheets(pile, actor=plan.world.actor("tapd"))
    for one in pile:
        facts = queries.revision(one)
        assert facts.state is RevisionState.VERIFIED
        assert facts.submitted_by == plan.world.actor("siti").person_id
        assert facts.verified_by == plan.world.actor("tapd").person_id
        steps = [step.step for step in queries.steps(one)]
        assert steps == [Step.BEGUN, Step.SUBMITTED, Step.VERIFIED]


def test_one_that_lacks_something_holds_the_whole_pile(plan):
    plan.set(plan.ceiling("2000000"))
    pile = taken(plan, drafted(plan, FIRST, SECOND))
    with pytest.raises(Refused) as refused:
        actions.submit_sheets(pile, actor=plan.world.actor("siti"))
    assert codes(refused) == {"budget.no_ceiling": [f"{pile[1]}.total"]}
    assert {queries.revision(one).state for one in pile} == {RevisionState.DRAFT}
    with pytest.raises(NotThere):
        actions.submit_sheets([*pile, 0], actor=plan.world.actor("siti"))


def test_an_open_note_holds_the_pile_on_the_verifier_s_desk(plan):
    plan.set(plan.ceiling("2000000"), plan.ceiling("2000000", SECOND))
    pile = taken(plan, drafted(plan, FIRST, SECOND))
    actions.submit_sheets(pile, actor=plan.world.actor("siti"))
    actions.write_note(pile[1], "Harga terlalu tinggi", actor=plan.world.actor("tapd"))
    with pytest.raises(Refused) as refused:
        actions.verify_sheets(pile, actor=plan.world.actor("tapd"))
    assert codes(refused) == {"budget.notes_open": ["notes"]}
    assert {queries.revision(one).state for one in pile} == {RevisionState.SUBMITTED}


def test_a_large_pile_costs_no_more_statements_than_a_small_one(
    plan, django_assert_max_num_queries
):
    plan.set(*(plan.ceiling("2000000", one) for one in ACTIVITIES[:3]))
    with django_assert_max_num_queries(80):
        taken(plan, drafted(plan, FIRST, SECOND, SALARIES))
