"""Reads of the cash books: balances, a book at any date, what a movement was."""

from datetime import date
from decimal import Decimal

from django.db.models import F, Max, Sum, Window
from django.db.models.functions import ExtractMonth

from kawal.kernel.refusals import NotThere
from kawal.regions.facts import Actor
from kawal.regions.queries import today, units_below
from kawal.treasury.facts.cash_books import (
    CASH,
    NIL,
    CashMove,
    CashPaper,
    EntryFacts,
    Pocket,
    Purse,
    Stock,
)
from kawal.treasury.models import CashBalance, CashClosing, CashEntry


def day(actor: Actor) -> date:
    """Return the city's day on which somebody acts."""
    return today(actor.at)


def balances(year: int, unit_id: int) -> dict[Pocket, Decimal]:
    """Return what each purse of a unit's treasurer holds now, in rupiah."""
    rows = CashBalance.objects.filter(account__year=year, account__unit=unit_id)
    return {
        Pocket(year, unit_id, Stock(stock), Purse(purse)): balance
        for stock, purse, balance in rows.values_list("account__stock", "account__purse", "balance")
    }


def all_balances(year: int) -> dict[int, dict[Purse, Decimal]]:
    """Return what each purse holds now by unit, UP and TU together, in rupiah."""
    rows = CashBalance.objects.filter(account__year=year)
    found: dict[int, dict[Purse, Decimal]] = {}
    sums = rows.values_list("account__unit", "account__purse").annotate(held=Sum("balance"))
    for unit, purse, held in sums:
        found.setdefault(unit, dict.fromkeys(Purse, NIL))[Purse(purse)] = held
    return found


def balances_on(year: int, unit_id: int, on: date) -> dict[Pocket, Decimal]:
    """Return what each purse held at the end of a day, in rupiah, from the entries."""
    rows = CashEntry.objects.filter(account__year=year, account__unit=unit_id, on__lte=on)
    sums = rows.values_list("account__stock", "account__purse").annotate(
        held=Sum(F("debit") - F("credit"))
    )
    return {Pocket(year, unit_id, Stock(stock), Purse(purse)): held for stock, purse, held in sums}


def book(
    year: int,
    unit_id: int,
    *,
    until: date,
    purses: tuple[Purse, ...] = CASH,
    stock: Stock | None = None,
) -> list[EntryFacts]:
    """Return a book to the end of a day with its running balance; tunai and bank is the BKU.

    A movement between two of the purses stands in it twice, out and in, as the law's form has it.
    """
    rows = CashEntry.objects.filter(
        account__year=year,
        account__unit=unit_id,
        account__purse__in=[purse.value for purse in purses],
        on__lte=until,
    )
    if stock is not None:
        rows = rows.filter(account__stock=stock.value)
    running = Window(Sum(F("debit") - F("credit")), order_by=[F("on").asc(), F("pk").asc()])
    found = rows.select_related("account").annotate(so_far=running).order_by("on", "pk")
    return [_facts(row) for row in found]


def _facts(row: CashEntry) -> EntryFacts:
    account = row.account
    return EntryFacts(
        id=row.pk,
        pocket=Pocket(account.year_id, account.unit_id, Stock(account.stock), Purse(account.purse)),
        on=row.on,
        kind=CashMove(row.kind),
        key=row.key,
        paper=CashPaper(row.document_kind, row.document_id),
        text=row.text,
        debit=row.debit,
        credit=row.credit,
        at=row.at,
        balance=getattr(row, "so_far", NIL),
    )


def movement(key: str) -> tuple[CashMove, date, CashPaper, dict[Pocket, Decimal]]:
    """Return what a key booked: its kind, day, paper and amounts by pocket (out is negative).

    :raises NotThere: when nothing was booked with it.
    """
    rows = [_facts(row) for row in CashEntry.objects.select_related("account").filter(key=key)]
    if not rows:
        raise NotThere(f"cash movement {key}")
    amounts = {row.pocket: row.debit - row.credit for row in rows}
    return rows[0].kind, rows[0].on, rows[0].paper, amounts


def last_closed(year: int, unit_id: int) -> int:
    """Return the last month that is closed in a treasurer's book; 0 when none is."""
    rows = CashClosing.objects.filter(year=year, unit=unit_id)
    return rows.aggregate(last=Max("month"))["last"] or 0


def cash_until(year: int, unit_id: int, month: int) -> Decimal:
    """Return tunai and bank of both stocks at the end of a month, in rupiah."""
    rows = CashEntry.objects.filter(
        account__year=year,
        account__unit=unit_id,
        account__purse__in=[purse.value for purse in CASH],
    ).annotate(month=ExtractMonth("on"))
    sums = rows.filter(month__lte=month).aggregate(cash=Sum(F("debit") - F("credit")))
    return sums["cash"] or NIL


def is_of_one_skpd(first: int, second: int, on: date) -> bool:
    """Tell whether one of two units is the other's, or stands below it."""
    below = units_below([first, second], on)
    return second in below[first] or first in below[second]
