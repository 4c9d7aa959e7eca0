"""Reads of the plan: totals that add up, few queries whatever the number, the right revision."""

from decimal import Decimal
from typing import Any

from kawal.budget import actions, queries
from kawal.budget.facts import LineDraft, SheetKind, VersionKind
from kawal.budget.tests.rka_world import ACTIVITIES, YEAR, component


def revenue(plan: Any, amount: str, fund: str = "1.2.01") -> int:
    """Write a revenue sheet of the education agency, and return its draft."""
    pptk = plan.world.actor("pptk")
    sheet = actions.open_sheet(YEAR, plan.unit(), SheetKind.REVENUE, actor=pptk)
    revision = queries.open_revision(sheet)
    assert revision
    line = LineDraft(
        plan.accounts["4.1.01.15.01.0001"],
        plan.funds[fund],
        components=(component(amount),),
    )
    plan.write(revision.id, [line])
    return revision.id


def test_sheets_take_two_queries_whatever_their_number(
    plan: Any, django_assert_num_queries: Any
) -> None:
    for activity in ACTIVITIES[:3]:
        plan.put(plan.draft(activity), component("10"))
    revenue(plan, "7")
    with django_assert_num_queries(2):
        rows = queries.sheets(YEAR)
    assert [(row.kind, row.activity_code, row.total) for row in rows] == [
        (SheetKind.REVENUE, "", Decimal("7.00")),
        *((SheetKind.SPENDING, code, Decimal("10.00")) for code in sorted(ACTIVITIES[:3])),
    ]
    assert queries.sheets(YEAR, unit_ids=[plan.unit("Dishub")]) == []
    assert [row.kind for row in queries.sheets(YEAR, kind=SheetKind.REVENUE)] == [SheetKind.REVENUE]
    assert queries.sheets(2031) == []


def test_totals_by_account_agency_and_fund_add_up(plan: Any) -> None:
    plan.write(
        plan.draft(),
        [
            plan.line(component("10.25")),
            plan.line(component("5"), account="5.2.03.01.01.0001", fund="2.2.03"),
        ],
    )
    plan.put(plan.draft(ACTIVITIES[1]), component("0.75"))
    revenue(plan, "12")
    by_account = {
        level: [(one.code, one.amount) for one in queries.account_totals(YEAR, level)]
        for level in (1, 3, 6)
    }
    assert by_account[1] == [("4", Decimal("12.00")), ("5", Decimal("16.00"))]
    assert by_account[3][1:] == [("5.1.02", Decimal("11.00")), ("5.2.03", Decimal("5.00"))]
    assert [code for code, _ in by_account[6]][1] == "5.1.02.01.01.0024"
    assert queries.account_totals(YEAR, 1, unit_ids=[plan.unit("Dishub")]) == []
    assert queries.balance(YEAR) == Decimal("-4.00")


def test_the_open_revision_speaks_until_it_is_dropped(plan: Any) -> None:
    revision = plan.verified(amount="100")
    ppkd, pptk = plan.world.actor("ppkd"), plan.world.actor("pptk")
    actions.compile_version(YEAR, VersionKind.RKA, title="RKA 2027", actor=ppkd)
    sheet = queries.revision(revision).sheet_id
    begun = actions.begin_revision(sheet, actor=pptk)
    plan.write(begun, [plan.line(component("60"))])
    assert [row.total for row in queries.sheets(YEAR)] == [Decimal("60.00")]
    actions.drop(begun, "Tidak jadi", actor=pptk)
    row = queries.sheets(YEAR)[0]
    assert (row.revision_id, row.total) == (revision, Decimal("100.00"))
    assert [one.number for one in queries.revisions(sheet)] == [2, 1]


def test_lines_that_come_from_no_plan_are_listed(plan: Any) -> None:
    revision = plan.draft()
    plan.put(revision, component("1"))
    assert [one.account_code for one in queries.new_items(revision)] == ["5.1.02.01.01.0024"]
