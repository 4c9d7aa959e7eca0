"""Events become the journals that Permendagri 64/2013 names, to the sen, once."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from kawal.kernel.refusals import Refused
from kawal.ledger import actions
from kawal.ledger.actions.chart import chart
from kawal.ledger.facts import Event, Item, Part, Posting, Source
from kawal.ledger.tests.conftest import AT, Shelf
from kawal.regions.facts import Actor

BUDI = Actor(None, None, (), AT)
MORE = {
    "rkud": "1.1.01.01.01.0001",
    "rk_skpd": "1.1.13.01.01.0001",
    "debt": "2.1.06.02.01.0001",
    "pph": "2.1.01.05.02.0001",
    "fine": "4.1.04.11.01.0001",
    "fine_lo": "7.1.04.11.01.0001",
    "unpaired": "5.1.02.01.01.0099",
}


@pytest.fixture
def books(shelf: Shelf) -> Shelf:
    """Return the shelf with the accounts of an SP2D."""
    from kawal.nomenclature.models import Account

    chart.cache_clear()
    for name, code in MORE.items():
        one = Account.objects.create(decree_id=shelf.decree, code=code, name=name, level=6)
        shelf.accounts[name] = one.pk
    return shelf


def posting(shelf: Shelf, event: Event, *items: tuple[str, str, Part], **said: Any) -> Posting:
    source = Source("sp2d", "7", "12.75/000007/LS/2027")
    made = tuple(Item(shelf.accounts[name], Decimal(a), part) for name, a, part in items)
    values = {"on": date(2027, 3, 15), "key": "sp2d:7", "text": "ATK", **said}
    return Posting(event, shelf.agency, shelf.agency, source=source, items=made, **values)


def booked() -> list[tuple[str, ...]]:
    """Return every line as entity, kind, account's code, debit, credit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "SELECT j.entity, j.kind, a.code, l.debit::text, l.credit::text"
            " FROM ledger_journalline l JOIN ledger_journal j ON j.id = l.journal_id"
            " JOIN nomenclature_account a ON a.id = l.account_id ORDER BY j.id, l.place"
        )
        return list(cursor.fetchall())


def test_an_sp2d_ls_of_goods_is_gross_in_three_journals(books: Shelf) -> None:
    items = (("spending", "1000000.77", Part.MAIN), ("pph", "15000.25", Part.DEDUCTION))
    made = actions.post(posting(books, Event.SP2D_LS, *items), actor=BUDI)
    assert len(made) == 3
    assert booked() == [
        ("skpd", "financial", "8.1.02.01.01.0024", "1000000.77", "0.00"),
        ("skpd", "financial", "3.1.03.01.01.0001", "0.00", "1000000.77"),
        ("ppkd", "financial", "1.1.13.01.01.0001", "1000000.77", "0.00"),
        ("ppkd", "financial", "1.1.01.01.01.0001", "0.00", "1000000.77"),
        ("ppkd", "financial", "1.1.01.01.01.0001", "15000.25", "0.00"),
        ("ppkd", "financial", "2.1.01.05.02.0001", "0.00", "15000.25"),
        ("skpd", "budget", "5.1.02.01.01.0024", "1000000.77", "0.00"),
        ("skpd", "budget", "3.1.02.05.01.0001", "0.00", "1000000.77"),
    ]


def test_what_was_accepted_before_is_paid_out_of_the_debt(books: Shelf) -> None:
    items = (("spending", "500", Part.ACCEPTED), ("fine", "20", Part.PENALTY))
    actions.post(posting(books, Event.SP2D_LS, *items), actor=BUDI)
    assert [line for line in booked() if line[1] == "financial"] == [
        ("skpd", "financial", "2.1.06.02.01.0001", "500.00", "0.00"),
        ("skpd", "financial", "3.1.03.01.01.0001", "0.00", "500.00"),
        ("skpd", "financial", "3.1.03.01.01.0001", "20.00", "0.00"),
        ("skpd", "financial", "7.1.04.11.01.0001", "0.00", "20.00"),
        ("ppkd", "financial", "1.1.13.01.01.0001", "500.00", "0.00"),
        ("ppkd", "financial", "1.1.01.01.01.0001", "0.00", "500.00"),
        ("ppkd", "financial", "1.1.01.01.01.0001", "20.00", "0.00"),
        ("ppkd", "financial", "1.1.13.01.01.0001", "0.00", "20.00"),
    ]


