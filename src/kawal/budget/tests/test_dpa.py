"""A DPA goes from desk to desk, and when it is ratified the agency's lines may be spent."""

import json
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from kawal.budget import actions, queries
from kawal.budget.facts import DpaState, Paper, VersionKind
from kawal.budget.models import Dpa, Line, Version
from kawal.budget.queries.dpa import spendable
from kawal.budget.tests.small_budget import AT, YEAR, Small, make_small_budget
from kawal.budget.tests.test_compile_version import PERKADA, codes, enact, make
from kawal.budget.tests.test_version_guards import refused
from kawal.kernel.refusals import Refused
from kawal.trail.models import Leaf

STEPS: tuple[tuple[Callable[..., Any], str], ...] = (
    (actions.sign_dpa, "siti"),
    (actions.verify_dpa, "tapd"),
    (actions.approve_dpa, "sekda"),
    (actions.ratify_dpa, "ppkd"),
)


def act(small: Small, action: Callable[..., Any], person: str, *given: int) -> Any:
    """Let a person of the small city do an action."""
    return action(*given, actor=small.world.actor(person, AT))


def ratify(small: Small, version: int) -> int:
    """Take Disdik's DPA of a version through all its steps, and return its id."""
    made: int = act(small, actions.make_dpa, "pptk", version, small.unit("Disdik"))
    for action, person in STEPS:
        act(small, action, person, made)
    return made


def ceilings(small: Small, name: str) -> dict[str, Decimal]:
    """Return what the lines of a sheet have, by account."""
    rows = Line.objects.filter(sheet=small.sheets[name]).select_related("account")
    funds = queries.funds_left([row.pk for row in rows])
    return {row.account.code: funds[row.pk].ceiling for row in rows}


@pytest.fixture
def small(world: Any) -> Small:
    """Return the small budget, verified."""
    return make_small_budget(world)


def test_lines_may_be_spent_when_the_last_desk_has_ratified(small: Small) -> None:
    version = enact(small)
    made = act(small, actions.make_dpa, "pptk", version, small.unit("Disdik"))
    for action, person in STEPS:
        assert set(ceilings(small, "sekolah").values()) == {Decimal("0.00")}
        act(small, action, person, made)
    assert ceilings(small, "sekolah") == {
        "5.1.01.01.01.0001": Decimal("350000000.15"),
        "5.2.03.01.01.0001": Decimal("300000000.00"),
    }
    assert set(ceilings(small, "kelurahan").values()) == {Decimal("0.00")}
    ratified = queries.dpa(made)
    assert ratified.number == f"DPA/A.1/1.01.0.00.0.00.01.0000/001/{YEAR}"
    assert (ratified.state, ratified.stage) == (DpaState.RATIFIED, "M")
    assert ratified.total == Decimal("650000000.15")
    signers = [small.world.person(one).id for one in ("pptk", "siti", "tapd", "sekda", "ppkd")]
    assert [step.by for step in ratified.steps] == signers


def test_what_its_pa_drafts_is_signed_by_that(small: Small) -> None:
    made = act(small, actions.make_dpa, "siti", enact(small), small.unit("Disdik"))
    assert queries.dpa(made).state is DpaState.SIGNED


def test_ratifying_is_told_in_public(small: Small) -> None:
    version = enact(small)
    ratify(small, version)
    leaves = [json.loads(bytes(leaf)) for leaf in Leaf.objects.values_list("canonical", flat=True)]
    (told,) = [leaf["facts"] for leaf in leaves if leaf["kind"] == "dpa.ratified"]
    assert told == {
        "dpa": f"DPA/A.1/1.01.0.00.0.00.01.0000/001/{YEAR}",
        "year": YEAR,
        "agency": "1.01.0.00.0.00.01.0000",
        "version": 4,
        "stage": "M",
        "total": "650000000.15",
        "digest": Version.objects.get(pk=version).digest,
    }


def test_financing_paid_is_among_what_may_be_spent_and_revenue_is_not(small: Small) -> None:
    version = enact(small)
    assert spendable(version, [small.unit("BPKAD")]) == Decimal("50000000.00")


@pytest.mark.parametrize("place", range(4))
def test_every_other_desk_is_refused_at_every_step(small: Small, place: int) -> None:
    made = act(small, actions.make_dpa, "pptk", enact(small), small.unit("Disdik"))
    for action, person in STEPS[:place]:
        act(small, action, person, made)
    action, right = STEPS[place]
    for person in {"pptk", "siti", "tapd", "sekda", "ppkd", "joko", "budi"} - {right}:
        assert codes(partial(act, small, action, person, made)) == ["regions.not_permitted"]
    for later, person in STEPS[place + 1 :]:
        assert "dpa.step" in codes(partial(act, small, later, person, made))
    assert Dpa.objects.get(pk=made).state == list(DpaState)[place].value


def test_a_dpa_comes_only_from_a_detailed_version(small: Small) -> None:
    first = make(small, VersionKind.RKA)
    draft = partial(act, small, actions.make_dpa, "pptk", first, small.unit("Disdik"))
    assert codes(draft) == ["dpa.kind"]


