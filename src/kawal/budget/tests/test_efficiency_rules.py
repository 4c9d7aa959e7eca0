"""Cuts and the interim budget: exact to the sen, never below what is used."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kawal.budget.facts import VersionKind
from kawal.budget.facts.amendments import (
    CutFacts,
    CutLine,
    InterimDraft,
    OrderDraft,
    TargetDraft,
)
from kawal.budget.rules import efficiency, interim

SEN = st.decimals("0", "99999999", places=2)
LINES = st.lists(st.tuples(SEN, SEN, st.booleans()), min_size=1, max_size=12)


@given(LINES, st.decimals("0.001", "100", places=3))
def test_a_share_is_cut_to_the_sen_or_what_is_missing_is_named(
    rows: list[tuple[Decimal, Decimal, bool]], share: Decimal
) -> None:
    lines = [
        CutLine(place, "5.1.02.01", amount, used, held)
        for place, (amount, used, held) in enumerate(rows)
    ]
    made = efficiency.propose(TargetDraft(1, "5.1", share=share), lines, [])
    assert sum(made.cuts.values(), Decimal(0)) + made.uncut == made.wanted
    assert abs(made.wanted - sum(one.amount for one in lines) * share / 100) <= Decimal("0.005")
    for line in lines:
        cut = made.cuts.get(line.line_id, Decimal(0))
        assert line.amount - cut >= min(line.used, line.amount)
        assert cut == 0 or not line.held
    free = sum(max(one.amount - one.used, Decimal(0)) for one in lines if not one.held)
    assert made.uncut == max(made.wanted - free, Decimal(0))


def test_salaries_neither_count_nor_give_and_a_prefix_ends_with_its_segment() -> None:
    lines = [
        CutLine(1, "5.1.01.01.01.0001", Decimal(1000), Decimal(0)),
        CutLine(2, "5.1.02.01.01.0024", Decimal(1000), Decimal(990)),
        CutLine(3, "5.1.02.04.01.0001", Decimal(200), Decimal(0)),
        CutLine(4, "5.10.02", Decimal(1), Decimal(0)),
    ]
    made = efficiency.propose(TargetDraft(1, "5.1", share=Decimal(50)), lines, ["5.1.01"])
    assert made.wanted == Decimal("600.00")
    assert made.cuts == {2: Decimal(10), 3: Decimal(200)}
    assert made.uncut == Decimal(390)


def test_an_order_is_refused_for_every_reason_at_once() -> None:
    draft = OrderDraft(
        2027,
        " ",
        date(2027, 3, 1),
        "Efisiensi",
        (
            TargetDraft(1, "5.1", share=Decimal(10)),
            TargetDraft(1, "5.1.02", amount=Decimal(5)),
            TargetDraft(2, "5", share=Decimal(101)),
            TargetDraft(3, "5"),
            TargetDraft(4, "5", amount=Decimal("1.001")),
        ),
    )
    found = [(r.code, r.at) for r in efficiency.may_order(draft)]
    assert found == [
        ("efficiency.no_instruction", "number"),
        ("efficiency.share", "targets.2"),
        ("efficiency.one_measure", "targets.3"),
        ("efficiency.amount", "targets.4"),
        ("efficiency.overlap", "targets.1"),
    ]


def test_an_agency_may_divide_its_cut_otherwise_but_not_lower_it() -> None:
    cuts = [
        CutFacts(1, 1, 9, "5.1", "", Decimal(100), Decimal(30), Decimal(30)),
        CutFacts(2, 1, 9, "5.1", "", Decimal(100), Decimal(10), Decimal(10)),
    ]
    lines = {
        1: CutLine(1, "5.1", Decimal(100), Decimal(60)),
        2: CutLine(2, "5.1", Decimal(100), Decimal(0)),
    }
    agreed = {1: Decimal(0), 2: Decimal(40)}
    assert efficiency.may_agree(cuts, agreed, lines) == []
    lower = efficiency.may_agree(cuts, {1: Decimal(0)}, lines)
    assert [(r.code, r.values) for r in lower] == [
        ("efficiency.sum", {"wanted": Decimal(40), "given": Decimal(10)})
    ]
    over = efficiency.may_agree(cuts, {1: Decimal(41), 2: Decimal(-1)}, lines)
    assert [r.code for r in over] == ["efficiency.used", "efficiency.cut"]


PLAN = {
    1: ("5.1.01.01.01.0001", Decimal("1000.01")),
    2: ("5.1.02.01.01.0024", Decimal("500.00")),
    3: ("5.2.02.01", Decimal("9000.00")),
}


@pytest.mark.parametrize(
    ("months", "limit", "expected"),
    [
        (3, "9999", {1: "250.00", 2: "125.00"}),
        (12, "9999", {1: "1000.01", 2: "500.00"}),
        (3, "37.50", {1: "25.00", 2: "12.50"}),
    ],
)
def test_only_urgent_spending_for_its_months_within_last_years_total(
    months: int, limit: str, expected: dict[int, str]
) -> None:
    found = interim.amounts(
        PLAN, ["5.1.01", "5.1.02"], months=months, parts=Decimal(12), limit=Decimal(limit)
    )
    assert found == {line: Decimal(amount) for line, amount in expected.items()}


def test_an_interim_budget_is_refused_once_there_is_an_apbd() -> None:
    draft = InterimDraft(2027, 13, Decimal(0), " ")
    codes = [r.code for r in interim.may_open(draft, VersionKind.APBD, exists=True)]
    assert codes == [
        "interim.no_plan",
        "interim.exists",
        "interim.months",
        "interim.last_year",
        "interim.explanation",
    ]
    good = InterimDraft(2027, 3, Decimal(1), "DPRD belum menyetujui")
    assert interim.may_open(good, VersionKind.RAPBD, exists=False) == []
