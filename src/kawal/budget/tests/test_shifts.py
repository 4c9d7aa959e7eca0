"""A shift from its draft to its version: each desk, each refusal, and that nothing moved then."""

import json
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from kawal.budget import actions, queries
from kawal.budget.actions.amendments import open_amendment
from kawal.budget.actions.shift_desks import refuse_shift, return_shift
from kawal.budget.actions.shifts import submit_shift, withdraw_shift
from kawal.budget.facts import Instrument, Paper, VersionKind
from kawal.budget.facts.amendments import AmendmentGround
from kawal.budget.facts.shifts import ShiftLevel, ShiftState
from kawal.budget.models import Component, Revision, Shift, ShiftSheet, Version
from kawal.budget.rules import shifts as rules
from kawal.budget.tests.shift_world import DAY, A, B, C, D, E, Enacted, make_enacted
from kawal.budget.tests.small_budget import YEAR
from kawal.kernel.refusals import NotThere, Refused
from kawal.trail.models import Leaf

MORE, LESS, SAME = Decimal(90_000_000), Decimal(70_000_000), Decimal(80_000_000)
LEVELS = [
    (B, ShiftLevel.SUB_RINCIAN, "ppkd", ["siti", "sekda", "walikota", "tapd", "budi", "joko"]),
    (C, ShiftLevel.RINCIAN, "ppkd", ["siti", "sekda", "walikota", "pptk"]),
    (D, ShiftLevel.OBJEK, "sekda", ["siti", "ppkd", "walikota", "pptk"]),
]


@pytest.fixture
def budget(world: Any) -> Enacted:
    """Return the small budget in force."""
    return make_enacted(world)


def codes(caught: Any) -> list[str]:
    """Return the codes of what was refused."""
    return [reason.code for reason in caught.value.reasons]


def last_told(kind: str) -> dict[str, Any]:
    """Return the facts of the newest public entry of a kind."""
    for leaf in Leaf.objects.order_by("-order"):
        said = json.loads(bytes(leaf.canonical))
        if said["kind"] == kind:
            facts: dict[str, Any] = said["facts"]
            return facts
    raise AssertionError(kind)


@pytest.mark.parametrize(("other", "level", "desk", "wrong"), LEVELS)
def test_the_wrong_desks_are_refused_and_the_right_one_grants(
    budget: Enacted, other: str, level: ShiftLevel, desk: str, wrong: list[str]
) -> None:
    shift_id = budget.shift({A: str(LESS), other: str(MORE)})
    facts = queries.shift(shift_id)
    assert (facts.level, facts.desk.value, facts.state) == (level, desk, ShiftState.SUBMITTED)
    for key in wrong:
        with pytest.raises(Refused) as caught:
            budget.approve(shift_id, key)
        (reason,) = [r for r in caught.value.reasons if r.code == "shifts.wrong_desk"]
        assert reason.values["desk"] == desk
    assert budget.ceilings()[A] == SAME
    budget.approve(shift_id, desk)
    if desk != "ppkd":
        assert budget.ceilings()[A] == SAME
        budget.enact(shift_id)
    assert budget.ceilings() == dict.fromkeys((A, B, C, D, E), SAME) | {A: LESS, other: MORE}


def test_what_takes_force_is_a_version_and_a_public_fact(budget: Enacted) -> None:
    shift_id = budget.shift({A: str(LESS), B: str(MORE)})
    made = budget.approve(shift_id, "ppkd")
    facts = queries.shift(shift_id)
    assert (facts.state, facts.version_id) == (ShiftState.ENACTED, made)
    assert made is not None
    version = Version.objects.get(pk=made)
    assert (version.kind, version.stage, version.instrument) == ("shift", "P", "ppkd")
    assert version.instrument_number == "900/12"
    assert [one.step for one in facts.steps] == ["drafted", "submitted", "approved", "enacted"]
    told = last_told("shift.enacted")
    assert told["moved"] == "10000000.00"
    assert (told["level"], told["desk"], told["lines"]) == ("sub_rincian", "ppkd", 2)
    assert list(queries.differences()) == []
    second = budget.shift({A: str(SAME), B: str(SAME)})
    again = budget.approve(second, "ppkd")
    assert again is not None
    assert Version.objects.get(pk=again).stage == "P2"
    assert budget.ceilings()[A] == SAME


def test_between_kelompok_it_is_no_shift_but_in_an_emergency_a_perkada(budget: Enacted) -> None:
    shift_id = budget.propose()
    budget.write(shift_id, {A: str(LESS), E: str(MORE)})
    with pytest.raises(Refused) as caught:
        submit_shift(shift_id, actor=budget.who("siti"))
    assert codes(caught) == ["shifts.needs_perda"]
    withdraw_shift(shift_id, "Masuk Perubahan", actor=budget.who("pptk"))
    urgent = budget.shift({A: str(LESS), E: str(MORE)}, ground="emergency")
    facts = queries.shift(urgent)
    assert (facts.level, facts.desk) == (ShiftLevel.KELOMPOK, Instrument.PERKADA)
    with pytest.raises(Refused):
        budget.approve(urgent, "ppkd")
    budget.approve(urgent, "walikota")
    budget.enact(urgent)
    assert (budget.ceilings()[A], budget.ceilings()[E]) == (LESS, MORE)


