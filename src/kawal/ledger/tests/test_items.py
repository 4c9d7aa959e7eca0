"""Items that the books do not take: each is named with its place, and nothing is booked."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from kawal.kernel.refusals import Refused
from kawal.ledger import actions
from kawal.ledger.facts import Event, Item, Part, Side
from kawal.ledger.rules.items import faults, is_money
from kawal.ledger.rules.posting import TABLE, Coded
from kawal.ledger.tests.conftest import Shelf
from kawal.ledger.tests.test_posting import BUDI, books, posting

__all__ = ["books"]
GOODS, PPH, FINE = "5.1.02.01.01.0024", "2.1.01.05.02.0001", "4.1.04.11.01.0001"
ONE = Coded(0, GOODS, Decimal(1))


def told(event: Event, *items: Coded) -> list[tuple[str, str]]:
    """Return the code and the place of every reason."""
    return [(reason.code, reason.at) for reason in faults(event, items)]


@pytest.mark.parametrize(
    ("event", "parts"),
    [
        (Event.CONTRA, (Part.ACCEPTED, Part.DEDUCTION, Part.PENALTY)),
        (Event.TAX_WITHHELD, (Part.MAIN, Part.ACCEPTED, Part.PENALTY)),
        (Event.TAX_REMITTED, (Part.ACCEPTED, Part.PENALTY)),
        (Event.SPJ_APPROVED, (Part.DEDUCTION, Part.PENALTY)),
        (Event.UP_PAYMENT, (Part.DEDUCTION, Part.PENALTY)),
        (Event.ACCEPTED, (Part.DEDUCTION, Part.PENALTY)),
        (Event.RECEIPT, (Part.DEDUCTION, Part.PENALTY)),
    ],
)
def test_a_part_that_no_row_writes_is_refused_beside_one_that_is(
    event: Event, parts: tuple[Part, ...]
) -> None:
    known = next(row.parts[0] for row in TABLE[event])
    account = {Part.DEDUCTION: PPH}.get(known, GOODS if event is not Event.RECEIPT else FINE)
    good = Coded(0, PPH if event is Event.TAX_REMITTED else account, Decimal(1), known)
    assert told(event, good) == []
    for part in parts:
        assert told(event, good, replace(good, place=1, part=part)) == [("ledger.part", "items.1")]


@pytest.mark.parametrize(
    ("amount", "fits"),
    [
        ("0.01", True),
        ("1E+3", True),
        ("5.100", True),
        ("999999999999999999.99", True),
        ("1000000000000000000", False),
        ("0.00", False),
        ("-0.01", False),
        ("0.005", False),
        ("1.001", False),
        ("NaN", False),
        ("sNaN", False),
        ("Infinity", False),
        ("1E+40", False),
        ("1E-40", False),
    ],
)
def test_an_amount_is_above_zero_in_whole_sen_and_fits(amount: str, fits: bool) -> None:
    assert is_money(Decimal(amount)) is fits
    said = [] if fits else [("ledger.amount", "items.0")]
    assert told(Event.SPJ_APPROVED, replace(ONE, amount=Decimal(amount))) == said


@pytest.mark.parametrize(
    ("event", "item", "code"),
    [
        (Event.SPJ_APPROVED, replace(ONE, code="5.1.02.01.01"), "level"),
        (Event.SP2D_UP, replace(ONE, code="1.1.01"), "level"),
        (Event.SPJ_APPROVED, replace(ONE, code=""), "unknown"),
        (Event.SPJ_APPROVED, replace(ONE, side=Side.DEBIT), "side"),
        (Event.UP_PAYMENT, replace(ONE, code=FINE), "other_account"),
        (Event.SP2D_LS, replace(ONE, code="6.2.02.02.01.0001"), "other_account"),
        (Event.SP2D_LS, replace(ONE, code=GOODS, part=Part.DEDUCTION), "other_account"),
        (Event.SP2D_LS, replace(ONE, code=PPH, part=Part.PENALTY), "other_account"),
        (Event.TAX_WITHHELD, replace(ONE, code="2.1.06.02.01.0001", part=Part.DEDUCTION),
         "other_account"),
        (Event.TAX_REMITTED, ONE, "other_account"),
        (Event.TRANSFER, ONE, "other_account"),
        (Event.PAST_RETURN, ONE, "other_account"),
        (Event.CONTRA, replace(ONE, code="4.1.04.15.01.0001"), "other_account"),
    ],
)  # fmt: skip
def test_an_item_that_the_event_does_not_take(event: Event, item: Coded, code: str) -> None:
    assert told(event, item) == [(f"ledger.{code}", "items.0")]


def test_every_fault_of_every_item_is_told() -> None:
    wrong = Coded(1, "5.1", Decimal(0), side=Side.CREDIT)
    assert told(Event.SPJ_APPROVED, ONE, wrong, replace(ONE, place=2, part=Part.PENALTY)) == [
        ("ledger.amount", "items.1"),
        ("ledger.side", "items.1"),
        ("ledger.level", "items.1"),
        ("ledger.part", "items.2"),
    ]
    assert told(Event.SPJ_APPROVED) == [("ledger.no_items", "items")]
    assert told(Event.SP2B, wrong) == [("ledger.no_rule", "event")]
    (reason,) = faults(Event.SPJ_APPROVED, [replace(wrong, side=None, amount=Decimal(1))])
    assert reason.values == {"place": 2, "code": "5.1"}


def test_the_action_refuses_the_whole_posting_and_books_nothing(books: Shelf) -> None:
    whole = posting(books, Event.SP2D_LS, ("spending", "1", Part.MAIN))
    account, group = books.accounts["spending"], books.accounts["group"]
    cases: list[tuple[Any, str]] = [
        ((), "ledger.no_items"),
        ((Item(account, Decimal("0.001")),), "ledger.amount"),
        ((Item(account, Decimal(1), side=Side.DEBIT),), "ledger.side"),
        ((Item(group, Decimal(1)),), "ledger.level"),
        ((Item(10**9, Decimal(1)),), "ledger.unknown"),
    ]
    for items, code in cases:
        with pytest.raises(Refused) as caught:
            actions.post_many([whole, replace(whole, key="x", items=items)], actor=BUDI)
        assert [reason.code for reason in caught.value.reasons] == [code]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_journal")
        assert cursor.fetchone() == (0,)
