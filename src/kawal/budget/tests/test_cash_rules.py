"""Proposals of twelve months to the sen, and what looks wrong with a plan: pure."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kawal.budget.facts import NO_MONTHS, PlanLineFacts, SheetKind, Way
from kawal.budget.rules import cash_plans as rules
from kawal.budget.rules.cash_proposals import Known, proposals, running, share

EVERY = tuple(Way)
AMOUNT = st.integers(0, 10**19)  # sen


def _months(*amounts: str) -> tuple[Decimal, ...]:
    given = [Decimal(one) for one in amounts]
    return (*given, *NO_MONTHS)[:12]


def _line(
    ceiling: str, months: Sequence[Decimal] = NO_MONTHS, code: str = "5.1.02.01.01.0024"
) -> PlanLineFacts:
    return PlanLineFacts(
        line_id=1,
        sheet_id=7,
        kind=SheetKind.SPENDING,
        activity_code="1.01.02.2.01.0001",
        activity_name="Uji",
        account_code=code,
        account_name="Uji",
        fund_code="1.2.01",
        months=tuple(months),
        ceiling=Decimal(ceiling),
    )


def _known(**more: object) -> Known:
    nothing: dict[str, object] = {"schedules": {}, "paid": {}, "planned": {}, "running": {}}
    return Known(**(nothing | more))  # type: ignore[arg-type]


def test_the_largest_remainder_takes_the_sen_that_is_over() -> None:
    assert share(Decimal("1.00"), [Decimal(1)] * 3) == (
        Decimal("0.34"),
        Decimal("0.33"),
        Decimal("0.33"),
    )
    assert share(Decimal("0.05"), [Decimal(1), Decimal(8), Decimal(1)]) == (
        Decimal("0.01"),
        Decimal("0.04"),
        Decimal("0.00"),
    )
    with pytest.raises(ValueError, match="nothing to divide by"):
        share(Decimal(1), [Decimal(0)] * 12)


@settings(deadline=None)
@given(sen=AMOUNT, weights=st.lists(AMOUNT, min_size=12, max_size=12))
def test_parts_are_the_whole_and_none_is_a_sen_off(sen: int, weights: list[int]) -> None:
    whole = sum(weights)
    assume(whole)
    parts = share(Decimal(sen) / 100, [Decimal(one) / 100 for one in weights])
    assert sum(int(part * 100) for part in parts) == sen
    for part, weight in zip(parts, weights, strict=True):
        assert abs(int(part * 100) * whole - sen * weight) < whole


def test_without_any_knowledge_nothing_is_proposed() -> None:
    ways = (Way.CONTRACTS, Way.LAST_YEAR)
    assert proposals([_line("1200")], ways, _known()) == {}
    assert proposals([_line("1200")], [], _known(running={7: (1, 12)})) == {}


def test_the_sheet_s_months_divide_what_is_enacted() -> None:
    found = proposals([_line("100")], EVERY, _known(running={7: (3, 5)}))
    assert found == {1: _months("0", "0", "33.34", "33.33", "33.33")}


def test_salaries_are_paid_once_more_in_two_months() -> None:
    known = _known(running={7: (1, 12)}, salaries=["5.1.01.01"], extra=[6, 3])
    salary = _line("1400", code="5.1.01.01.01.0001")
    expected = [Decimal(200) if month in (3, 6) else Decimal(100) for month in range(1, 13)]
    assert proposals([salary], EVERY, known) == {1: tuple(expected)}
    near = _line("1200", code="5.1.01.011.01.0001")
    assert proposals([near], EVERY, known) == {1: (Decimal(100),) * 12}


def test_an_extra_month_outside_the_sheet_s_months_counts_nothing() -> None:
    assert running(1, 2, [6]) == _months("1", "1")


@pytest.mark.parametrize(
    ("paid", "planned", "expected"),
    [
        ({"5.1.02.01.01.0024": _months("1", "3")}, {}, _months("25", "75")),
        ({"5.1.02.01.09.0001": _months("1", "1")}, {}, _months("50", "50")),
        ({"5.1.02.99.01.0001": _months("0", "1")}, {}, _months("0", "100")),
        ({"5.2.02.01.01.0001": _months("1")}, {}, None),
        (
            {"5.1.02.01.01.0024": _months("-5", "0")},
            {"5.1.02.01.01.0024": _months("0", "0", "2")},
            _months("0", "0", "100"),
        ),
        (
            {"5.1.02.99.01.0001": _months("1")},
            {"5.1.02.01.01.0024": _months("0", "1")},
            _months("100"),
        ),
    ],
)
def test_last_year_s_curve_is_the_nearest_code_s_payments_else_its_plan(
    paid: dict[str, tuple[Decimal, ...]],
    planned: dict[str, tuple[Decimal, ...]],
    expected: tuple[Decimal, ...] | None,
) -> None:
    found = proposals([_line("100")], [Way.LAST_YEAR], _known(paid=paid, planned=planned))
    assert found == ({} if expected is None else {1: expected})


def test_contracts_come_first_and_the_rest_by_the_other_ways() -> None:
    known = _known(schedules={1: _months("0", "0", "0", "60")}, running={7: (1, 2)})
    assert proposals([_line("100")], EVERY, known) == {1: _months("20", "20", "0", "60")}
    alone = proposals([_line("100")], [Way.CONTRACTS], known)
    assert alone == {1: _months("0", "0", "0", "100")}


def test_contracts_above_the_ceiling_give_only_their_curve() -> None:
    known = _known(schedules={1: _months("100", "300")})
    assert proposals([_line("100")], [Way.CONTRACTS], known) == {1: _months("25", "75")}


def test_a_line_that_lost_its_ceiling_plans_nothing() -> None:
    assert proposals([_line("0", _months("5"))], EVERY, _known()) == {1: NO_MONTHS}


def test_what_looks_wrong_is_said_and_refuses_nothing() -> None:
    december = _line("12", (*NO_MONTHS[:11], Decimal(12)))
    flat = _line("100", share(Decimal(100), [Decimal(1)] * 12))
    uneven = _line("12", (Decimal(1), *(Decimal(1),) * 10, Decimal(2)))
    found = [reason.code for reason in rules.warnings([december, flat, uneven, _line("0")])]
    assert found == ["cash_plan.all_in_december", "cash_plan.flat"]


def test_every_mistake_of_typed_months_is_said_at_its_cell() -> None:
    wrong = {
        1: _months("-1", "0.001", "NaN", "1e17"),
        2: NO_MONTHS[:11],
        3: NO_MONTHS,
    }
    assert [(r.at, r.code) for r in rules.mistakes(wrong, [1, 2])] == [
        ("1.1", "cash_plan.below_zero"),
        ("1.2", "cash_plan.below_sen"),
        ("1.3", "cash_plan.amount_too_large"),
        ("1.4", "cash_plan.amount_too_large"),
        ("2", "cash_plan.not_twelve"),
        ("3", "cash_plan.foreign_line"),
    ]