def test_words_alone_are_handed_in_by_the_drafter_and_decided_by_the_pa(budget: Enacted) -> None:
    shift_id = budget.propose()
    (sheet,) = queries.shift(shift_id).sheets
    rows = Component.objects.filter(revision_line__revision=sheet.revision_id)
    part = rows.filter(revision_line__line=budget.line(A)).get()
    rows.filter(pk=part.pk).update(volume1=2, price=SAME / 2, name="Kertas")
    submit_shift(shift_id, actor=budget.who("pptk"))
    facts = queries.shift(shift_id)
    assert (facts.level, facts.desk) == (ShiftLevel.TEXT, Instrument.PA)
    with pytest.raises(Refused) as caught:
        budget.approve(shift_id, "pptk")
    assert {"shifts.wrong_desk", "shifts.same_person"} <= set(codes(caught))
    budget.approve(shift_id, "siti")
    made = budget.enact(shift_id)
    assert Version.objects.get(pk=made).instrument == "pa"
    assert budget.ceilings() == dict.fromkeys((A, B, C, D, E), SAME)


def test_nobody_follows_himself(budget: Enacted) -> None:
    shift_id = budget.propose()
    budget.write(shift_id, {A: str(LESS), B: str(MORE)})
    with pytest.raises(Refused) as caught:
        submit_shift(shift_id, actor=budget.who("pptk"))
    assert codes(caught) == ["regions.not_permitted"]
    Revision.objects.filter(pk=queries.shift(shift_id).sheets[0].revision_id).update(
        changed_by_id=budget.who("siti").person_id
    )
    with pytest.raises(Refused) as caught:
        submit_shift(shift_id, actor=budget.who("siti"))
    assert codes(caught) == ["shifts.same_person"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Shift.objects.filter(pk=shift_id).update(
            desk="ppkd",
            submitted_by_id=budget.who("pptk").person_id,
        )


def test_unbalanced_and_below_what_is_used_are_told_at_once(budget: Enacted) -> None:
    line = budget.line(A)
    actions.commit({line: Decimal(60_000_000)}, Paper("k", "1"), budget.who("budi"), key="k")
    shift_id = budget.propose()
    budget.write(shift_id, {A: "10000000", B: str(MORE)})
    with pytest.raises(Refused) as caught:
        submit_shift(shift_id, actor=budget.who("siti"))
    found = {r.code: r.values for r in caught.value.reasons}
    assert found["shifts.unbalanced"]["difference"] == Decimal(-60_000_000)
    assert found["funds.released_over_ceiling"]["short"] == Decimal(10_000_000)
    assert found["funds.over_ceiling"]["short"] == Decimal(50_000_000)
    assert queries.shift(shift_id).state is ShiftState.DRAFT


def test_what_was_free_at_submission_may_be_gone_at_the_desk(budget: Enacted) -> None:
    shift_id = budget.shift({A: str(LESS), D: str(MORE)})
    budget.approve(shift_id, "sekda")
    line = budget.line(A)
    actions.commit({line: Decimal(75_000_000)}, Paper("k", "1"), budget.who("budi"), key="k")
    versions = Version.objects.count()
    with pytest.raises(Refused) as caught:
        budget.enact(shift_id)
    assert codes(caught) == ["funds.over_ceiling"]
    assert queries.shift(shift_id).state is ShiftState.APPROVED
    assert Version.objects.count() == versions
    assert budget.ceilings()[A] == SAME


def test_a_sheet_that_is_being_shifted_moves_on_by_nothing_else(budget: Enacted) -> None:
    shift_id = budget.shift({A: str(LESS), B: str(MORE)})
    (sheet,) = queries.shift(shift_id).sheets
    assert sheet.is_current
    with pytest.raises(IntegrityError), transaction.atomic():
        budget.small.revise("sekolah", {(A, "1.1.01"): "1"}, state="draft")
    (reason,) = rules.stale({sheet.name: False, "lain": True})
    assert reason.code == "shifts.stale_base"
    assert "Disdik 1.01.02.2.01.0001" in str(reason)


def test_returned_it_is_a_draft_again_and_refused_it_frees_its_sheets(budget: Enacted) -> None:
    shift_id = budget.shift({A: str(LESS), B: str(MORE)})
    with pytest.raises(Refused) as caught:
        return_shift(shift_id, " ", actor=budget.who("sekda"))
    assert codes(caught) == ["shifts.wrong_desk", "shifts.no_reason"]
    return_shift(shift_id, "Lengkapi alasan", actor=budget.who("ppkd"))
    facts = queries.shift(shift_id)
    assert (facts.state, facts.level, facts.desk) == (ShiftState.DRAFT, None, Instrument.NONE)
    submit_shift(shift_id, actor=budget.who("siti"))
    refuse_shift(shift_id, "Tidak perlu", actor=budget.who("ppkd"))
    with pytest.raises(Refused) as caught:
        budget.approve(shift_id, "ppkd")
    assert "shifts.state" in codes(caught)
    again = budget.shift({A: str(LESS), B: str(MORE)})
    assert queries.shift(again).state is ShiftState.SUBMITTED


def test_a_sheet_is_in_one_shift_and_of_the_skpd_only(budget: Enacted) -> None:
    first = budget.propose()
    with pytest.raises(Refused) as caught:
        budget.propose(sheets=("sekolah", "kelurahan"))
    found = {r.code: r.values for r in caught.value.reasons}
    assert found["shifts.held"]["shift"] == first
    assert "shifts.other_agency" in found


def test_content_that_changed_after_it_was_handed_in_is_not_approved(budget: Enacted) -> None:
    shift_id = budget.shift({A: str(LESS), B: str(MORE)})
    (sheet,) = queries.shift(shift_id).sheets
    row = Revision.objects.filter(pk=sheet.revision_id)
    row.update(state="draft", submitted_by=None, submitted_at=None)
    budget.write(shift_id, {A: str(LESS - 1), B: str(MORE + 1)})
    row.update(state="submitted", version=row.get().version + 2)
    with pytest.raises(Refused) as caught:
        budget.approve(shift_id, "ppkd")
    assert codes(caught) == ["shifts.changed"]


def test_nobody_else_takes_up_what_an_approved_shift_holds(budget: Enacted) -> None:
    shift_id = budget.shift({A: str(LESS), D: str(MORE)})
    budget.approve(shift_id, "sekda")
    with pytest.raises(Refused) as caught:
        actions.compile_version(
            YEAR,
            VersionKind.PERUBAHAN,
            title="Perubahan",
            instrument=Instrument.PERDA,
            number="1",
            date=DAY,
            actor=budget.who("ppkd"),
        )
    assert codes(caught) == ["version.nothing"]
    budget.enact(shift_id)


def test_a_sheet_of_an_open_shift_takes_no_step_by_itself(budget: Enacted) -> None:
    shift_id = budget.propose()
    (sheet,) = queries.shift(shift_id).sheets
    one, siti, tapd = sheet.revision_id, budget.who("siti"), budget.who("tapd")
    for act in (
        lambda: actions.submit(one, actor=siti),
        lambda: actions.submit_sheets([one], actor=siti),
        lambda: actions.drop(one, "Salah", actor=budget.who("pptk")),
        lambda: actions.send_back(one, "Salah", actor=tapd),
        lambda: actions.verify(one, actor=tapd),
        lambda: actions.verify_sheets([one], actor=tapd),
    ):
        with pytest.raises(Refused) as caught:
            act()
        assert "budget.in_shift" in codes(caught)
    assert queries.shift(shift_id).sheets == (sheet,)
    withdraw_shift(shift_id, "RKA-nya dibatalkan", actor=budget.who("pptk"))
    assert queries.shift(shift_id).state is ShiftState.WITHDRAWN


def test_shifts_wait_for_a_perubahan_and_it_waits_for_those_handed_in(budget: Enacted) -> None:
    shift_id = budget.shift({A: str(LESS), B: str(MORE)})
    ground = AmendmentGround.ASSUMPTIONS
    with pytest.raises(Refused) as caught:
        open_amendment(YEAR, ground, "Asumsi meleset", actor=budget.who("tapd"))
    assert codes(caught) == ["perubahan.shift_under_way"]
    return_shift(shift_id, "Tunggu", actor=budget.who("ppkd"))
    open_amendment(YEAR, ground, "Asumsi meleset", actor=budget.who("tapd"))
    with pytest.raises(Refused) as caught:
        submit_shift(shift_id, actor=budget.who("siti"))
    assert codes(caught) == ["shifts.perubahan_open"]


def test_raw_sql_changes_nothing_of_what_was_handed_in(budget: Enacted) -> None:
    shift_id = budget.shift({A: str(LESS), B: str(MORE)})
    rows = Shift.objects.filter(pk=shift_id)
    for change in (
        {"desk": "sekda"},
        {"level": "objek"},
        {"explanation": "lain"},
        {"state": "enacted"},
        {"agency_id": budget.small.unit("Dishub")},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        ShiftSheet.objects.filter(shift=shift_id).update(seen=1)
    budget.approve(shift_id, "ppkd")
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(state="draft")
    with pytest.raises(Exception, match="delete"), transaction.atomic():
        rows.delete()


def test_a_shift_that_is_not_there_is_not_there(budget: Enacted) -> None:
    for act in (
        lambda: queries.shift(0),
        lambda: budget.approve(0, "ppkd"),
        lambda: budget.enact(0),
    ):
        with pytest.raises(NotThere):
            act()
    assert VersionKind.SHIFT not in {one.kind for one in queries.versions(YEAR)}
    assert DAY.year == YEAR - 1
