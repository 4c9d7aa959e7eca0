"""Many treasurers at once: no purse below zero, nothing twice, nothing after a month's close."""

import threading
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from kawal.kernel.refusals import Refused
from kawal.regions.facts import Actor
from kawal.treasury.actions import cash_books as actions
from kawal.treasury.actions import npd as npd_actions
from kawal.treasury.facts.cash_books import CashMove, CashPaper, Pocket, Purse, Stock
from kawal.treasury.facts.npd import NpdState
from kawal.treasury.queries import cash_books as queries
from kawal.treasury.queries import npd as npd_queries
from kawal.treasury.tests.cash_people import AT
from kawal.treasury.tests.test_npd import Desk, make_desk

NOBODY = Actor(None, None, (), AT)
SESSIONS = 16
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(world: Any) -> Desk:
    """Return the small desk with 1,500,000 in the bank, committed."""
    return make_desk(world)


def at_once(act: Callable[[int], Any]) -> list[Any]:
    """Run ``act`` in all sessions, each with a connection of its own; return what they gave.

    A refusal is given as its first reason's code.
    """
    gave: list[Any] = [None] * SESSIONS
    broke: list[BaseException] = []
    ready = threading.Barrier(SESSIONS)

    def session(number: int) -> None:
        try:
            connection.ensure_connection()
            ready.wait()
            gave[number] = act(number)
        except Refused as refused:
            gave[number] = refused.reasons[0].code
        except BaseException as error:
            broke.append(error)
            ready.abort()
        finally:
            connection.close()

    threads = [threading.Thread(target=session, args=(n,)) for n in range(SESSIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broke == []
    return gave


def give_back(desk: Desk, amount: int, key: str, on: date = date(2027, 2, 1)) -> str:
    """Deposit unused UP; say whether it was booked before."""
    moved = actions.move(
        CashMove.RETURN,
        {Pocket(2027, desk.unit, Stock.UP, Purse.BANK): Decimal(-amount)},
        on=on,
        paper=CashPaper("sts", key),
        text="STS",
        key=f"sts:{key}",
        actor=NOBODY,
    )
    return "repeated" if moved.repeated else "moved"


def bank(desk: Desk) -> str:
    """Return the balance of the bank purse."""
    return str(queries.balances(2027, desk.unit)[Pocket(2027, desk.unit, Stock.UP, Purse.BANK)])


def test_no_more_is_paid_than_is_there(desk: Desk) -> None:
    gave = at_once(lambda number: give_back(desk, 400000, str(number)))
    assert sorted(gave) == ["cash.below_zero"] * (SESSIONS - 3) + ["moved"] * 3
    assert bank(desk) == "300000.00"


def test_a_double_click_pays_once(desk: Desk) -> None:
    gave = at_once(lambda _number: give_back(desk, 400000, "same"))
    assert sorted(gave) == ["moved"] + ["repeated"] * (SESSIONS - 1)
    assert bank(desk) == "1100000.00"


def test_first_use_of_a_purse_by_all_opens_it_once(desk: Desk) -> None:
    def shift(number: int) -> str:
        actions.shift_cash(
            2027,
            desk.unit,
            Stock.UP,
            Decimal(1000),
            to=Purse.TUNAI,
            on=date(2027, 2, 1),
            key=f"s:{number}",
            actor=desk.who("dewi"),
        )
        return "moved"

    assert at_once(shift) == ["moved"] * SESSIONS
    held = {p.purse: str(b) for p, b in queries.balances(2027, desk.unit).items()}
    assert held == {Purse.BANK: "1484000.00", Purse.TUNAI: "16000.00"}


def test_what_is_not_in_the_month_when_it_closes_never_is(desk: Desk) -> None:
    def act(number: int) -> str:
        if number == 0:
            return str(actions.close_cash_month(2027, desk.unit, 1, actor=desk.who("dewi")))
        return give_back(desk, 1000, str(number), on=date(2027, 1, 20))

    gave = at_once(act)
    closed, others = Decimal(gave[0]), gave[1:]
    assert set(others) <= {"moved", "cash.month_closed"}
    assert closed == 1500000 - 1000 * others.count("moved")
    assert bank(desk) == str(closed)


def test_two_npd_do_not_count_on_the_same_cash(desk: Desk) -> None:
    made = [desk.npd("800000", upto="siti"), desk.npd("0", "800000", upto="siti")]

    def act(number: int) -> str:
        return str(npd_actions.validate_npd(made[number % 2], actor=desk.who("dewi")).state)

    gave = at_once(act)
    assert gave.count("validated") == 1
    assert set(gave) == {"validated", "npd.state", "npd.short_of_cash"}
    states = sorted(npd_queries.npd(one).state for one in made)
    assert states == [NpdState.APPROVED, NpdState.VALIDATED]


def test_who_dies_in_the_middle_leaves_nothing(desk: Desk) -> None:
    server: list[int] = []
    booked, killed = threading.Event(), threading.Event()
    ended: list[type] = []

    def die() -> None:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                server.append(cursor.fetchone()[0])
                give_back(desk, 400000, "lost")
                booked.set()
                killed.wait(10)
                cursor.execute("SELECT 1")
        except OperationalError as error:
            ended.append(type(error))
        finally:
            connection.close()

    thread = threading.Thread(target=die)
    thread.start()
    assert booked.wait(10)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", server)
    killed.set()
    thread.join()
    assert ended == [OperationalError]
    assert bank(desk) == "1500000.00"
    assert give_back(desk, 400000, "lost") == "moved"
    assert bank(desk) == "1100000.00"