@pytest.mark.parametrize(
    ("event", "name", "sides"),
    [
        (Event.SP2D_UP, "cash", ["1.1.01.03.01.0001", "3.1.03.01.01.0001"]),
        (Event.CASH_RETURNED, "cash", ["3.1.03.01.01.0001", "1.1.01.03.01.0001"]),
        (Event.UP_PAYMENT, "spending", ["8.1.02.01.01.0024", "1.1.01.03.01.0001"]),
        (Event.SPJ_APPROVED, "spending", ["5.1.02.01.01.0024", "3.1.02.05.01.0001"]),
        (Event.ACCEPTED, "spending", ["8.1.02.01.01.0024", "2.1.06.02.01.0001"]),
        (Event.CONTRA, "spending", ["3.1.03.01.01.0001", "8.1.02.01.01.0024"]),
    ],
)
def test_the_first_journal_of_an_event(
    books: Shelf, event: Event, name: str, sides: list[str]
) -> None:
    actions.post(posting(books, event, (name, "7.50", Part.MAIN)), actor=BUDI)
    found = booked()[:2]
    assert [line[2] for line in found] == sides
    assert [line[3:] for line in found] == [("7.50", "0.00"), ("0.00", "7.50")]


def test_a_key_books_once_and_means_one_thing(books: Shelf) -> None:
    one = posting(books, Event.SP2D_UP, ("cash", "100", Part.MAIN))
    assert actions.post(one, actor=BUDI) == actions.post(one, actor=BUDI)
    assert len(booked()) == 4
    other = posting(books, Event.SP2D_UP, ("cash", "101", Part.MAIN))
    assert _refused(other) == ["ledger.key_used"]
    assert len(booked()) == 4


def _refused(one: Posting) -> list[str]:
    with pytest.raises(Refused) as caught:
        actions.post(one, actor=BUDI)
    return [reason.code for reason in caught.value.reasons]


def test_a_refusal_says_why_and_books_nothing(books: Shelf) -> None:
    whole = (("cash", "1", Part.MAIN),)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_period SET closed_at = now() WHERE id = 202702")
    february = posting(books, Event.SP2D_UP, *whole, on=date(2027, 2, 1))
    assert _refused(february) == ["ledger.closed"]
    assert _refused(posting(books, Event.SP2D_UP, *whole, on=date(2029, 2, 1))) == [
        "ledger.no_books"
    ]
    pair = (("unpaired", "1", Part.MAIN),)
    assert _refused(posting(books, Event.UP_PAYMENT, *pair)) == ["ledger.no_pair"]
    assert _refused(posting(books, Event.SP2B, *whole)) == ["ledger.no_rule"]
    assert booked() == []


def test_a_reversal_undoes_every_journal_once(books: Shelf) -> None:
    one = posting(books, Event.SP2D_LS, ("spending", "12.34", Part.MAIN))
    made = actions.post(one, actor=BUDI)
    said: Any = {"on": date(2027, 4, 2), "reason": "Dibatalkan", "actor": BUDI}
    back = actions.reverse("sp2d:7", key_of_reversal="sp2d:7:batal", **said)
    assert len(back) == len(made) == 3
    assert actions.reverse("sp2d:7", key_of_reversal="sp2d:7:batal", **said) == back
    sums: dict[str, Decimal] = {}
    for _, _, code, debit, credit in booked():
        sums[code] = sums.get(code, Decimal(0)) + Decimal(debit) - Decimal(credit)
    assert set(sums.values()) == {Decimal(0)}
    for key, code in (("sp2d:7", "ledger.reversed"), ("sp2d:8", "ledger.missing")):
        with pytest.raises(Refused) as caught:
            actions.reverse(key, key_of_reversal=f"{key}:x", **said)
        assert [reason.code for reason in caught.value.reasons] == [code]


