"""A treasurer's purses: exact balances, every reason, and what the database alone refuses."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import Error, connection, transaction

from kawal.kernel.refusals import Refused
from kawal.regions.facts import Actor
from kawal.treasury.actions import cash_books as actions
from kawal.treasury.facts.cash_books import CashMove, CashPaper, Pocket, Purse, Stock
from kawal.treasury.queries import cash_books as queries
from kawal.treasury.tests.cash_people import decreed_up, treasurer_of

AT = datetime(2027, 3, 1, 2, 0, tzinfo=UTC)
SP2D = CashPaper("sp2d", "7")


@pytest.fixture
def unit(world: Any) -> int:
    """Return Disdik, in whose budget year 2027 cash is kept."""
    from kawal.budget.models import FiscalYear
    from kawal.nomenclature.models import Decree

    decree = Decree.objects.create(code="uji", title="Uji", valid_from=date(2020, 1, 1))
    FiscalYear.objects.create(
        year=2027, accounts=decree, activities=decree, funds=decree, opened_at=AT
    )
    found: int = world.government.agencies["Disdik"]
    decreed_up(world, found, "210000000")
    return found


@pytest.fixture
def treasurer(world: Any, unit: int) -> Actor:
    """Return Dewi as the treasurer of Disdik, on 1 March 2027."""
    return treasurer_of(world, unit)


def pocket(unit: int, purse: Purse, stock: Stock = Stock.UP) -> Pocket:
    """Return one of the unit's purses of 2027."""
    return Pocket(2027, unit, stock, purse)


def up(unit: int, actor: Actor, amount: str = "210000000", **changed: Any) -> Any:
    """Let the UP arrive on 11 January."""
    values: dict[str, Any] = {
        "year": 2027,
        "unit_id": unit,
        "amount": Decimal(amount),
        "on": date(2027, 1, 11),
        "paper": SP2D,
        "text": "UP",
        "key": "sp2d:7",
        "actor": actor,
    }
    return actions.take_in(CashMove.UP, **{**values, **changed})


def held(unit: int) -> dict[str, str]:
    """Return the balances as text by purse."""
    return {p.purse.value: str(b) for p, b in queries.balances(2027, unit).items()}


def codes(caught: Any) -> list[tuple[str, str]]:
    """Return where and why each reason of a refusal is."""
    return [(reason.at, reason.code) for reason in caught.value.reasons]


def refused(sql: str, *values: Any) -> str:
    """Run it and commit; return the database's refusal."""
    with pytest.raises(Error) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
    return str(caught.value)


def test_up_comes_once_a_year_and_a_call_repeated_books_nothing(
    unit: int, treasurer: Actor
) -> None:
    assert not up(unit, treasurer).repeated
    assert up(unit, treasurer).repeated
    assert held(unit) == {"bank": "210000000.00"}
    with pytest.raises(Refused) as caught:
        up(unit, treasurer, "1")
    assert codes(caught) == [("", "cash.key_used")]
    with pytest.raises(Refused) as caught:
        up(unit, treasurer, key="sp2d:8", paper=CashPaper("sp2d", "8"))
    assert codes(caught) == [("", "cash.up_once")]
    assert held(unit) == {"bank": "210000000.00"}


def test_up_comes_within_its_decree_without_the_cards_part(
    world: Any, unit: int, treasurer: Actor
) -> None:
    decreed_up(world, unit, "200000000", kkpd="80000000")
    with pytest.raises(Refused) as caught:
        up(unit, treasurer, "120000000.01")
    assert codes(caught) == [("", "cash.up_limit")]
    up(unit, treasurer, "120000000")
    assert held(unit) == {"bank": "120000000.00"}


