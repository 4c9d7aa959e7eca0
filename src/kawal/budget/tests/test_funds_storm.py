"""64 sessions at once on one line and on many: never below zero, nothing lost."""

import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction

from kawal.budget import actions, queries
from kawal.budget.facts import BALANCES, FundsFacts, Moved, Paper
from kawal.budget.tests.conftest import AT, make_lines
from kawal.kernel.refusals import Refused
from kawal.regions.facts import Actor

BUDI = Actor(None, None, (), AT)
SPP = Paper("spp", "1")
SESSIONS = 64
pytestmark = pytest.mark.django_db(transaction=True)


def at_once(act: Callable[[int], list[Any]]) -> list[Any]:
    """Run ``act`` in 64 threads, each with its own connection; return all they gave."""
    gave: list[list[Any]] = [[] for _ in range(SESSIONS)]
    broke: list[BaseException] = []
    ready = threading.Barrier(SESSIONS)

    def session(number: int) -> None:
        try:
            connection.ensure_connection()
            ready.wait()
            gave[number] = act(number)
        except BaseException as error:
            broke.append(error)
            ready.abort()
        finally:
            connection.close()

    threads = [threading.Thread(target=session, args=(number,)) for number in range(SESSIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broke == []
    return [one for some in gave for one in some]


def funded(world: Any, number: int, amount: int) -> list[int]:
    lines = make_lines(world.government.agencies["Disdik"], number)
    amounts = {line: Decimal(amount) for line in lines}
    actions.set_ceiling(amounts, SPP, BUDI, key="dpa")
    actions.release(amounts, SPP, BUDI, key="spd")
    return lines


def test_of_a_budget_for_100_payments_exactly_100_are_paid(world: Any) -> None:
    (line,) = funded(world, 1, 1000)

    def pay(number: int) -> list[str]:
        said = []
        for turn in range(3):
            key = f"{number}.{turn}"
            try:
                with transaction.atomic():
                    actions.reserve({line: Decimal(10)}, SPP, BUDI, key=f"r{key}")
                    actions.record_payment({line: Decimal(10)}, SPP, BUDI, key=f"p{key}")
                said.append("paid")
            except Refused:
                said.append("refused")
        return said

    assert Counter(at_once(pay)) == {"paid": 100, "refused": 92}
    left = queries.funds_left([line])[line]
    assert (left.paid, left.reserved) == (Decimal(1000), Decimal(0))
    assert list(queries.differences()) == []


def test_on_many_lines_whatever_they_do_nothing_is_lost(world: Any) -> None:
    lines = funded(world, 6, 500)
    done = at_once(lambda number: list(wander(number, lines)))
    left = queries.funds_left(lines)
    for line in lines:
        expected = FundsFacts(line, Decimal(500), Decimal(500))
        for moved in done:
            if line in moved.deltas:
                expected = expected.after(moved.deltas[line])
        assert left[line] == expected
        assert all(getattr(left[line], name) >= 0 for name in BALANCES)
        assert min(left[line].uncommitted, left[line].payable, left[line].unreleased) >= 0
    assert sum(left[line].ceiling for line in lines) == 3000
    assert list(queries.differences()) == []
    assert len(done) > SESSIONS


MOVES: list[Callable[..., Moved]] = [
    actions.reserve,
    actions.reserve,
    actions.commit,
    actions.record_payment,
    actions.return_payment,
    actions.release_reservation,
    actions.reduce_commitment,
]


def wander(number: int, lines: list[int]) -> Iterator[Moved]:
    """Do what a random officer does; yield what was not refused."""
    chance = random.Random(number)
    for turn in range(6):
        one, other = chance.sample(lines, 2)
        key, amount = f"{number}.{turn}", Decimal(chance.randint(1, 9000)) / 100
        try:
            if chance.random() < 0.2:
                yield actions.move_ceiling({one: -amount, other: amount}, SPP, BUDI, key=key)
            else:
                amounts = {one: amount, other: amount + 1}
                yield chance.choice(MOVES)(amounts, SPP, BUDI, key=key)
        except Refused:
            continue


def test_of_64_with_the_same_key_one_is_booked(world: Any) -> None:
    (line,) = funded(world, 1, 1000)
    done = at_once(lambda _: [actions.reserve({line: Decimal(10)}, SPP, BUDI, key="same")])
    assert Counter(moved.repeated for moved in done) == {True: 63, False: 1}
    assert queries.funds_left([line])[line].reserved == 10


NO_LOCK = """CREATE OR REPLACE FUNCTION budget_lock_lines(lines bigint[]) RETURNS void
LANGUAGE sql AS ''"""


@pytest.mark.parametrize("guarded", [True, False])
def test_what_lock_funds_tells_stays_true_and_without_the_lock_it_does_not(
    world: Any, guarded: bool
) -> None:
    (line,) = funded(world, 1, 1000)
    if not guarded:
        from tests.administrator import administrator

        with administrator() as admin:
            admin.execute(NO_LOCK)
    with transaction.atomic():
        told = actions.lock_funds([line])
        other = threading.Thread(target=_reserve, args=(line,))
        other.start()
        other.join(0.5 if guarded else 10)
        assert other.is_alive() is guarded
        assert (queries.funds_left([line]) == told) is guarded
    other.join()
    assert queries.funds_left([line])[line].reserved == 10


def _reserve(line: int) -> None:
    actions.reserve({line: Decimal(10)}, SPP, BUDI, key="other")
    connection.close()


def test_lock_funds_outside_a_transaction_or_on_an_old_snapshot_is_refused(world: Any) -> None:
    (line,) = funded(world, 1, 1000)
    with pytest.raises(transaction.TransactionManagementError):
        actions.lock_funds([line])
    with pytest.raises(Exception, match="READ COMMITTED only"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        actions.lock_funds([line])