def test_a_reversal_is_of_its_year_and_not_reversed_itself(books: Shelf) -> None:
    actions.post(posting(books, Event.SP2D_UP, ("cash", "1", Part.MAIN)), actor=BUDI)
    said: Any = {"reason": "Dibatalkan", "actor": BUDI}
    actions.reverse("sp2d:7", key_of_reversal="back", on=date(2027, 4, 2), **said)
    actions.post(posting(books, Event.SP2D_UP, ("cash", "1", Part.MAIN), key="b"), actor=BUDI)
    for key, on, code in (
        ("back", date(2027, 4, 2), "ledger.is_reversal"),
        ("b", date(2027, 3, 14), "ledger.other_year"),
        ("b", date(2026, 3, 15), "ledger.no_books"),
    ):
        with pytest.raises(Refused) as caught:
            actions.reverse(key, key_of_reversal="x", on=on, **said)
        assert [reason.code for reason in caught.value.reasons] == [code]


def test_the_same_content_in_another_form_is_the_same(books: Shelf) -> None:
    first = (("spending", "5", Part.MAIN), ("pph", "1", Part.DEDUCTION))
    again = (("pph", "1.00", Part.DEDUCTION), ("spending", "0.5E+1", Part.MAIN))
    one, same = (posting(books, Event.SP2D_LS, *items) for items in (first, again))
    assert actions.post(one, actor=BUDI) == actions.post(same, actor=BUDI)
    assert actions.post_many([one, one], actor=BUDI)["sp2d:7"] == actions.post(one, actor=BUDI)
    other = posting(books, Event.SP2D_LS, first[0], ("pph", "2", Part.DEDUCTION))
    with pytest.raises(Refused) as caught:
        actions.post_many([one, other], actor=BUDI)
    assert [reason.code for reason in caught.value.reasons] == ["ledger.key_used"]


def test_a_long_text_is_shortened_and_none_refused(books: Shelf) -> None:
    items = ("cash", "1", Part.MAIN)
    actions.post(posting(books, Event.SP2D_UP, items, text="a" * 299 + "bc"), actor=BUDI)
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT text FROM ledger_journal")
        assert cursor.fetchall() == [("a" * 299 + "…",)]
    assert _refused(posting(books, Event.SP2D_UP, items, text=" ", key="b")) == ["ledger.unsaid"]


def test_an_account_known_by_an_old_list_is_read_again(books: Shelf) -> None:
    actions.post(posting(books, Event.SP2D_UP, ("cash", "1", Part.MAIN)), actor=BUDI)
    stale = chart(2027)
    stale.ids["3.1.03.01.01.0001"] = stale.ids["1.1.01.03.01.0001"]
    stale.codes[stale.ids["1.1.01.03.01.0001"]] = "3.1.03.01.01.0001"
    again = posting(books, Event.SP2D_UP, ("cash", "2", Part.MAIN), key="sp2d:8")
    assert len(actions.post(again, actor=BUDI)) == 2
    assert booked()[5][2:] == ("3.1.03.01.01.0001", "0.00", "2.00")


def test_folding_adds_each_journal_once(books: Shelf) -> None:
    actions.post(posting(books, Event.SP2D_LS, ("spending", "9", Part.MAIN)), actor=BUDI)
    booked()
    assert [actions.fold(), actions.fold()] == [3, 0]
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(debit), sum(credit) FROM ledger_detailbalance")
        assert cursor.fetchone() == (Decimal("9.00"), Decimal("9.00"))


def test_many_are_booked_together_or_not_at_all(books: Shelf) -> None:
    def one(key: str, amount: str = "5", month: int = 3) -> Posting:
        said = {"key": key, "on": date(2027, month, 15)}
        return posting(books, Event.SP2D_UP, ("cash", amount, Part.MAIN), **said)

    first = actions.post(one("a"), actor=BUDI)
    made = actions.post_many([one("a"), one("b"), one("c", month=4)], actor=BUDI)
    assert made["a"] == first
    assert {key: len(ids) for key, ids in made.items()} == {"a": 2, "b": 2, "c": 2}
    assert len(booked()) == 12
    with pytest.raises(Refused) as caught:
        actions.post_many([one("d"), one("a", "6")], actor=BUDI)
    assert [reason.code for reason in caught.value.reasons] == ["ledger.key_used"]
    assert len(booked()) == 12
