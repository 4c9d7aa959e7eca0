"""A shift and a later DPPA, one after the other: the funds follow both to the sen."""

from decimal import Decimal
from typing import Any

from kawal.budget import actions, queries
from kawal.budget.facts.amendments import AmendmentGround
from kawal.budget.tests.shift_world import DAY, FUND, A, B, C, D, E, make_enacted
from kawal.budget.tests.small_budget import YEAR
from kawal.budget.tests.test_dpa import ratify

ENACTED = dict.fromkeys((A, B, C, D, E), Decimal(80_000_000))
SHIFTED = ENACTED | {A: Decimal("79999999.75"), B: Decimal("80000000.25")}
CHANGED = SHIFTED | {A: Decimal("60000000.60"), C: Decimal("99999999.15")}


def test_the_ceilings_follow_a_shift_and_then_the_dppa_to_the_sen(world: Any) -> None:
    budget = make_enacted(world)
    assert budget.ceilings() == ENACTED
    shift = budget.shift({A: str(SHIFTED[A]), B: str(SHIFTED[B])})
    budget.approve(shift, "ppkd")
    assert budget.ceilings() == SHIFTED
    tapd, ppkd = budget.who("tapd"), budget.who("ppkd")
    opened = actions.open_amendment(YEAR, AmendmentGround.SURPLUS, "SiLPA", actor=tapd)
    budget.small.revise("sekolah", {(code, FUND): str(CHANGED[code]) for code in CHANGED})
    actions.enact_amendment(opened, number="9", day=DAY, actor=ppkd)
    detailed = actions.detail_amendment(opened, number="10", day=DAY, actor=ppkd)
    assert budget.ceilings() == SHIFTED
    made = ratify(budget.small, detailed)
    assert queries.dpa(made).number.startswith("DPPA/")
    assert budget.ceilings() == CHANGED
    held = queries.amounts(detailed)
    lines = {budget.line(code): code for code in CHANGED}
    assert {code: held[line] for line, code in lines.items()} == CHANGED
    left = queries.lines_left(YEAR, DAY, sheet_id=budget.sheet("sekolah"))
    assert {lines[one.line_id]: one.sums.free for one in left} == CHANGED
    assert {one.sums.payable for one in left} == {Decimal(20_000_000)}
