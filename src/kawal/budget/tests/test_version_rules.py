"""The order of versions, their papers, sheets and balance: each reason, and all of them at once."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kawal.budget.facts import (
    Candidate,
    FundBalance,
    Instrument,
    RevisionState,
    Totals,
    VersionKind,
)
from kawal.budget.rules import versions as rules
from kawal.budget.rules.versions import Plan
from kawal.kernel.refusals import Reason

K = VersionKind
YEAR = [K.RKA, K.RAPBD, K.APBD, K.PENJABARAN]
EVEN = Totals(Decimal(100), Decimal(120), Decimal(30), Decimal(10))
SHEET = Candidate(1, 10, 7, RevisionState.VERIFIED, None, None, 5, "1.01 Disdik")


def plan(kind: VersionKind, history: list[VersionKind], **changes: Any) -> Plan:
    """Return a plan that nothing speaks against but its kind's place."""
    paper = sorted(rules.INSTRUMENTS[kind])[0]
    whole = Plan(
        2027,
        kind,
        "Judul",
        paper,
        "3 Tahun 2027" if paper else "",
        date(2027, 1, 4) if paper else None,
        date(2027, 1, 4),
        history,
        [SHEET],
        EVEN,
        before=EVEN,
    )
    return replace(whole, **changes)


def codes(found: Plan) -> list[str]:
    """Return the codes of the reasons against a plan."""
    return [reason.code for reason in rules.refusals(found)]


@pytest.mark.parametrize(
    ("history", "allowed"),
    [
        ([], {K.RKA, K.INTERIM}),
        ([K.RKA], {K.RKA, K.RAPBD, K.INTERIM}),
        (YEAR[:2], {K.RAPBD, K.APBD, K.INTERIM}),
        ([*YEAR[:2], K.INTERIM], {K.RAPBD, K.APBD, K.INTERIM}),
        (YEAR[:3], {K.PENJABARAN}),
        (YEAR, {K.SHIFT, K.EFFICIENCY, K.PERUBAHAN}),
        ([*YEAR, K.SHIFT], {K.SHIFT, K.EFFICIENCY, K.PERUBAHAN}),
        ([*YEAR, K.PERUBAHAN], {K.PENJABARAN_PERUBAHAN}),
        ([*YEAR, K.PERUBAHAN, K.PENJABARAN_PERUBAHAN], {K.SHIFT, K.EFFICIENCY}),
    ],
)
def test_the_order_of_kinds(history: list[VersionKind], allowed: set[VersionKind]) -> None:
    assert {kind for kind in K if not codes(plan(kind, history))} == allowed


def test_a_second_perubahan_needs_more_than_half_of_a_change() -> None:
    history = [*YEAR, K.PERUBAHAN, K.PENJABARAN_PERUBAHAN]
    half = Totals(Decimal(150), Decimal(170), Decimal(30), Decimal(10))
    more = Totals(Decimal("150.01"), Decimal("170.01"), Decimal(30), Decimal(10))
    less = Totals(Decimal(49), Decimal(69), Decimal(30), Decimal(10))
    assert codes(plan(K.PERUBAHAN, history, after=half)) == ["version.one_change_a_year"]
    assert codes(plan(K.PERUBAHAN, history, after=more)) == []
    assert codes(plan(K.PERUBAHAN, history, after=less)) == []
    assert codes(plan(K.PERUBAHAN, history, changes_a_year=2)) == []


@pytest.mark.parametrize(
    ("kind", "history", "stage"),
    [
        (K.RAPBD, [K.RKA], ""),
        (K.APBD, YEAR[:2], ""),
        (K.INTERIM, YEAR[:2], "M"),
        (K.PENJABARAN, YEAR[:3], "M"),
        (K.SHIFT, YEAR, "P"),
        (K.EFFICIENCY, [*YEAR, K.SHIFT], "P2"),
        (K.PERUBAHAN, [*YEAR, K.SHIFT, K.EFFICIENCY], ""),
        (K.PENJABARAN_PERUBAHAN, [*YEAR, K.SHIFT, K.EFFICIENCY, K.PERUBAHAN], "P3"),
    ],
)
def test_the_stage_that_numbers_carry(
    kind: VersionKind, history: list[VersionKind], stage: str
) -> None:
    assert rules.stage(kind, history) == stage


