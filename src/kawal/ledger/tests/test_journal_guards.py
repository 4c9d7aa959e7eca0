"""What the database alone holds of journals, tried with raw SQL as the role that serves."""

from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db import Error, connection, transaction

from kawal.ledger.tests.conftest import Shelf

JOURNAL = """
INSERT INTO ledger_journal (id, key, place, entity, kind, event, agency_id, period_id, "on",
    source_kind, source_id, source_number, text, digest, reverses_id, at)
VALUES (%s, %s, 0, 'skpd', 'financial', %s, %s, %s, %s, 'tbp', '7', 'TBP-7', 'ATK', '', %s, now())
"""
LINE = """
INSERT INTO ledger_journalline (journal_id, place, "on", account_id, debit, credit, unit_id)
VALUES """
MARCH = ("up_payment", 202703, "2027-03-15")


def run(sql: str, values: Any = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def at_commit() -> None:
    """Ask what is asked at commit."""
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("SET CONSTRAINTS ALL DEFERRED")


def journal(shelf: Shelf, id: int, when: Any = MARCH, reverses: int | None = None) -> None:
    event, period, on = when
    run(JOURNAL, [id, f"k{id}", event, shelf.agency, period, on, reverses])


def lines(shelf: Shelf, id: int, *sides: tuple[str, str, str], on: str = "2027-03-15") -> None:
    """Add sides (account, debit, credit) in one statement."""
    rows = [
        (id, place, on, shelf.accounts[name], Decimal(debit), Decimal(credit), shelf.agency)
        for place, (name, debit, credit) in enumerate(sides)
    ]
    one = "(" + ", ".join(["%s"] * 7) + ")"
    run(LINE + ", ".join([one] * len(rows)), [value for row in rows for value in row])


WHOLE = (("paper", "100.50", "0"), ("cash", "0", "100.50"))
MIRROR = (("paper", "0", "100.50"), ("cash", "100.50", "0"))


def booked(shelf: Shelf, id: int = 1) -> None:
    journal(shelf, id)
    lines(shelf, id, *WHOLE)
    at_commit()


def refused(words: str, *steps: Any) -> None:
    """Demand that the database refuses one of the steps with these words, and nothing stays."""
    with pytest.raises(Error, match=words), transaction.atomic():
        for step in steps:
            step()


def test_a_balanced_journal_is_kept(shelf: Shelf) -> None:
    booked(shelf)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(debit), sum(credit), count(*) FROM ledger_journalline")
        assert cursor.fetchone() == (Decimal("100.50"), Decimal("100.50"), 2)
        cursor.execute("SELECT array_agg(journal_id) FROM ledger_unfolded")
        assert cursor.fetchone() == ([1],)


def test_a_journal_that_does_not_balance_does_not_commit(shelf: Shelf) -> None:
    off = (("paper", "100.50", "0"), ("cash", "0", "100.49"))
    refused(
        "2 lines, 0.01 off", lambda: journal(shelf, 1), lambda: lines(shelf, 1, *off), at_commit
    )
    refused("0 lines", lambda: journal(shelf, 1), at_commit)


@pytest.mark.parametrize(
    "side", [("paper", "0", "0"), ("paper", "5", "5"), ("paper", "-1", "0"), ("paper", "0", "-1")]
)
def test_a_line_has_one_side_above_zero(shelf: Shelf, side: tuple[str, str, str]) -> None:
    refused("ledger_line_one_side", lambda: journal(shelf, 1), lambda: lines(shelf, 1, side))


def test_nobody_adds_to_a_journal(shelf: Shelf) -> None:
    booked(shelf)
    more = 'INSERT INTO ledger_journalline (journal_id, place, "on", account_id, debit, credit,'
    pair = (
        f'{more} unit_id) SELECT 1, 10 + place, "on", account_id, credit, debit, unit_id'
        " FROM ledger_journalline WHERE journal_id = 1"
    )
    refused("takes no other line", lambda: run(pair))


@pytest.mark.parametrize("table", ["ledger_journal", "ledger_journalline"])
@pytest.mark.parametrize("act", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_nothing_booked_is_edited(shelf: Shelf, table: str, act: str) -> None:
    booked(shelf)
    refused("permission denied|Cannot", lambda: run(act.format(table)))


def test_a_closed_period_takes_nothing_and_stays_closed(shelf: Shelf) -> None:
    run("UPDATE ledger_period SET closed_at = now() WHERE id = 202703")
    refused("a closed period takes no journal", lambda: journal(shelf, 1))
    for change in ("closed_at = NULL", "closed_at = now()", "month = 4"):
        refused(
            "ledger_period rows",
            partial(run, f"UPDATE ledger_period SET {change} WHERE id = 202703"),
        )
    refused("delete|denied", lambda: run("DELETE FROM ledger_period WHERE id = 202703"))


@pytest.mark.parametrize(
    "when",
    [
        ("up_payment", 202704, "2027-03-15"),
        ("up_payment", 202703, "2026-03-15"),
        ("adjustment", 202713, "2027-12-30"),
        ("opening", 202700, "2027-01-02"),
        ("opening", 202701, "2027-01-01"),
        ("up_payment", 202700, "2027-01-01"),
        ("up_payment", 202714, "2027-12-31"),
        ("year_close", 202712, "2027-12-31"),
    ],
)
def test_a_journal_stands_in_the_period_of_its_day_and_event(shelf: Shelf, when: Any) -> None:
    refused("ledger_journal_in_p", lambda: journal(shelf, 1, when))


@pytest.mark.parametrize("name", ["group", "spending", "sal"])
def test_a_line_is_on_an_account_of_level_six_of_its_kind(shelf: Shelf, name: str) -> None:
    pair = ((name, "1", "0"), ("cash", "0", "1"))
    refused("level 6 of its kind", lambda: journal(shelf, 1), lambda: lines(shelf, 1, *pair))


def test_a_line_is_of_its_journal_and_day(shelf: Shelf) -> None:
    refused("of a journal and its day", lambda: lines(shelf, 9, *WHOLE))
    later = "2027-03-16"
    refused("its day", lambda: journal(shelf, 1), lambda: lines(shelf, 1, *WHOLE, on=later))


def test_a_reversal_mirrors_and_happens_once(shelf: Shelf) -> None:
    booked(shelf)
    same = (lambda: journal(shelf, 2, reverses=1), lambda: lines(shelf, 2, *WHOLE), at_commit)
    refused("does not mirror", *same)
    journal(shelf, 2, reverses=1)
    lines(shelf, 2, *MIRROR)
    at_commit()
    refused("reverses_id", lambda: journal(shelf, 3, reverses=1))
    refused("a reversal is of a journal", lambda: journal(shelf, 3, reverses=2))


def test_the_folded_and_the_unfolded_are_always_the_whole(shelf: Shelf) -> None:
    booked(shelf)
    booked(shelf, 2)
    run("UPDATE ledger_fold SET most = 1 WHERE id = 1")
    booked(shelf, 3)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_unfolded")
        assert cursor.fetchone() == (2,)
        for most, left in ((10, Decimal("301.50")), (10, Decimal("301.50"))):
            cursor.execute("UPDATE ledger_fold SET most = %s WHERE id = 1", [most])
            for table in ("month", "day"):
                cursor.execute(f"SELECT sum(debit), sum(credit) FROM ledger_{table}balance")
                assert cursor.fetchone() == (left, left)
        cursor.execute("SELECT count(*) FROM ledger_unfolded")
        assert cursor.fetchone() == (0,)
    for table in ("monthbalance", "daybalance", "detailbalance", "unfolded"):
        refused("permission denied", partial(run, f"DELETE FROM ledger_{table}"))
