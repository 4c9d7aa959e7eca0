"""The table of C.7, for any pair of code sets: which level, whose desk, what is no shift."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kawal.budget.declared_shifts import PARAMETERS, desk_key
from kawal.budget.facts import FundsFacts, Instrument
from kawal.budget.facts.shifts import Desk, ShiftGround, ShiftLevel, ShiftLine
from kawal.budget.rules import shifts as rules

LADDER = [
    ("agency", "perda"),
    ("unit", "perda"),
    ("program", "perda"),
    ("kegiatan", "perda"),
    ("sub_kegiatan", "perda"),
    ("akun", "perda"),
    ("kelompok", "perda"),
    ("jenis", "perda"),
    ("objek", "sekda"),
    ("rincian", "ppkd"),
    ("sub_rincian", "ppkd"),
]
TABLE = {
    level: Desk(level, Instrument(declared.defaults[0].text), declared.defaults[0].legal_basis)
    for level in ShiftLevel
    for declared in PARAMETERS
    if declared.key == desk_key(level)
}
WORDS = st.lists(st.sampled_from(["1", "2"]), min_size=11, max_size=11)
AMOUNTS = st.decimals("0.01", "9000000000000", places=2)


def change(words: list[str], line: int, before: str, after: str, fund: str = "1.2.01") -> ShiftLine:
    """Return a line's change; its words go from the SKPD down to the sub rincian."""
    agency, unit, program, kegiatan, sub = words[:5]
    return ShiftLine(
        line,
        agency,
        unit,
        program,
        kegiatan,
        sub,
        ".".join(words[5:]),
        fund,
        Decimal(before),
        Decimal(after),
    )


@given(WORDS, WORDS, AMOUNTS)
def test_between_any_two_lines_the_first_word_that_differs_is_the_level(
    one: list[str], other: list[str], amount: Decimal
) -> None:
    given_up = change(one, 1, str(amount), "0")
    taken = change(other, 2, "0", str(amount))
    differing = [rung for rung, a, b in zip(LADDER, one, other, strict=True) if a != b]
    level = rules.level_of([given_up, taken])
    if not differing:
        assert level is None
        return
    name, paper = differing[0]
    assert level is not None
    assert level.value == name
    desk = rules.desk_of(level, TABLE, ShiftGround.NEED)
    assert desk is not None
    assert desk.instrument.value == paper
    urgent = rules.desk_of(level, TABLE, ShiftGround.EMERGENCY)
    assert urgent is not None
    assert urgent.instrument.value == {"perda": "perkada"}.get(paper, paper)
    refused = [r.code for r in rules.not_a_shift(level, TABLE, ShiftGround.NEED)]
    assert refused == (["shifts.needs_perda"] if paper == "perda" else [])


@given(st.lists(st.tuples(WORDS, st.integers(-3, 3), st.sampled_from("AB")), max_size=8))
def test_among_many_lines_the_level_is_the_first_whose_totals_change(
    moves: list[tuple[list[str], int, str]],
) -> None:
    changes = [
        change(words, place, "10", str(10 + move), fund)
        for place, (words, move, fund) in enumerate(moves)
    ]
    expected = None
    for depth in range(11, 0, -1):
        keys = {(fund, tuple(words[:depth])) for words, _, fund in moves}
        for fund, head in keys:
            if sum(m for w, m, f in moves if f == fund and tuple(w[:depth]) == head):
                expected = LADDER[depth - 1][0]
    assert rules.level_of(changes) == expected


A = ["D1", "U1", "P1", "K1", "S1", "5", "1", "02", "01", "01", "0001"]
B = ["D1", "U1", "P1", "K1", "S1", "5", "1", "02", "02", "01", "0001"]


def test_money_that_comes_back_to_its_jenis_does_not_change_it() -> None:
    other = ["D1", "U1", "P1", "K1", "S1", "5", "2", "02", "01", "01", "0001"]
    near = [*other[:-1], "0002"]
    changes = [
        change(A, 1, "100", "90"),
        change(B, 2, "100", "110"),
        change(other, 3, "50", "45"),
        change(near, 4, "50", "55"),
    ]
    assert rules.level_of(changes) is ShiftLevel.OBJEK


def test_two_funds_cannot_hide_a_move_between_objek() -> None:
    changes = [
        change(A, 1, "100", "90", "DAU"),
        change(A, 2, "0", "10", "PAD"),
        change(B, 3, "0", "10", "DAU"),
        change(B, 4, "100", "90", "PAD"),
    ]
    assert rules.level_of(changes) is ShiftLevel.OBJEK
    assert rules.unbalanced(changes) == []


def test_words_and_volumes_alone_are_for_the_pa() -> None:
    rewritten = replace(change(A, 1, "5", "5"), rewritten=True)
    assert rules.level_of([rewritten]) is ShiftLevel.TEXT
    assert TABLE[ShiftLevel.TEXT].instrument is Instrument.PA


def test_every_reason_is_told_at_once() -> None:
    changes = [change(A, 1, "100.00", "10.00"), change(B, 2, "5", "5.50", "PAD")]
    funds = {1: FundsFacts(1, Decimal(100), Decimal(40), Decimal(10), Decimal(5), Decimal(20))}
    found = rules.refusals(changes, funds, TABLE, ShiftGround.NEED)
    assert [(r.code, r.at) for r in found] == [
        ("shifts.unbalanced", ""),
        ("shifts.unbalanced", ""),
        ("funds.released_over_ceiling", "1"),
        ("funds.over_ceiling", "1"),
    ]
    assert {r.values["difference"] for r in found[:2]} == {Decimal("-90.00"), Decimal("0.50")}
    assert found[2].values == {"short": Decimal("30.00")}
    assert found[3].values == {"short": Decimal("25.00")}


def test_nothing_changed_and_several_skpd_are_refused() -> None:
    (only,) = rules.refusals([change(A, 1, "5", "5")], {}, TABLE, ShiftGround.NEED)
    assert only.code == "shifts.nothing"
    other = ["D2", *A[1:]]
    changes = [change(A, 1, "5", "4"), change(other, 2, "5", "6")]
    codes = [r.code for r in rules.refusals(changes, {}, TABLE, ShiftGround.EMERGENCY)]
    assert codes == ["shifts.several_agencies"]


@pytest.mark.parametrize("paper", ["", "gubernur"])
def test_a_table_without_a_known_desk_refuses(paper: str) -> None:
    table = {} if paper else {ShiftLevel.OBJEK: Desk(ShiftLevel.OBJEK, Instrument.NONE, "")}
    (reason,) = rules.not_a_shift(ShiftLevel.OBJEK, table, ShiftGround.NEED)
    assert reason.code == "shifts.no_desk"


def test_every_level_has_its_parameter_with_the_law() -> None:
    assert set(TABLE) == set(ShiftLevel)
    for declared in PARAMETERS:
        assert declared.default(date(2027, 1, 1)) is not None
    assert all("161" in desk.legal_basis for desk in TABLE.values())
