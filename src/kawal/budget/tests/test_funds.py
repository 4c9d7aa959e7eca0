"""Each movement of funds to the sen, each refusal with all its reasons, and raw SQL refused."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import Error, connection, transaction

from kawal.budget import actions, queries
from kawal.budget.facts import Delta, FundsFacts, FundSums, Paper
from kawal.budget.models import FundEntry, Line
from kawal.budget.tests.conftest import AT
from kawal.kernel.refusals import Refused
from kawal.regions.facts import Actor

BUDI = Actor(None, None, (), AT)
DPA, SPD, KONTRAK, SPP = (Paper(kind, "1") for kind in ("dpa", "spd", "contract", "spp"))
Move = Callable[..., Any]


def _amount(text: str) -> Decimal:
    return Decimal(text)


def _left(line: int) -> tuple[str, ...]:
    f = queries.funds_left([line])[line]
    return tuple(str(v) for v in (f.ceiling, f.released, f.reserved, f.committed, f.paid))


def _codes(caught: Any) -> list[tuple[str, str]]:
    return [(reason.at, reason.code) for reason in caught.value.reasons]


@pytest.fixture
def funded(lines: list[int]) -> list[int]:
    """Give each line 1,000 of ceiling and 600 released."""
    actions.set_ceiling({line: Decimal(1000) for line in lines}, DPA, BUDI, key="dpa")
    actions.release({line: Decimal(600) for line in lines}, SPD, BUDI, key="spd")
    return lines


def test_a_line_without_movements_has_nothing(lines: list[int]) -> None:
    assert queries.funds_left(lines[:1]) == {lines[0]: FundsFacts(lines[0])}


def test_the_whole_way_of_a_contract_to_the_sen(funded: list[int]) -> None:
    line = funded[0]
    actions.commit({line: _amount("700.75")}, KONTRAK, BUDI, key="c")
    assert _left(line) == ("1000.00", "600.00", "0.00", "700.75", "0.00")
    actions.reserve({line: _amount("500.25")}, SPP, BUDI, key="r", from_commitment=True)
    assert _left(line) == ("1000.00", "600.00", "500.25", "200.50", "0.00")
    actions.record_payment({line: _amount("300.00")}, SPP, BUDI, key="p")
    assert _left(line) == ("1000.00", "600.00", "200.25", "200.50", "300.00")
    actions.release_reservation({line: _amount("200.25")}, SPP, BUDI, key="u", to_commitment=True)
    actions.return_payment({line: _amount("0.01")}, SPP, BUDI, key="b")
    moved = actions.reduce_commitment({line: _amount("400.75")}, KONTRAK, BUDI, key="x")
    assert _left(line) == ("1000.00", "600.00", "0.00", "0.00", "299.99")
    facts = moved.funds[line]
    assert (facts.uncommitted, facts.payable, facts.unreleased) == (
        _amount("700.01"),
        _amount("300.01"),
        _amount("400.00"),
    )
    assert list(queries.differences()) == []


def test_trillions_are_exact(lines: list[int]) -> None:
    actions.set_ceiling({lines[0]: _amount("999999999999999999.99")}, DPA, BUDI, key="a")
    assert _left(lines[0])[0] == "999999999999999999.99"


def test_a_payment_charges_many_lines_or_none(funded: list[int]) -> None:
    first, second, third = funded
    actions.reserve({first: Decimal(5), second: Decimal(6)}, SPP, BUDI, key="r")
    with pytest.raises(Refused) as caught:
        actions.record_payment({line: Decimal(6) for line in funded}, SPP, BUDI, key="p")
    assert _codes(caught) == [
        (str(first), "funds.reserved_below_zero"),
        (str(third), "funds.reserved_below_zero"),
    ]
    assert _left(second) == ("1000.00", "600.00", "6.00", "0.00", "0.00")
    actions.record_payment({first: Decimal(5), second: Decimal(6)}, SPP, BUDI, key="p")
    assert _left(second) == ("1000.00", "600.00", "0.00", "0.00", "6.00")


def test_a_shift_moves_ceiling_and_keeps_the_sum(funded: list[int]) -> None:
    first, second, _ = funded
    actions.move_ceiling({first: Decimal(-400), second: Decimal(400)}, DPA, BUDI, key="s")
    assert (_left(first)[0], _left(second)[0]) == ("600.00", "1400.00")
    with pytest.raises(Refused) as caught:
        actions.move_ceiling({first: _amount("-0.01"), second: _amount("0.01")}, DPA, BUDI, key="t")
    assert _codes(caught) == [(str(first), "funds.released_over_ceiling")]
    assert str(caught.value.reasons[0]) == "SPD melampaui pagu sebesar Rp0.01."
    with pytest.raises(Refused) as caught:
        actions.move_ceiling({first: Decimal(-1), second: Decimal(2)}, DPA, BUDI, key="u")
    assert _codes(caught) == [("", "funds.shift_unequal")]


@pytest.mark.parametrize(
    ("move", "amount", "options", "codes"),
    [
        (actions.reserve, "1000.01", {}, ["funds.over_released", "funds.over_ceiling"]),
        (actions.reserve, "600.01", {}, ["funds.over_released"]),
        (
            actions.reserve,
            "601",
            {"from_commitment": True},
            ["funds.committed_below_zero", "funds.over_released"],
        ),
        (actions.commit, "1000.01", {}, ["funds.over_ceiling"]),
        (actions.release, "400.01", {}, ["funds.released_over_ceiling"]),
        (
            actions.release,
            "600.01",
            {"withdraw": True},
            ["funds.released_below_zero", "funds.over_released"],
        ),
        (actions.reduce_commitment, "0.01", {}, ["funds.committed_below_zero"]),
        (actions.release_reservation, "1", {}, ["funds.reserved_below_zero"]),
        (actions.record_payment, "1", {}, ["funds.reserved_below_zero"]),
        (actions.return_payment, "1", {}, ["funds.paid_below_zero"]),
        (
            actions.set_ceiling,
            "-1000.01",
            {},
            ["funds.ceiling_below_zero", "funds.released_over_ceiling", "funds.over_ceiling"],
        ),
    ],
)
def test_a_refusal_has_every_reason_and_nothing_moves(
    funded: list[int], move: Move, amount: str, options: dict[str, bool], codes: list[str]
) -> None:
    before, entries = _left(funded[0]), FundEntry.objects.count()
    with pytest.raises(Refused) as caught:
        move({funded[0]: _amount(amount)}, SPP, BUDI, key="k", **options)
    assert _codes(caught) == [(str(funded[0]), code) for code in codes]
    assert (_left(funded[0]), FundEntry.objects.count()) == (before, entries)


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        ("0", "funds.not_positive"),
        ("-1", "funds.not_positive"),
        ("0.001", "funds.below_sen"),
        ("NaN", "funds.amount_too_large"),
        ("1e18", "funds.amount_too_large"),
    ],
)
def test_an_amount_that_makes_no_sense_is_refused(lines: list[int], amount: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        actions.reserve({lines[0]: _amount(amount)}, SPP, BUDI, key="k")
    assert _codes(caught) == [(str(lines[0]), code)]


def test_the_same_key_books_once_and_other_content_is_refused(funded: list[int]) -> None:
    first, second, _ = funded
    once = actions.reserve({first: Decimal(5)}, SPP, BUDI, key="k")
    again = actions.reserve({first: _amount("5.00")}, SPP, BUDI, key="k")
    assert (once.deltas, once.funds, False) == (again.deltas, again.funds, once.repeated)
    assert again.repeated
    others: list[tuple[Move, dict[int, Decimal], Paper]] = [
        (actions.reserve, {first: Decimal(6)}, SPP),
        (actions.reserve, {second: Decimal(5)}, SPP),
        (actions.reserve, {first: Decimal(5), second: Decimal(5)}, SPP),
        (actions.reserve, {first: Decimal(5)}, SPD),
        (actions.release, {first: Decimal(5)}, SPP),
    ]
    for move, amounts, paper in others:
        with pytest.raises(Refused) as caught:
            move(amounts, paper, BUDI, key="k")
        assert _codes(caught) == [("", "funds.key_used")]
    assert _left(first)[2] == "5.00"
    assert queries.movement("k") is not None
    assert queries.movement("none") is None
    assert once.deltas == {first: Delta(reserved=Decimal(5))}


def test_sums_of_sheets_and_units(funded: list[int]) -> None:
    sheet = Line.objects.get(pk=funded[0]).sheet
    actions.reserve({funded[0]: _amount("0.05")}, SPP, BUDI, key="k")
    sums = FundSums(Decimal(3000), Decimal(1800), _amount("0.05"), Decimal(0), Decimal(0))
    assert queries.sheet_funds([sheet.pk]) == {sheet.pk: sums}
    assert queries.unit_funds(2027) == {sheet.unit_id: sums}
    assert queries.unit_funds(2026) == {}
    assert queries.agency_funds(2027, AT.date()) == {sheet.unit_id: sums}


INSERT = (
    "INSERT INTO budget_fundentry (line_id, key, place, kind, ceiling, released, reserved,"
    " committed, paid, document_kind, document_id, reason, at) VALUES "
)
ROW = "((SELECT min(line_id) FROM budget_funds), '{}', {}, '{}', {}, 'x', '1', '', now())"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE budget_funds SET ceiling = ceiling + 1",
        "UPDATE budget_funds SET paid = 0",
        "DELETE FROM budget_funds",
        "TRUNCATE budget_funds",
        "INSERT INTO budget_funds SELECT max(id), 9, 9, 0, 0, 0 FROM budget_line",
        "UPDATE budget_fundentry SET ceiling = 9999",
        "DELETE FROM budget_fundentry",
        "TRUNCATE budget_fundentry",
        "ALTER TABLE budget_fundentry DISABLE TRIGGER ALL",
        "DROP TRIGGER budget_apply_entries ON budget_fundentry",
        "ALTER TABLE budget_funds DROP CONSTRAINT budget_funds_paid",
        "SET session_replication_role = replica",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        INSERT + ROW.format("a", 0, "reserve", "0, 0, 601, 0, 0"),
        INSERT + ROW.format("a", 0, "return", "0, 0, 0, 0, -1"),
        INSERT + ROW.format("a", 0, "pay", "0, 0, 0, 0, 1"),
        INSERT + ROW.format("a", 0, "pay", "0, 0, -1, 0, 1"),
        INSERT + ROW.format("a", 0, "shift", "1, 0, 0, 0, 0"),
        INSERT + ROW.format("a", 0, "ceiling", "0, 1, 0, 0, 0"),
        INSERT + ROW.format("a", 0, "gift", "1, 0, 0, 0, 0"),
        INSERT + ROW.format("dpa", 0, "ceiling", "1, 0, 0, 0, 0"),
        INSERT + ROW.format("a", 0, "commit", "0, 0, 0, 'NaN', 0"),
    ],
)
def test_raw_sql_of_the_serving_role_is_refused(funded: list[int], sql: str) -> None:
    before = queries.funds_left(funded)
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert queries.funds_left(funded) == before
    assert list(queries.differences()) == []


def test_raw_entries_that_are_allowed_reach_the_balances(funded: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(INSERT + ROW.format("a", 0, "reserve", "0, 0, 600, 0, 0"))
    assert _left(funded[0])[2] == "600.00"
    assert list(queries.differences()) == []


def test_thousands_of_lines_are_one_movement(world: Any) -> None:
    from kawal.budget.tests.conftest import make_lines

    many = make_lines(world.government.agencies["Disdik"], 3000)
    actions.set_ceiling({line: Decimal(line) for line in many}, DPA, BUDI, key="dpa")
    assert [facts.ceiling for facts in queries.funds_left(many).values()] == many


def test_lock_funds_tells_what_the_lines_have(lines: list[int]) -> None:
    assert actions.lock_funds(lines)[lines[0]] == FundsFacts(lines[0])
