"""Every movement of a treasurer's cash: write it once, and when it cannot be, say every reason.

A movement is one statement and charges all its purses or none; it joins the caller's transaction.
``key`` names it: the same key with the same content books nothing twice, with other content it is
refused. Who may move cash is the business of the action that issues the paper.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, connection, transaction

from kawal.kernel.refusals import Refused
from kawal.regions.facts import Actor
from kawal.treasury import permissions
from kawal.treasury.actions.asking import check, person_of, require_own
from kawal.treasury.facts.cash_books import (
    CashMove,
    CashMoved,
    CashPaper,
    Pocket,
    Purse,
    Stock,
)
from kawal.treasury.models import CashAccount, CashClosing
from kawal.treasury.queries import cash_books as queries
from kawal.treasury.rules import cash_books as rules

CALL = """
SELECT * FROM treasury_move_cash(%s, %s, %s, %s, %s, %s, %s, %s, %s::bigint[], %s::numeric[])
"""
INCOMING = {CashMove.UP: Stock.UP, CashMove.GU: Stock.UP, CashMove.TU: Stock.TU}
Amounts = Mapping[Pocket, Decimal]


@transaction.atomic
def take_in(
    kind: CashMove,
    *,
    year: int,
    unit_id: int,
    amount: Decimal,
    on: date,
    paper: CashPaper,
    text: str,
    key: str,
    actor: Actor,
) -> CashMoved:
    """Book what an SP2D of UP, GU or TU brought into the treasurer's bank account, in rupiah.

    :raises Refused: when the year's UP came already, or the month is closed.
    """
    bank = Pocket(year, unit_id, INCOMING[kind], Purse.BANK)
    return move(kind, {bank: amount}, on=on, paper=paper, text=text, key=key, actor=actor)


@transaction.atomic
def shift_cash(
    year: int,
    unit_id: int,
    stock: Stock,
    amount: Decimal,
    *,
    to: Purse,
    on: date,
    key: str,
    actor: Actor,
) -> CashMoved:
    """Take cash out of the treasurer's bank account (``to`` tunai), or bring it back (bank).

    :raises Refused: when the purse holds less.
    """
    require_own(actor, permissions.PAY_NPD, unit_id)
    source = Purse.BANK if to is Purse.TUNAI else Purse.TUNAI
    amounts = {
        Pocket(year, unit_id, stock, source): -amount,
        Pocket(year, unit_id, stock, Purse.TUNAI if to is Purse.TUNAI else Purse.BANK): amount,
    }
    paper = CashPaper("shift", key)
    text = f"{source.value} - {to.value}"
    return move(CashMove.SHIFT, amounts, on=on, paper=paper, text=text, key=key, actor=actor)


@transaction.atomic
def hand_over_up(
    year: int,
    giver_id: int,
    taker_id: int,
    amount: Decimal,
    *,
    on: date,
    text: str,
    key: str,
    actor: Actor,
) -> CashMoved:
    """Hand a part of the UP to an assistant treasurer's bank account, or back (pelimpahan).

    :raises Refused: when the giver's account holds less.
    """
    require_own(actor, permissions.PAY_NPD, giver_id)
    amounts = {
        Pocket(year, giver_id, Stock.UP, Purse.BANK): -amount,
        Pocket(year, taker_id, Stock.UP, Purse.BANK): amount,
    }
    check(rules.same_treasury(giver_id, taker_id, queries.is_of_one_skpd(giver_id, taker_id, on)))
    paper = CashPaper("handover", key)
    return move(CashMove.HAND, amounts, on=on, paper=paper, text=text, key=key, actor=actor)


@transaction.atomic
def close_cash_month(year: int, unit_id: int, month: int, *, actor: Actor) -> Decimal:
    """Close a month of a treasurer's book for ever; return its cash at the end, in rupiah.

    :raises Refused: out of order, or before the month is over.
    """
    require_own(actor, permissions.PAY_NPD, unit_id)
    check(rules.may_close(year, month, queries.last_closed(year, unit_id), queries.day(actor)))
    with connection.cursor() as cursor:  # whoever books waits, or we for him
        cursor.execute("SELECT treasury_lock_cash(%s)", [unit_id])
    cash = queries.cash_until(year, unit_id, month)
    try:
        with transaction.atomic():
            CashClosing.objects.create(
                year_id=year,
                unit_id=unit_id,
                month=month,
                cash=cash,
                by_id=person_of(actor),
                at=actor.at,
            )
    except IntegrityError as refused:
        raise Refused([rules.broken(_constraint(refused))]) from refused
    return cash


def move(
    kind: CashMove,
    amounts: Amounts,
    *,
    on: date,
    paper: CashPaper,
    text: str,
    key: str,
    actor: Actor,
) -> CashMoved:
    """Book a movement, in rupiah by pocket (out is negative), on the city's day ``on``.

    :raises Refused: with every reason of every purse; nothing has moved.
    """
    check(rules.mistakes(kind, amounts, on))
    wanted = dict(sorted(amounts.items()))
    accounts = _accounts(wanted)
    values = [key, kind.value, on, paper.kind, paper.id, text[:300], actor.at, actor.person_id]
    with connection.cursor() as cursor:
        cursor.execute(CALL, [*values, [accounts[one] for one in wanted], list(wanted.values())])
        rows = cursor.fetchall()
    outcome, by_id = rows[0][0], {row[1]: row[2] for row in rows}
    balances = {pocket: by_id[account] for pocket, account in accounts.items()}
    if outcome == "moved":
        return CashMoved(key, wanted, balances)
    if outcome == "repeated":
        check([] if queries.movement(key) == (kind, on, paper, wanted) else [rules.key_used()])
        return CashMoved(key, wanted, balances, repeated=True)
    raise Refused(rules.below_zero(balances, wanted) or [rules.broken(outcome)])


def _accounts(pockets: Iterable[Pocket]) -> dict[Pocket, int]:
    """Return the purses' ids; one that is used for the first time is opened."""
    named = {one: _columns(one) for one in pockets}
    found = _ids(named)
    missing = [CashAccount(**named[one]) for one in named if one not in found]
    if missing:
        CashAccount.objects.bulk_create(missing, ignore_conflicts=True)
        found = _ids(named)
    return {one: found[one] for one in named}


def _columns(pocket: Pocket) -> dict[str, Any]:
    return {
        "year_id": pocket.year,
        "unit_id": pocket.unit_id,
        "stock": pocket.stock.value,
        "purse": pocket.purse.value,
    }


def _ids(pockets: Iterable[Pocket]) -> dict[Pocket, int]:
    units = {one.unit_id for one in pockets}
    rows = CashAccount.objects.filter(
        unit__in=units, year__in={one.year for one in pockets}
    ).values_list("year_id", "unit_id", "stock", "purse", "pk")
    return {Pocket(y, u, Stock(s), Purse(p)): pk for y, u, s, p, pk in rows}


def _constraint(error: IntegrityError) -> str:
    diagnostics = getattr(error.__cause__, "diag", None)
    return str(getattr(diagnostics, "constraint_name", "") or "")
