"""Entries matched to payments: gross or net, taxes apart, returns, bulk; and what stays open."""

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from kawal.treasury.facts.matching import Booked, Match, Sent
from kawal.treasury.facts.statements import EntryPart, StatementEntry
from kawal.treasury.rules.matching import match

DAY = date(2027, 2, 3)


def sent(number: int, gross: str = "111000000", taxes: tuple[str, ...] = ()) -> Sent:
    """Return a payment of N.2's kind."""
    held = tuple(Decimal(tax) for tax in taxes)
    return Sent(
        number,
        f"12.75/04.0/{number:06}/LS/1.01.0.00.0.00.01.0000/M/2/2027",
        f"sp2d-{number}",
        Decimal(gross),
        Decimal(gross) - sum(held, Decimal(0)),
        held,
        f"CV Maju {number}",
        DAY,
    )


def booked(amount: str, remark: str = "", **more: Any) -> StatementEntry:
    """Return a debit without a name."""
    plain = StatementEntry(
        1, DAY, DAY, Decimal(amount), False, False, "", "", remark, "", ()
    )  # fmt: skip
    return replace(plain, **more)


ONE = sent(1, taxes=("11000000", "1750000"))


def kinds(*entries: StatementEntry, payments: tuple[Sent, ...] = (ONE,)) -> list[tuple[int, str]]:
    """Return the place and the kind of each match."""
    found = match(entries, payments, days=3).matches
    return [(place, one.booked.value) for place in sorted(found) for one in found[place]]


def test_net_and_each_tax_apart_or_gross_at_once() -> None:
    parts = [booked(x, f"SP2D {ONE.number} x") for x in ("98250000", "11000000", "1750000")]
    assert kinds(*parts) == [(0, "net"), (1, "tax"), (2, "tax")]
    assert kinds(booked("111000000", ONE.number), *parts) == [(0, "gross")]


def test_a_number_broken_by_the_banks_lines_is_found() -> None:
    broken = ONE.number[:20] + "\n " + ONE.number[20:].lower()
    assert kinds(booked("98250000", broken)) == [(0, "net")]


def test_a_second_debit_and_a_wrong_amount_stay_open_with_their_payment() -> None:
    entries = [booked("98250000", ONE.number)] * 2 + [booked("98250001", ONE.number)]
    found = match(entries, [ONE], days=3)
    assert found.matches == {0: (Match(1, Booked.NET, by_number=True),)}
    assert found.candidates == {1: (1,), 2: (1,)}


def test_a_return_follows_what_went_out_and_comes_once() -> None:
    back = booked("98250000", ONE.number, is_credit=True)
    assert kinds(back) == []
    assert kinds(booked("98250000", ONE.number), back, back) == [(0, "net"), (1, "return")]


def test_without_number_amount_name_and_day_must_fit_one_only() -> None:
    plain = booked("98250000", name="cv  maju 1", on=DAY + timedelta(3))
    assert kinds(plain) == [(0, "net")]
    assert kinds(replace(plain, on=DAY + timedelta(4))) == []
    assert kinds(replace(plain, name="")) == []
    assert kinds(plain, plain) == []  # which of the two is it?
    twin = replace(sent(2, taxes=("12750000",)), name="CV Maju 1")
    assert kinds(plain, payments=(ONE, twin)) == []
    assert match([plain], [ONE, twin], days=3).candidates == {0: (1, 2)}


def test_two_numbers_in_a_remark_name_none() -> None:
    two = sent(2, taxes=("12750000",))
    assert kinds(booked("98250000", f"{ONE.number} {two.number}"), payments=(ONE, two)) == []


def test_a_bulk_debit_is_known_whole_or_not_at_all() -> None:
    two = sent(2, "500.50")
    parts = tuple(EntryPart(one.net, one.key, "", "") for one in (ONE, two))
    bulk = booked("98250500.50", parts=parts)
    assert kinds(bulk, payments=(ONE, two)) == [(0, "net"), (0, "net")]
    foreign = replace(bulk, parts=(parts[0], EntryPart(two.net, "another", "", "")))
    assert kinds(foreign, booked("98250000", ONE.number), payments=(ONE, two)) == [(1, "net")]


def test_a_shuffled_month_is_matched_without_one_mistake() -> None:
    chance = random.Random(27)
    payments = [sent(n, f"{chance.randrange(1, 40)}000000", ("17500.25",)) for n in range(1, 401)]
    told = []
    for one in payments:
        debits = [one.gross] if chance.random() < 0.5 else [one.net, *one.taxes]
        told += [(one.id, booked(str(debit), f"Trf {one.number}")) for debit in debits]
    chance.shuffle(told)
    found = match([entry for _id, entry in told], payments, days=3)
    assert found.candidates == {}
    assert [found.matches[n][0].payment_id for n in range(len(told))] == [id_ for id_, _e in told]