def test_cash_is_shifted_and_never_below_zero(unit: int, treasurer: Actor) -> None:
    up(unit, treasurer)
    day = date(2027, 1, 12)
    args = (2027, unit, Stock.UP)
    actions.shift_cash(
        *args, Decimal("5000000.25"), to=Purse.TUNAI, on=day, key="s:1", actor=treasurer
    )
    assert held(unit) == {"bank": "204999999.75", "tunai": "5000000.25"}
    with pytest.raises(Refused) as caught:
        actions.shift_cash(
            *args, Decimal("5000000.26"), to=Purse.BANK, on=day, key="s:2", actor=treasurer
        )
    assert codes(caught) == [("tunai", "cash.below_zero")]
    assert caught.value.reasons[0].values["short"] == Decimal("0.01")
    assert held(unit) == {"bank": "204999999.75", "tunai": "5000000.25"}


def test_a_payment_with_tax_a_panjar_and_a_remittance_to_the_sen(
    unit: int, treasurer: Actor
) -> None:
    up(unit, treasurer)
    bank, tax, panjar = (pocket(unit, p) for p in (Purse.BANK, Purse.PAJAK, Purse.PANJAR))
    rest: dict[str, Any] = {"on": date(2027, 2, 1), "text": "ATK", "actor": treasurer}
    paid = {bank: Decimal(-4925000), tax: Decimal(625000)}
    actions.move(CashMove.PAYMENT, paid, paper=CashPaper("tbp", "1"), key="tbp:1", **rest)
    lent = {bank: Decimal(-2000000), panjar: Decimal(2000000)}
    actions.move(CashMove.PANJAR, lent, paper=CashPaper("npd", "2"), key="npd:2", **rest)
    remitted = {bank: Decimal(-625000), tax: Decimal(-625000)}
    actions.move(CashMove.REMIT, remitted, paper=CashPaper("ntpn", "1"), key="ntpn:1", **rest)
    assert held(unit) == {"bank": "202450000.00", "pajak": "0.00", "panjar": "2000000.00"}
    with pytest.raises(Refused) as caught:
        actions.move(CashMove.REMIT, remitted, paper=CashPaper("ntpn", "2"), key="ntpn:2", **rest)
    assert codes(caught) == [("pajak", "cash.below_zero")]


def test_the_bku_runs_day_by_day_whatever_was_written_first(unit: int, treasurer: Actor) -> None:
    up(unit, treasurer)
    bank = pocket(unit, Purse.BANK)
    for day, amount, key in ((5, "10", "b"), (2, "7", "a")):
        actions.move(
            CashMove.RETURN,
            {bank: -Decimal(amount)},
            on=date(2027, 2, day),
            paper=CashPaper("sts", key),
            text="STS",
            key=f"sts:{key}",
            actor=treasurer,
        )
    rows = queries.book(2027, unit, until=date(2027, 2, 28))
    assert [(str(row.on), str(row.balance)) for row in rows] == [
        ("2027-01-11", "210000000.00"),
        ("2027-02-02", "209999993.00"),
        ("2027-02-05", "209999983.00"),
    ]
    assert queries.balances_on(2027, unit, date(2027, 2, 4)) == {bank: Decimal("209999993.00")}


def test_no_day_in_the_past_falls_below_zero(unit: int, treasurer: Actor) -> None:
    up(unit, treasurer, "100")
    bank = pocket(unit, Purse.BANK)
    with pytest.raises(Refused) as caught:
        actions.move(
            CashMove.RETURN,
            {bank: Decimal(-50)},
            on=date(2027, 1, 10),
            paper=CashPaper("sts", "1"),
            text="STS",
            key="sts:1",
            actor=treasurer,
        )
    assert codes(caught) == [("", "cash.balance_of_a_day")]
    assert held(unit) == {"bank": "100.00"}


def test_a_closed_month_takes_nothing_more(unit: int, treasurer: Actor) -> None:
    up(unit, treasurer)
    with pytest.raises(Refused) as caught:
        actions.close_cash_month(2027, unit, 3, actor=treasurer)
    assert codes(caught) == [("", "cash.closing_order"), ("month", "cash.month_not_over")]
    assert actions.close_cash_month(2027, unit, 1, actor=treasurer) == Decimal("210000000.00")
    with pytest.raises(Refused) as caught:
        actions.shift_cash(
            2027,
            unit,
            Stock.UP,
            Decimal(1),
            to=Purse.TUNAI,
            on=date(2027, 1, 31),
            key="s:1",
            actor=treasurer,
        )
    assert codes(caught) == [("", "cash.month_closed")]
    assert queries.last_closed(2027, unit) == 1


