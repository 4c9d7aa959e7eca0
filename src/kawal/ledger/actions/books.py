"""Opening a year's books and closing their periods."""

from contextlib import suppress
from datetime import date

from django.db import transaction

from kawal.kernel.refusals import NotThere, Reason, Refused
from kawal.ledger.models import Books, Period
from kawal.ledger.models.books import CLOSING, OPENING
from kawal.ledger.permissions import CLOSE_PERIOD, OPEN_BOOKS
from kawal.ledger.rules import books as rules
from kawal.nomenclature import queries as nomenclature
from kawal.regions.facts import Actor
from kawal.regions.permissions import require


@transaction.atomic
def open_books(year: int, accounts: str, *, actor: Actor) -> None:
    """Open the books of a year with the accounts of a decree, by its code; all periods are open.

    :raises Refused: with every reason; the books are then not open.
    """
    require(actor, OPEN_BOOKS)
    decree: int | None = None
    with suppress(NotThere):
        decree = nomenclature.decree_by_code(accounts).id
    exists = Books.objects.filter(pk=year).exists()
    _refuse(rules.may_open(year, exists=exists, known=decree is not None))
    assert decree is not None
    books = Books.objects.create(
        year=year, accounts_id=decree, opened_at=actor.at, opened_by_id=actor.person_id
    )
    Period.objects.bulk_create(
        Period(id=year * 100 + month, books=books, month=month)
        for month in range(OPENING, CLOSING + 1)
    )


@transaction.atomic
def close_month(year: int, month: int, *, today: date, actor: Actor) -> None:
    """Close a period, 1 to 12 or 13 for the adjustments; nothing is booked into it any more.

    It waits for whoever books into it just now; ``today`` is the city's.

    :raises NotThere: when the books are not open or have no such period.
    :raises Refused: before its end, before the months before it, or when it is closed.
    """
    require(actor, CLOSE_PERIOD)
    periods = Period.objects.select_for_update().filter(books=year, month__range=(1, 13))
    states = {one.month: one.closed_at is not None for one in periods.order_by("pk")}
    if month not in states:
        raise NotThere(f"period {month} of {year}")
    _refuse(rules.may_close(year, month, states, today))
    Period.objects.filter(books=year, month=month).update(
        closed_at=actor.at, closed_by_id=actor.person_id
    )


def _refuse(reasons: list[Reason]) -> None:
    if reasons:
        raise Refused(reasons)