def test_no_dpa_twice_and_none_for_what_did_not_change(small: Small) -> None:
    version = enact(small)
    draft = partial(act, small, actions.make_dpa, "pptk", version, small.unit("Disdik"))
    ratify(small, version)
    assert codes(draft) == ["dpa.unchanged", "dpa.made"]
    assert codes(
        partial(act, small, actions.make_dpa, "siti", version, small.unit("Kel. Pahlawan"))
    ) == ["regions.not_permitted"]


def _cut(small: Small, less: str) -> int:
    """Shift inside Disdik: salary gives what buildings keep."""
    new = small.revise(
        "sekolah",
        {
            ("5.1.01.01.01.0001", "1.1.01"): str(Decimal("350000000.15") - Decimal(less)),
            ("5.1.02.01.01.0024", "1.1.01"): less,
            ("5.2.03.01.01.0001", "1.2.02"): "300000000",
        },
    )
    return make(small, VersionKind.SHIFT, revision_ids=[new.pk], **PERKADA)


def test_after_a_shift_a_dppa_gives_the_difference_only(small: Small) -> None:
    ratify(small, enact(small))
    assert queries.owing(YEAR) == sorted([small.unit("BPKAD"), small.unit("Binjai Utara")])
    made = ratify(small, _cut(small, "100.07"))
    assert ceilings(small, "sekolah") == {
        "5.1.01.01.01.0001": Decimal("350000000.15") - Decimal("100.07"),
        "5.1.02.01.01.0024": Decimal("100.07"),
        "5.2.03.01.01.0001": Decimal("300000000.00"),
    }
    number = f"DPPA/A.1/1.01.0.00.0.00.01.0000/001/{YEAR}"
    assert (queries.dpa(made).number, queries.dpa(made).stage) == (number, "P")
    moved = queries.movement(f"dpa:{made}")
    assert moved is not None
    assert sorted(delta.ceiling for delta in moved[3].values()) == [
        Decimal("-100.07"),
        Decimal("100.07"),
    ]
    assert small.unit("Disdik") not in queries.owing(YEAR)


def test_a_line_keeps_what_was_released_and_the_dppa_is_refused_whole(small: Small) -> None:
    ratify(small, enact(small))
    (salary,) = Line.objects.filter(account__code="5.1.01.01.01.0001").values_list("pk", flat=True)
    spd = {"paper": Paper("spd", "1"), "actor": small.world.actor("ppkd", AT), "key": "spd:1"}
    actions.release({salary: Decimal("350000000.15")}, **spd)
    made = act(small, actions.make_dpa, "pptk", _cut(small, "0.01"), small.unit("Disdik"))
    for action, person in STEPS[:3]:
        act(small, action, person, made)
    assert codes(partial(act, small, actions.ratify_dpa, "ppkd", made)) == [
        "funds.released_over_ceiling"
    ]
    assert queries.dpa(made).number == ""
    assert ceilings(small, "sekolah")["5.1.02.01.01.0024"] == 0


def test_a_dpa_that_a_later_version_overtook_goes_no_further(small: Small) -> None:
    made = act(small, actions.make_dpa, "siti", enact(small), small.unit("Disdik"))
    _cut(small, "5")
    assert codes(partial(act, small, actions.verify_dpa, "tapd", made)) == ["dpa.superseded"]


def test_nobody_takes_two_steps_in_a_row(small: Small) -> None:
    made = act(small, actions.make_dpa, "siti", enact(small), small.unit("Disdik"))
    act(small, actions.verify_dpa, "tapd", made)
    chair = small.world.actor("sekda", AT)
    twice = type(chair)(
        small.world.person("tapd").id, None, chair.appointments, chair.at
    )  # the same person in both posts
    assert codes(partial(actions.approve_dpa, made, actor=twice)) == ["dpa.same_person"]


def test_raw_sql_changes_no_ratified_dpa(small: Small) -> None:
    made = ratify(small, enact(small))
    for column, value in (
        ("number", "'DPA/1'"),
        ("total", "1"),
        ("ratified_by_id", "NULL"),
        ("state", "'approved'"),
        ("version_id", "1"),
    ):
        refused(f"UPDATE budget_dpa SET {column} = {value} WHERE id = %s", made)
    refused("DELETE FROM budget_dpa WHERE id = %s", made)
    refused("TRUNCATE budget_dpa")
    assert queries.dpa(made).state is DpaState.RATIFIED


def test_a_failed_ratification_gives_its_number_back(small: Small) -> None:
    version = enact(small)
    made = act(small, actions.make_dpa, "siti", version, small.unit("Disdik"))
    with pytest.raises(Refused):
        act(small, actions.ratify_dpa, "ppkd", made)
    act(small, actions.verify_dpa, "tapd", made)
    act(small, actions.approve_dpa, "sekda", made)
    assert act(small, actions.ratify_dpa, "ppkd", made).split("/")[3] == "001"
