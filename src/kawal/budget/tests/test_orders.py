"""Perubahan, an efficiency cut and a year without APBD, each from its first step to its version."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from kawal.budget import actions, queries
from kawal.budget.facts import Paper, VersionKind
from kawal.budget.facts.amendments import (
    AmendmentGround,
    AmendmentState,
    InterimDraft,
    OrderDraft,
    OrderState,
    TargetDraft,
)
from kawal.budget.models import Amendment, EfficiencyCut, InterimBudget, RevisionLine, Version
from kawal.budget.tests.shift_world import (
    DAY,
    FUND,
    A,
    B,
    C,
    D,
    E,
    Enacted,
    compile_up_to,
    make_enacted,
    make_plan,
)
from kawal.budget.tests.small_budget import YEAR, advance
from kawal.budget.tests.test_shifts import codes, last_told
from kawal.kernel.refusals import Refused

MILLION = Decimal(1_000_000)


@pytest.fixture
def budget(world: Any) -> Enacted:
    """Return the small budget in force."""
    return make_enacted(world)


def test_a_perubahan_from_its_opening_to_its_penjabaran(budget: Enacted) -> None:
    tapd, ppkd = budget.who("tapd"), budget.who("ppkd")
    ground = AmendmentGround.SURPLUS
    opened = actions.open_amendment(YEAR, ground, "SiLPA", actor=tapd)
    with pytest.raises(Refused) as caught:
        actions.enact_amendment(opened, number="9", day=DAY, actor=ppkd)
    assert codes(caught) == ["perubahan.nothing"]
    content = dict.fromkeys(((code, FUND) for code in (A, B, C, D)), "80000000")
    revision = budget.small.revise("sekolah", content | {(E, FUND): "80000000"}, state="submitted")
    with pytest.raises(Refused) as caught:
        actions.enact_amendment(opened, number="9", day=DAY, actor=ppkd)
    (reason,) = caught.value.reasons
    assert reason.code == "perubahan.unverified"
    assert "1.01.02.2.01.0001" in str(reason)
    advance(revision, budget.small.world, "verified")
    made = actions.enact_amendment(opened, number="9", day=DAY, actor=ppkd)
    assert Version.objects.get(pk=made).kind == "perubahan"
    assert queries.amendment(opened).state is AmendmentState.ENACTED
    detailed = actions.detail_amendment(opened, number="10", day=DAY, actor=ppkd)
    assert Version.objects.get(pk=detailed).stage == "P"
    assert queries.open_amendment(YEAR) is None
    with pytest.raises(Refused) as caught:
        actions.open_amendment(YEAR, ground, "Lagi", actor=tapd)
    assert codes(caught) == ["perubahan.once"]
    far = AmendmentGround.EXTRAORDINARY
    second = actions.open_amendment(YEAR, far, "Luar biasa", moved=Decimal(51), actor=tapd)
    assert queries.amendment(second).moved == 51
    with pytest.raises(IntegrityError), transaction.atomic():
        Amendment.objects.filter(pk=second).update(ground="surplus", moved=None)
    actions.withdraw_amendment(second, "Batal", actor=tapd)
    assert queries.open_amendment(YEAR) is None


def order(budget: Enacted, share: str = "50", prefix: str = "5.1.02") -> int:
    """Let the PPKD order a cut of Disdik and the kecamatan."""
    draft = OrderDraft(
        YEAR,
        "Inpres 1/2026",
        DAY,
        "Efisiensi belanja",
        (
            TargetDraft(budget.small.unit("Disdik"), prefix, share=Decimal(share)),
            TargetDraft(budget.small.unit("Binjai Utara"), prefix, amount=60 * MILLION),
        ),
    )
    return actions.order_efficiency(draft, actor=budget.who("ppkd"))


def test_a_cut_goes_no_deeper_than_what_is_used_and_names_what_is_left(budget: Enacted) -> None:
    line = budget.line(A)
    actions.commit({line: 70 * MILLION}, Paper("k", "1"), budget.who("budi"), key="k")
    order_id = order(budget)
    facts = queries.order(order_id)
    assert [(one.wanted, one.uncut) for one in facts.targets] == [
        (160 * MILLION, 0),
        (60 * MILLION, Decimal(22_500_000)),
    ]
    cuts = {one.line_id: one for one in queries.cuts(order_id)}
    assert cuts[line].proposed < 10 * MILLION
    assert sum(one.proposed for one in cuts.values()) == Decimal(197_500_000)
    assert order_id in [one.id for one in queries.orders(YEAR)]


def test_the_agencies_agree_and_the_ceilings_fall_with_their_version(budget: Enacted) -> None:
    order_id = order(budget)
    disdik, utara = budget.small.unit("Disdik"), budget.small.unit("Binjai Utara")
    ppkd, siti = budget.who("ppkd"), budget.who("siti")
    with pytest.raises(Refused) as caught:
        actions.enact_efficiency(order_id, number="12", day=DAY, actor=ppkd)
    assert codes(caught) == ["efficiency.not_agreed"] * 2
    own = {one.line_id: one for one in queries.cuts(order_id, agency_ids=[disdik])}
    agreed = {line: one.proposed for line, one in own.items()}
    agreed[budget.line(A)] -= MILLION
    with pytest.raises(Refused) as caught:
        actions.agree_cuts(order_id, disdik, agreed, actor=siti)
    assert codes(caught) == ["efficiency.sum"]
    agreed[budget.line(B)] += MILLION
    actions.agree_cuts(order_id, disdik, agreed, actor=siti)
    with pytest.raises(Refused):
        actions.agree_cuts(order_id, utara, {}, actor=siti)
    actions.agree_cuts(order_id, utara, {}, actor=camat(budget))
    made = actions.enact_efficiency(order_id, number="12", day=DAY, actor=ppkd)
    ceilings = budget.ceilings()
    assert ceilings[A] == 41 * MILLION
    assert ceilings[B] == 39 * MILLION
    assert ceilings[E] == 80 * MILLION
    assert queries.amounts(made)[budget.line(A)] == 41 * MILLION
    told = last_told("efficiency.enacted")
    assert (told["wanted"], told["cut"]) == ("220000000.00", "197500000.00")
    assert told["agencies"][1]["uncut"] == "22500000.00"
    assert queries.order(order_id).state is OrderState.ENACTED
    assert list(queries.differences()) == []
    with pytest.raises(IntegrityError), transaction.atomic():
        EfficiencyCut.objects.filter(order=order_id).update(agreed=0)


def camat(budget: Enacted) -> Any:
    """Return somebody who may agree for the kecamatan."""
    from dataclasses import replace

    from kawal.regions.facts import Role

    actor = budget.who("joko")
    unit = budget.small.unit("Binjai Utara")
    held = replace(
        budget.who("siti").appointments[0], role=Role.PA, agency_id=unit, covers=frozenset({unit})
    )
    return replace(actor, appointments=(held,))


def test_sheets_under_way_hold_and_salaries_are_never_cut(budget: Enacted) -> None:
    budget.propose()
    order_id = order(budget)
    facts = queries.order(order_id)
    assert facts.targets[0].uncut == 160 * MILLION
    actions.withdraw_efficiency(order_id, "Dicabut", actor=budget.who("ppkd"))
    other = order(budget, prefix="5.1.01")
    assert queries.order(other).targets[0].wanted == 0
    with pytest.raises(Refused) as caught:
        order(budget)
    assert codes(caught) == ["efficiency.open"]


def test_before_the_apbd_only_urgent_spending_and_then_the_apbd_replaces_it(world: Any) -> None:
    budget = Enacted(make_plan(world))
    compile_up_to(world, VersionKind.RAPBD)
    draft = InterimDraft(YEAR, 3, 300 * MILLION, "DPRD belum menyetujui")
    with pytest.raises(Refused):
        actions.propose_interim(draft, actor=budget.who("ppkd"))
    interim_id = actions.propose_interim(draft, actor=budget.who("tapd"))
    made = actions.open_interim(interim_id, number="1", day=DAY, actor=budget.who("ppkd"))
    assert budget.ceilings() == dict.fromkeys((A, B, C, D), 20 * MILLION) | {E: Decimal(0)}
    amounts = queries.amounts(made)
    assert amounts[budget.line(A)] == 20 * MILLION
    assert budget.line(E) not in amounts
    assert amounts[budget.line("4.1.01.15.01.0001", "pendapatan")] == 500 * MILLION
    told = last_told("interim.enacted")
    assert (told["months"], told["total"]) == (3, "92500000.00")
    line, budi = budget.line(A), budget.who("budi")
    actions.release({line: 20 * MILLION}, Paper("spd", "1"), budi, key="s")
    actions.reserve({line: 15 * MILLION}, Paper("spp", "1"), budi, key="r")
    actions.record_payment({line: 15 * MILLION}, Paper("sp2d", "1"), budi, key="p")
    last = compile_rest(budget)
    whole = queries.amounts(last)
    assert {whole[budget.line(code)] for code in (A, B, C, D, E)} == {80 * MILLION}
    assert queries.funds_left([line])[line].paid == 15 * MILLION
    with pytest.raises(IntegrityError), transaction.atomic():
        InterimBudget.objects.filter(pk=interim_id).update(months=12)


def compile_rest(budget: Enacted) -> int:
    """Make the APBD and its Penjabaran, and return the id of the last."""
    from kawal.budget.tests.shift_world import PATH

    made = 0
    for kind, instrument in PATH[2:]:
        made = actions.compile_version(
            YEAR,
            kind,
            title=kind.value,
            instrument=instrument,
            number="2",
            date=DAY,
            actor=budget.who("ppkd"),
        )
    return made


def test_last_years_total_is_the_limit_of_what_is_spent_before_the_apbd(world: Any) -> None:
    budget = Enacted(make_plan(world))
    compile_up_to(world, VersionKind.RAPBD)
    draft = InterimDraft(YEAR, 12, 9 * MILLION, "DPRD belum menyetujui")
    interim_id = actions.propose_interim(draft, actor=budget.who("tapd"))
    made = actions.open_interim(interim_id, number="1", day=DAY, actor=budget.who("ppkd"))
    spent = RevisionLine.objects.filter(
        revision__in=Version.objects.get(pk=made).sheets.values("revision"),
        line__account__code__startswith="5",
    )
    assert sum(spent.values_list("amount", flat=True), Decimal(0)) == 9 * MILLION
