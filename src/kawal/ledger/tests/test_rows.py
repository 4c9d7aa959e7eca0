"""Every row of the one table, side by side as the law has it; what all add up to."""

from collections import defaultdict
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kawal.ledger.actions.posting import LEADS
from kawal.ledger.facts import Entity, Event, JournalKind, Part, Side
from kawal.ledger.rules.items import faults
from kawal.ledger.rules.posting import RK_PPKD, RK_SKPD, TABLE, Coded, written

M, A, D, P = Part.MAIN, Part.ACCEPTED, Part.DEDUCTION, Part.PENALTY
TAX, FEE, GOODS, WORKS = (
    "4.1.01.06.01.0001",
    "4.1.02.01.01.0001",
    "5.1.02.01.01.0024",
    "5.2.04.01.01.0001",
)
GRANT, BACK, FINE, PPH, CASH = (
    "4.2.01.01.01.0001",
    "4.1.04.15.01.0001",
    "4.1.04.11.01.0001",
    "2.1.01.05.02.0001",
    "1.1.01.03.01.0001",
)
RKUD = "1.1.01.01.01.0001"
RECEIVING = "1.1.01.02.01.0001"
TO_PPKD = "3.1.03.01.01.0001"
TO_SKPD = "1.1.13.01.01.0001"
SAL = "3.1.02.05.01.0001"
UP = [("skpd", "financial", CASH, TO_PPKD), ("ppkd", "financial", TO_SKPD, RKUD)]
INTO_RKUD = ("ppkd", "financial", RKUD, TO_SKPD)
Journal = tuple[str, str, str, str]  # entity, kind, debit, credit

ROWS: list[tuple[Event, Part, str, list[Journal]]] = [
    (Event.ASSESSED, M, TAX, [("skpd", "financial", "1.1.03.06.01.0001", "7.1.01.06.01.0001")]),
    (Event.ASSESSED, M, FEE, [("skpd", "financial", "1.1.04.01.01.0001", "7.1.02.01.01.0001")]),
    (
        Event.RECEIPT,
        M,
        TAX,
        [
            ("skpd", "financial", RECEIVING, "7.1.01.06.01.0001"),
            ("skpd", "budget", SAL, TAX),
        ],
    ),
    (
        Event.RECEIPT,
        A,
        TAX,
        [
            ("skpd", "financial", RECEIVING, "1.1.03.06.01.0001"),
            ("skpd", "budget", SAL, TAX),
        ],
    ),
    (Event.DEPOSIT, M, TAX, [("skpd", "financial", TO_PPKD, RECEIVING), INTO_RKUD]),
    (
        Event.DIRECT_RECEIPT,
        M,
        TAX,
        [
            ("skpd", "financial", TO_PPKD, "7.1.01.06.01.0001"),
            INTO_RKUD,
            ("skpd", "budget", SAL, TAX),
        ],
    ),
    (
        Event.DIRECT_RECEIPT,
        A,
        FEE,
        [
            ("skpd", "financial", TO_PPKD, "1.1.04.01.01.0001"),
            INTO_RKUD,
            ("skpd", "budget", SAL, FEE),
        ],
    ),
    (
        Event.TRANSFER,
        M,
        GRANT,
        [
            ("ppkd", "financial", RKUD, "7.2.01.01.01.0001"),
            ("ppkd", "budget", SAL, GRANT),
        ],
    ),
    (Event.SP2D_UP, M, CASH, UP),
    (Event.SP2D_GU, M, CASH, UP),
    (Event.SP2D_TU, M, CASH, UP),
    (Event.CASH_RETURNED, M, CASH, [("skpd", "financial", TO_PPKD, CASH), INTO_RKUD]),
    (Event.UP_PAYMENT, M, GOODS, [("skpd", "financial", "8.1.02.01.01.0024", CASH)]),
    (Event.UP_PAYMENT, A, GOODS, [("skpd", "financial", "2.1.06.02", CASH)]),
    (Event.TAX_WITHHELD, D, PPH, [("skpd", "financial", CASH, PPH)]),
    (Event.TAX_REMITTED, M, PPH, [("skpd", "financial", PPH, CASH)]),
    (Event.TAX_REMITTED, D, PPH, [("ppkd", "financial", PPH, RKUD)]),
    (Event.SPJ_APPROVED, M, GOODS, [("skpd", "budget", GOODS, SAL)]),
    (Event.SPJ_APPROVED, A, GOODS, [("skpd", "budget", GOODS, SAL)]),
    (Event.ACCEPTED, M, WORKS, [("skpd", "financial", "1.3.04.01.01.0001", "2.1.06.09")]),
    (Event.ACCEPTED, A, GOODS, [("skpd", "financial", "8.1.02.01.01.0024", "2.1.06.02")]),
    (
        Event.SP2D_LS,
        M,
        WORKS,
        [
            ("skpd", "financial", "1.3.04.01.01.0001", TO_PPKD),
            ("ppkd", "financial", TO_SKPD, RKUD),
            ("skpd", "budget", WORKS, SAL),
        ],
    ),
    (
        Event.SP2D_LS,
        A,
        WORKS,
        [
            ("skpd", "financial", "2.1.06.09", TO_PPKD),
            ("ppkd", "financial", TO_SKPD, RKUD),
            ("skpd", "budget", WORKS, SAL),
        ],
    ),
    (Event.SP2D_LS, D, PPH, [("ppkd", "financial", RKUD, PPH)]),
    (
        Event.SP2D_LS,
        P,
        FINE,
        [
            INTO_RKUD,
            ("skpd", "financial", TO_PPKD, "7.1.04.11.01.0001"),
            ("skpd", "budget", SAL, FINE),
        ],
    ),
    (
        Event.CONTRA,
        M,
        GOODS,
        [
            ("skpd", "financial", TO_PPKD, "8.1.02.01.01.0024"),
            INTO_RKUD,
            ("skpd", "budget", SAL, GOODS),
        ],
    ),
    (
        Event.PAST_RETURN,
        M,
        BACK,
        [
            ("skpd", "financial", TO_PPKD, "7.1.04.15.01.0001"),
            INTO_RKUD,
            ("skpd", "budget", SAL, BACK),
        ],
    ),
]


