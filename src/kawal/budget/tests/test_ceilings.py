"""Ceilings: set in rounds by an agreement, planned against, never exceeded."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kawal.budget import actions, queries
from kawal.budget.facts import CeilingDraft
from kawal.budget.models import Ceiling
from kawal.budget.tests.rka_world import ACTIVITIES, YEAR, component
from kawal.kernel.refusals import NotThere, Refused
from kawal.trail.models import Leaf


def codes(caught: Any) -> list[str]:
    return [reason.code for reason in caught.value.reasons]


def test_of_each_ceiling_the_latest_round_counts(plan: Any) -> None:
    assert plan.set(plan.ceiling("100"), plan.ceiling("300", None)) == 1
    assert plan.set(plan.ceiling("150.50")) == 2
    found = [(one.activity_code, one.amount, one.round) for one in queries.ceilings(YEAR)]
    assert found == [("", Decimal("300.00"), 1), (ACTIVITIES[0], Decimal("150.50"), 2)]
    assert queries.last_round(YEAR) == 2
    told = [leaf.canonical for leaf in Leaf.objects.all() if "ceilings.set" in str(leaf.canonical)]
    assert len(told) == 2


def test_all_reasons_of_all_rows_come_at_once_and_nothing_is_set(plan: Any) -> None:
    rows = [
        plan.ceiling("1"),
        plan.ceiling("1"),
        CeilingDraft(0, Decimal("-1"), 0, 0),
        CeilingDraft(plan.unit(), Decimal("0.001")),
    ]
    with pytest.raises(Refused) as caught:
        actions.set_ceilings(
            YEAR,
            rows,
            agreement_number=" ",
            agreement_date=date(2099, 1, 1),
            actor=plan.world.actor("tapd"),
        )
    assert [(reason.code, reason.at) for reason in caught.value.reasons] == [
        ("budget.agreement_number", "agreement_number"),
        ("budget.agreement_date", "agreement_date"),
        ("budget.ceiling_key", "rows.1.key"),
        ("budget.ceiling_unit", "rows.2.unit"),
        ("budget.ceiling_activity", "rows.2.activity"),
        ("budget.ceiling_fund", "rows.2.fund"),
        ("budget.ceiling_amount", "rows.2.amount"),
        ("budget.ceiling_amount", "rows.3.amount"),
    ]
    with pytest.raises(Refused) as caught:
        plan.set()
    assert codes(caught) == ["budget.no_rows"]
    assert Ceiling.objects.count() == 0


def test_sub_kegiatan_never_exceed_the_ceiling_of_their_unit(plan: Any) -> None:
    plan.set(plan.ceiling("100", None), plan.ceiling("60"))
    with pytest.raises(Refused) as caught:
        plan.set(plan.ceiling("41", ACTIVITIES[1]))
    assert codes(caught) == ["budget.ceilings_exceed_unit"]
    assert caught.value.reasons[0].values == {"unit": "Dinas Pendidikan", "gap": Decimal("1.00")}
    assert plan.set(plan.ceiling("40", ACTIVITIES[1])) == 2


@pytest.mark.parametrize("who", ["siti", "pptk", "joko", "budi", "dewi", "sekda"])
def test_only_tapd_and_ppkd_set_ceilings(plan: Any, who: str) -> None:
    with pytest.raises(Refused) as caught:
        plan.set(plan.ceiling("1"), by=who)
    assert codes(caught) == ["regions.not_permitted"]
    plan.set(plan.ceiling("1"), by="ppkd")


def test_a_year_nobody_opened_has_no_ceilings(plan: Any) -> None:
    with pytest.raises(NotThere):
        actions.set_ceilings(
            2031,
            [plan.ceiling("1")],
            agreement_number="1",
            agreement_date=date(2026, 1, 1),
            actor=plan.world.actor("tapd"),
        )


def test_a_draft_never_grows_over_its_ceiling_but_may_shrink(plan: Any) -> None:
    plan.set(plan.ceiling("100000"))
    revision = plan.draft()
    made = plan.put(revision, component("60000"))
    with pytest.raises(Refused) as caught:
        plan.put(revision, component("40000.01"))
    assert codes(caught) == ["budget.over_ceiling"]
    assert caught.value.reasons[0].values["gap"] == Decimal("0.01")
    assert queries.content(revision).total == Decimal("60000.00")
    plan.put(revision, component("40000"))
    plan.set(plan.ceiling("10000"))
    plan.put(revision, component("50000"), component_id=made.component_id)
    with pytest.raises(Refused):
        plan.put(revision, component("50000.01"), component_id=made.component_id)
    with pytest.raises(Refused) as caught:
        actions.submit(revision, actor=plan.world.actor("siti"))
    assert "budget.over_ceiling" in codes(caught)
    row = queries.sheets(YEAR)[0]
    assert [str(one) for one in (row.total, row.ceiling, row.left)] == [
        "90000.00",
        "10000.00",
        "-80000.00",
    ]


def test_a_units_ceiling_holds_over_all_its_sheets(plan: Any) -> None:
    plan.set(plan.ceiling("100", None))
    one, other = plan.draft(), plan.draft(ACTIVITIES[1])
    plan.put(one, component("70"))
    with pytest.raises(Refused) as caught:
        plan.write(other, [plan.line(component("31"))])
    assert codes(caught) == ["budget.over_unit_ceiling"]
    plan.write(other, [plan.line(component("30"))])
    whole = queries.ceilings(YEAR)[0]
    assert (whole.planned, whole.left) == (Decimal("100.00"), Decimal("0.00"))


def test_a_ceiling_by_fund_counts_its_fund_alone(plan: Any) -> None:
    plan.set(plan.ceiling("10", fund="1.1.01"))
    revision = plan.draft()
    plan.put(revision, component("50"))
    with pytest.raises(Refused) as caught:
        plan.put(revision, component("11"), fund_id=plan.funds["1.1.01"])
    assert codes(caught) == ["budget.over_fund_ceiling"]
    plan.put(revision, component("10"), fund_id=plan.funds["1.1.01"])
    assert queries.ceilings(YEAR)[0].planned == Decimal("10.00")


def test_a_ceiling_must_be_used_whole_only_when_the_parameter_says_so(plan: Any) -> None:
    from kawal.nomenclature.models import Parameter

    revision = plan.complete()
    plan.write(revision, [plan.line(component("900000"))])
    key = "budget.rka_uses_ceiling_whole"
    persons = plan.world.government.persons
    Parameter.objects.create(
        key=key,
        number=1,
        valid_from=date(2026, 1, 1),
        legal_basis="Uji",
        certainty="recalled",
        state="made",
        proposed_by_id=persons["ppkd"],
        proposed_at=plan.world.at,
        decided_by_id=persons["sekda"],
        decided_at=plan.world.at,
    )
    with pytest.raises(Refused) as caught:
        actions.submit(revision, actor=plan.world.actor("siti"))
    assert codes(caught) == ["budget.under_ceiling"]
    plan.write(revision, [plan.line(component("1000000"))])
    actions.submit(revision, actor=plan.world.actor("siti"))


def test_opening_a_year_needs_the_ppkd_and_known_decrees(plan: Any) -> None:
    ppkd = plan.world.actor("ppkd")
    with pytest.raises(Refused) as caught:
        actions.open_year(YEAR, accounts="x", activities="uji-2026", funds="y", actor=ppkd)
    assert [(reason.code, reason.at) for reason in caught.value.reasons] == [
        ("budget.year_open", "year"),
        ("budget.decree_unknown", "accounts"),
        ("budget.decree_unknown", "funds"),
    ]
    same = dict.fromkeys(("accounts", "activities", "funds"), "uji-2026")
    with pytest.raises(Refused) as caught:
        actions.open_year(1999, **same, actor=ppkd)
    assert codes(caught) == ["budget.year"]
    with pytest.raises(Refused) as caught:
        actions.open_year(2028, **same, actor=plan.world.actor("siti"))
    assert codes(caught) == ["regions.not_permitted"]
    assert [one.year for one in queries.years()] == [YEAR]
    assert actions.open_year(2028, **same, actor=ppkd).year == 2028
