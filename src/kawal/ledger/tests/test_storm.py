"""Many sessions at once: a closing month, the same key, the same reversal; each booked once."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction

from kawal.ledger import actions
from kawal.ledger.actions.chart import chart
from kawal.ledger.facts import Event, Part, Posting
from kawal.ledger.models import Journal, JournalLine, Period
from kawal.ledger.tests.conftest import AT, Shelf
from kawal.ledger.tests.test_posting import BUDI, MORE, posting
from kawal.regions.facts import Actor
from tests.at_once import at_once, told

SESSIONS = 16
LATER = date(2028, 1, 5)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def books(shelf: Shelf) -> Shelf:
    """Return the shelf with the accounts of an SP2D, committed, January and February closed."""
    from kawal.nomenclature.models import Account

    chart.cache_clear()
    for name, code in MORE.items():
        one = Account.objects.create(decree_id=shelf.decree, code=code, name=name, level=6)
        shelf.accounts[name] = one.pk
    Period.objects.filter(pk__in=[202701, 202702]).update(closed_at=AT)
    chart(2027)
    return shelf


def cash(books: Shelf, key: str, amount: str = "5", **said: Any) -> Posting:
    """Return an SP2D-UP: two journals of two lines."""
    return posting(books, Event.SP2D_UP, ("cash", amount, Part.MAIN), key=key, **said)


def keys() -> Counter[str]:
    """Return how many journals there are of each key."""
    return Counter(Journal.objects.values_list("key", flat=True))


def close(actor: Actor) -> None:
    actions.close_month(2027, 3, today=LATER, actor=actor)


class Held:
    """A session that does something and keeps its transaction open until it is let go."""

    def __init__(self, act: Callable[[], Any], *, keep: bool = True) -> None:
        self.done, self.go, self.keep = threading.Event(), threading.Event(), keep
        self.thread = threading.Thread(target=self._run, args=(act,))
        self.thread.start()
        assert self.done.wait(10)

    def _run(self, act: Callable[[], Any]) -> None:
        with transaction.atomic():
            act()
            self.done.set()
            self.go.wait(20)
            transaction.set_rollback(not self.keep)
        connection.close()

    def end(self) -> None:
        """Let it commit, or roll back when it is not to be kept."""
        self.go.set()
        self.thread.join()


class Waiting:
    """A session that is to be held up by another one."""

    def __init__(self, act: Callable[[], Any]) -> None:
        self.gave: Any = None
        self.thread = threading.Thread(target=self._run, args=(act,))
        self.thread.start()
        self.thread.join(0.7)
        assert self.thread.is_alive(), f"nothing held it up: {self.gave}"

    def _run(self, act: Callable[[], Any]) -> None:
        self.gave = told(act)
        connection.close()

    def end(self) -> Any:
        """Return what came of it."""
        self.thread.join(20)
        assert not self.thread.is_alive()
        return self.gave


def test_a_close_waits_for_what_is_being_booked(books: Shelf, world: Any) -> None:
    ppkd = world.actor("ppkd")
    booking = Held(lambda: actions.post(cash(books, "a"), actor=BUDI))
    closing = Waiting(lambda: close(ppkd))
    booking.end()
    assert closing.end() is None
    assert keys() == {"a": 2}
    assert told(lambda: actions.post(cash(books, "b"), actor=BUDI)) == "ledger.closed"


@pytest.mark.parametrize("keep", [True, False])
def test_a_booking_waits_for_a_close_and_asks_again(books: Shelf, world: Any, keep: bool) -> None:
    ppkd = world.actor("ppkd")
    closing = Held(lambda: close(ppkd), keep=keep)
    booking = Waiting(lambda: actions.post(cash(books, "a"), actor=BUDI))
    april: Any = {"on": date(2027, 4, 1)}
    assert len(actions.post(cash(books, "april", **april), actor=BUDI)) == 2  # waits for nobody
    closing.end()
    gave = booking.end()
    assert (gave == "ledger.closed") is keep
    assert keys() == ({"april": 2} if keep else {"a": 2, "april": 2})


def test_a_reversal_waits_for_a_close_too(books: Shelf, world: Any) -> None:
    ppkd = world.actor("ppkd")
    actions.post(cash(books, "a"), actor=BUDI)
    closing = Held(lambda: close(ppkd))
    said: Any = {"on": date(2027, 3, 20), "reason": "Batal", "actor": BUDI}
    undoing = Waiting(lambda: actions.reverse("a", key_of_reversal="a:x", **said))
    closing.end()
    assert undoing.end() == "ledger.closed"
    assert keys() == {"a": 2}


def test_in_a_storm_around_the_close_each_booking_is_in_or_refused(
    books: Shelf, world: Any
) -> None:
    ppkd = world.actor("ppkd")

    def session(number: int) -> list[tuple[str, Any]]:
        if number == 7:
            time.sleep(0.2)
            close(ppkd)
            return []
        gave: list[tuple[str, Any]] = []
        until = time.monotonic() + 20  # the close comes in spite of those who book on and on
        while time.monotonic() < until and not (gave and gave[-1][1] == "ledger.closed"):
            one = cash(books, f"{number}.{len(gave)}")
            gave.append((one.key, told(lambda one=one: actions.post(one, actor=BUDI))))  # type: ignore[misc]
        return gave

    said = [one for some in at_once(SESSIONS, session) for one in some]
    assert [gave for _key, gave in said if isinstance(gave, str)] == ["ledger.closed"] * 15
    posted = {key for key, gave in said if not isinstance(gave, str)}
    assert keys() == dict.fromkeys(posted, 2)
    assert JournalLine.objects.count() == 4 * len(posted)


def test_of_the_same_posting_at_once_one_is_booked_and_all_get_it(books: Shelf) -> None:
    one = posting(books, Event.SP2D_LS, ("spending", "9", Part.MAIN))
    gave = at_once(SESSIONS, lambda _: actions.post(one, actor=BUDI))
    assert len(gave[0]) == 3
    assert set(gave) == {gave[0]}
    assert keys() == {"sp2d:7": 3}
    assert JournalLine.objects.count() == 6


def test_of_two_contents_for_one_key_one_is_booked_and_one_refused(books: Shelf) -> None:
    kinds = (Event.SP2D_UP, Event.SPJ_APPROVED, Event.SP2D_LS, Event.UP_PAYMENT)
    for turn in range(6):

        def session(number: int, turn: int = turn) -> Any:
            event = kinds[(number + turn) % len(kinds)]
            one = posting(books, event, ("spending", "9", Part.MAIN), key=f"k{turn}")
            return actions.post(one, actor=BUDI)

        gave = at_once(8, session)
        assert Counter(one for one in gave if isinstance(one, str)) == {"ledger.key_used": 6}
        events = Journal.objects.filter(key=f"k{turn}").values_list("event", flat=True)
        assert len(set(events)) == 1


def test_many_at_once_in_other_orders_book_each_key_once(books: Shelf) -> None:
    names = [f"k{number}" for number in range(30)]

    def session(number: int) -> dict[str, tuple[int, ...]]:
        order = names[number:] + names[:number] if number % 2 else names[::-1]
        return actions.post_many([cash(books, key) for key in order], actor=BUDI)

    gave = at_once(8, session)
    assert all(one == gave[0] for one in gave)
    assert keys() == dict.fromkeys(names, 2)


@pytest.mark.parametrize("same", [True, False])
def test_of_many_reversals_at_once_one_is_booked(books: Shelf, same: bool) -> None:
    actions.post(cash(books, "a"), actor=BUDI)
    said: Any = {"on": date(2027, 3, 20), "reason": "Batal", "actor": BUDI}

    def session(number: int) -> Any:
        return actions.reverse("a", key_of_reversal="x" if same else f"x{number}", **said)

    gave = at_once(SESSIONS, session)
    done = Counter(gave)
    if same:
        assert len(done) == 1
    else:
        assert done.pop("ledger.reversed") == SESSIONS - 1
        assert list(done.values()) == [1]
    assert sorted(keys().values()) == [2, 2]