def journals(event: Event, *items: Coded) -> list[Journal]:
    """Return each pair of sides with the codes that its accounts lead to."""
    found = written(event, items)
    sides = zip(found[::2], found[1::2], strict=True)
    for debit, credit in sides:
        assert (debit.side, credit.side) == (Side.DEBIT, Side.CREDIT)
        assert (debit.entity, debit.kind, debit.item) == (credit.entity, credit.kind, credit.item)
    return [
        (one.entity.value, one.kind.value, code(one.account, one.item), code(two.account, two.item))
        for one, two in zip(found[::2], found[1::2], strict=True)
    ]


def code(account: str, item: Coded) -> str:
    lead = LEADS.get(account)
    return lead(item.code) if lead else account


@pytest.mark.parametrize(
    ("event", "part", "account", "expected"),
    ROWS,
    ids=[f"{row[0]}-{row[1]}-{row[2]}" for row in ROWS],
)
def test_a_row_writes_these_sides(
    event: Event, part: Part, account: str, expected: list[Journal]
) -> None:
    item = Coded(0, account, Decimal("7.50"), part)
    assert faults(event, [item]) == []
    assert journals(event, item) == expected


def test_every_event_and_part_of_the_table_is_tried_above() -> None:
    tried = {(event, part) for event, part, _account, _expected in ROWS}
    assert {(e, p) for e, rows in TABLE.items() for row in rows for p in row.parts} == tried
    assert len(TABLE) == 17


AMOUNTS = some.decimals(Decimal("0.01"), Decimal(10) ** 15, places=2)
KINDS = sorted({(event, part, account) for event, part, account, _expected in ROWS})


@some.composite
def postings(draw: some.DrawFn) -> tuple[Event, list[Coded]]:
    """Draw an event with one to six items of parts and accounts that it takes."""
    event = draw(some.sampled_from(sorted(TABLE)))
    kinds = [(part, account) for one, part, account in KINDS if one is event]
    drawn = draw(some.lists(some.tuples(some.sampled_from(kinds), AMOUNTS), min_size=1, max_size=6))
    return event, [
        Coded(place, account, amount, part) for place, ((part, account), amount) in enumerate(drawn)
    ]


@given(postings())
def test_whatever_is_posted_balances_mirrors_and_leaves_nothing_out(
    posting: tuple[Event, list[Coded]],
) -> None:
    event, items = posting
    assert faults(event, items) == []
    sides = written(event, items)
    assert {side.item.place for side in sides} == {item.place for item in items}
    off: dict[tuple[Entity, JournalKind], Decimal] = defaultdict(Decimal)
    moved: dict[tuple[Entity, str], Decimal] = defaultdict(Decimal)
    for side in sides:
        amount = side.item.amount if side.side is Side.DEBIT else -side.item.amount
        off[side.entity, side.kind] += amount
        moved[side.entity, side.account] += amount
    assert set(off.values()) == {0}
    assert moved[Entity.SKPD, RK_PPKD] + moved[Entity.PPKD, RK_SKPD] == 0