def test_every_reason_about_the_paper_at_once() -> None:
    bare = plan(K.APBD, YEAR[:2], title=" ", number=" ", date=None)
    assert codes(bare) == [
        "version.title",
        "version.instrument_number",
        "version.instrument_date",
    ]
    assert codes(plan(K.APBD, YEAR[:2], instrument=Instrument.PERKADA)) == ["version.instrument"]
    assert codes(plan(K.APBD, YEAR[:2], instrument=Instrument.NONE)) == ["version.instrument"]
    assert codes(plan(K.APBD, YEAR[:2], date=date(2027, 1, 5))) == ["version.instrument_future"]


def test_every_reason_about_a_sheet_at_once() -> None:
    bad = replace(SHEET, state=RevisionState.DRAFT, head_revision_id=9, verified_by=5)
    found = plan(K.RAPBD, [K.RKA], candidates=[bad], missing=[4], maker=5)
    assert codes(found) == [
        "version.not_verified",
        "version.stale",
        "version.same_person",
        "version.no_revision",
    ]
    assert {reason.at for reason in rules.refusals(found)} == {"10", "4"}


def test_a_version_without_any_change_stands_only_where_it_means_something() -> None:
    assert codes(plan(K.RKA, [], candidates=[])) == ["version.nothing"]
    assert codes(plan(K.RAPBD, [K.RKA], candidates=[])) == []
    assert codes(plan(K.RAPBD, YEAR[:2], candidates=[])) == ["version.nothing"]
    assert codes(plan(K.APBD, YEAR[:2], candidates=[])) == []
    assert codes(plan(K.SHIFT, YEAR, candidates=[])) == ["version.nothing"]


def test_rka_waits_for_every_sheet() -> None:
    assert codes(plan(K.RKA, [], pending=2)) == ["version.pending"]
    assert codes(plan(K.RAPBD, [K.RKA], pending=2)) == []


def test_silpa_is_zero_to_the_sen_from_rapbd_on() -> None:
    over = replace(EVEN, revenue=Decimal("100.01"))
    under = replace(EVEN, revenue=Decimal("99.99"))
    assert codes(plan(K.RKA, [], after=over)) == []
    assert codes(plan(K.INTERIM, [], after=over)) == []
    for kind, history in ((K.RAPBD, [K.RKA]), (K.APBD, YEAR[:2]), (K.SHIFT, YEAR)):
        assert codes(plan(kind, history, after=over)) == ["version.unbalanced"]
    assert codes(plan(K.EFFICIENCY, YEAR, after=over)) == []  # what is saved waits
    assert codes(plan(K.EFFICIENCY, YEAR, after=under)) == ["version.unbalanced"]


def test_earmarked_money_is_spent_on_what_it_came_for() -> None:
    dak = FundBalance("1.2.02", "DAK", True, Decimal("300.00"), Decimal("299.99"))
    free = replace(dak, is_earmarked=False)
    (reason,) = rules.refusals(plan(K.RAPBD, [K.RKA], earmarked=[dak, free]))
    assert (reason.code, reason.at) == ("version.earmarked", "1.2.02")
    assert reason.values["spending"] == Decimal("299.99")
    assert codes(plan(K.EFFICIENCY, YEAR, earmarked=[dak])) == []
    assert codes(plan(K.RKA, [], earmarked=[dak])) == []


def test_a_structure_says_surplus_financing_and_what_is_left() -> None:
    open_by = Totals(Decimal("1013"), Decimal("1010"), Decimal("0.2"), Decimal("3.6"))
    assert (open_by.surplus, open_by.financing, open_by.left) == (
        Decimal(3),
        Decimal("-3.4"),
        Decimal("-0.4"),
    )
    assert [one.code for one in rules.unbalanced(open_by, [])] == ["version.unbalanced"]
    assert rules.unbalanced(Totals(Decimal(10), Decimal(8), Decimal(0), Decimal(2)), []) == []


def test_a_locked_sheet_is_held_from_rapbd_on() -> None:
    lock = Reason("lock.sheet", "Terkunci", at="10")
    assert codes(plan(K.RKA, [], locked=[lock])) == []
    assert codes(plan(K.RAPBD, [K.RKA], locked=[lock])) == ["lock.sheet"]