def test_up_is_handed_over_within_the_skpd_only(world: Any, unit: int, treasurer: Actor) -> None:
    up(unit, treasurer)
    give: dict[str, Any] = {"on": date(2027, 1, 12), "text": "Pelimpahan", "actor": treasurer}
    other = world.government.agencies["Dishub"]
    with pytest.raises(Refused) as caught:
        actions.hand_over_up(2027, unit, other, Decimal(10), key="h:1", **give)
    assert codes(caught) == [("taker", "cash.other_skpd")]
    with pytest.raises(Refused):
        actions.hand_over_up(2027, other, unit, Decimal(10), key="h:2", **give)
    assert held(other) == {}


def test_joko_moves_nothing_of_disdik(world: Any, unit: int, treasurer: Actor) -> None:
    up(unit, treasurer)
    with pytest.raises(Refused):
        actions.close_cash_month(2027, unit, 1, actor=world.actor("joko", AT))
    assert queries.last_closed(2027, unit) == 0


INSERT = """INSERT INTO treasury_cashentry (account_id, key, place, kind, debit, credit, "on",
    document_kind, document_id, text, at)
    SELECT account_id, 'raw', 0, %s, %s, %s, %s, 'raw', '1', 'raw', now() FROM treasury_cashbalance
"""


@pytest.mark.parametrize(
    ("values", "says"),
    [
        (("return", "0", "210000000.01", "2027-02-01"), "treasury_cash_balance"),
        (("return", "0", "1", "2027-01-10"), "below zero on a day"),
        (("return", "1", "0", "2027-02-01"), "leaves their sum"),
        (("shift", "1", "0", "2027-02-01"), "leaves their sum"),
        (("gu", "0", "1", "2027-02-01"), "leaves their sum"),
        (("up", "1", "0", "2027-02-01"), "treasury_cash_up_once"),
        (("payment", "1", "1", "2027-02-01"), "treasury_cash_entry_side"),
        (("payment", "NaN", "0", "2027-02-01"), "treasury_cash_entry_side"),
        (("gift", "1", "0", "2027-02-01"), "treasury_cash_entry_says_why"),
        (("gu", "1", "0", "2028-02-01"), "its book's year"),
    ],
)
def test_the_database_alone_refuses_a_wrong_entry(
    unit: int, treasurer: Actor, values: tuple[str, ...], says: str
) -> None:
    up(unit, treasurer)
    assert says in refused(INSERT, *values)
    assert held(unit) == {"bank": "210000000.00"}


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("UPDATE treasury_cashbalance SET balance = 1", "permission denied"),
        ("UPDATE treasury_cashentry SET debit = 1", "permission denied"),
        ("DELETE FROM treasury_cashentry", "permission denied"),
        ("TRUNCATE treasury_cashentry CASCADE", "permission denied"),
        ("DELETE FROM treasury_cashclosing", "permission denied"),
        ("UPDATE treasury_cashaccount SET purse = 'tunai'", "permission denied"),
        (
            "INSERT INTO treasury_cashclosing (year_id, unit_id, month, cash, by_id, at)"
            " SELECT a.year_id, a.unit_id, 1, 1, p.id, now()"
            " FROM treasury_cashaccount a, identity_person p LIMIT 1",
            "closes with what its book says",
        ),
        (
            "INSERT INTO treasury_cashclosing (year_id, unit_id, month, cash, by_id, at)"
            " SELECT a.year_id, a.unit_id, 2, 210000000, p.id, now()"
            " FROM treasury_cashaccount a, identity_person p LIMIT 1",
            "months close in order",
        ),
    ],
)
def test_the_database_alone_keeps_the_books(
    unit: int, treasurer: Actor, sql: str, says: str
) -> None:
    up(unit, treasurer)
    assert says in refused(sql)
    assert held(unit) == {"bank": "210000000.00"}
