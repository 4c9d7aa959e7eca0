"""Perubahan once a year, and who waits for whom."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from kawal.budget.facts import VersionKind
from kawal.budget.facts.amendments import AmendmentFacts, AmendmentGround, AmendmentState
from kawal.budget.rules import amendments as rules

AT = datetime(2027, 8, 2, tzinfo=UTC)
USUAL, FAR = AmendmentGround.ASSUMPTIONS, AmendmentGround.EXTRAORDINARY


def earlier(state: str, ground: AmendmentGround = USUAL) -> AmendmentFacts:
    """Return a Perubahan of the year."""
    words = ("", None, AmendmentState(state), 1, AT, None, None, "")
    return AmendmentFacts(1, 2027, ground, *words)


@pytest.mark.parametrize(
    ("ground", "moved", "before", "head", "shifts", "expected"),
    [
        (USUAL, None, [], "penjabaran", [], []),
        (USUAL, None, ["withdrawn"], "shift", [], []),
        (USUAL, None, ["detailed"], "shift", [], ["perubahan.once"]),
        (USUAL, None, ["open"], "shift", [], ["perubahan.open", "perubahan.once"]),
        (FAR, "50.001", ["detailed"], "penjabaran_perubahan", [], []),
        (FAR, "-60", ["detailed"], "penjabaran_perubahan", [], []),
        (FAR, "50", [], "efficiency", [], ["perubahan.not_extraordinary"]),
        (FAR, None, [], "efficiency", [], ["perubahan.not_extraordinary"]),
        (USUAL, None, [], "apbd", [7, 3], ["perubahan.no_budget", "7", "3"]),
    ],
)
def test_opening(
    ground: AmendmentGround,
    moved: str | None,
    before: list[str],
    head: str,
    shifts: list[int],
    expected: list[str],
) -> None:
    found = rules.may_open(
        ground,
        None if moved is None else Decimal(moved),
        [earlier(state) for state in before],
        VersionKind(head),
        threshold=Decimal(50),
        under_way=shifts,
    )
    told = [str(r.values["shift"]) if "shift" in r.values else r.code for r in found]
    assert sorted(told) == sorted(expected)


def test_the_perda_waits_for_every_sheet_and_needs_one() -> None:
    names = [str(r) for r in rules.may_enact(AmendmentState.OPEN, ["B", "A"], 3)]
    assert names == ["RKA A belum diverifikasi TAPD.", "RKA B belum diverifikasi TAPD."]
    assert [r.code for r in rules.may_enact(AmendmentState.OPEN, [], 0)] == ["perubahan.nothing"]
    assert rules.may_enact(AmendmentState.OPEN, [], 1) == []
    closed = rules.may_enact(AmendmentState.DETAILED, ["A"], 1)
    assert [r.code for r in closed] == ["perubahan.not_open"]


@pytest.mark.parametrize(
    ("state", "waits"),
    [("open", True), ("enacted", True), ("detailed", False), ("withdrawn", False)],
)
def test_a_shift_waits_until_the_perubahan_is_detailed(state: str, *, waits: bool) -> None:
    assert bool(rules.waits(earlier(state))) is waits


def test_without_a_perubahan_nothing_waits() -> None:
    assert rules.waits(None) == []
