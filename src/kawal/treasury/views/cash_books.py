"""Pages on the treasurers' books: who holds what, one book to the end of any day, as CSV too."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from kawal.budget import queries as budget
from kawal.kernel.refusals import NotThere
from kawal.regions import queries as regions
from kawal.regions.facts import AgencyFacts
from kawal.regions.middleware import actor_of
from kawal.regions.permissions import may, scope
from kawal.regions.views.guard import for_those_who
from kawal.treasury import permissions
from kawal.treasury.facts.cash_books import CASH, NIL, EntryFacts, Purse
from kawal.treasury.presenters import cash_books as presenter
from kawal.treasury.queries import cash_books as queries
from kawal.treasury.queries.npd import up_limit
from kawal.ui import pages

SEE = permissions.SEE_CASH_BOOKS
SHOWN = 500  # entries of a book on its page, the newest; the file has all


@for_those_who(SEE)
@require_safe
def newest_cash_books(request: HttpRequest) -> HttpResponse:
    """Go to the latest budget year; say so when none was opened yet."""
    years = budget.years()
    if years:
        return redirect("treasury:cash_books", years[0].year)
    return pages.render(request, "treasury/no_year.jinja", {})


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the reader asked for: a unit's book to the end of a day."""

    unit: AgencyFacts
    book: str
    until: date
    entries: list[EntryFacts]


@for_those_who(SEE)
@require_safe
def cash_books(request: HttpRequest, year: int) -> HttpResponse:
    """List what each treasurer whom the reader sees holds now."""
    budget.year(year)
    reach = scope(actor_of(request), SEE)
    held = queries.all_balances(year)
    units = budget.standing(year)
    rows = [(units[unit], held[unit]) for unit in held if unit in reach and unit in units]
    context = {
        "year": year,
        "years": [one.year for one in budget.years()],
        "rows": sorted(rows, key=lambda row: row[0].code),
        "purses": list(Purse),
        "total": _sums(sums for _unit, sums in rows),
        "words": presenter,
    }
    return pages.render(request, "treasury/cash_books.jinja", context)


def _sums(parts: Iterable[Mapping[Purse, Decimal]]) -> dict[Purse, Decimal]:
    found = dict.fromkeys(Purse, NIL)
    for part in parts:
        for purse, amount in part.items():
            found[purse] += amount
    return found


@for_those_who(SEE)
@require_safe
def cash_book(request: HttpRequest, year: int, unit_id: int) -> HttpResponse:
    """Show a unit's BKU, or one of its helper books, to the end of a day."""
    chosen = _chosen(request, year, unit_id)
    context = {
        "year": year,
        "chosen": chosen,
        "books": presenter.BOOKS,
        "rows": chosen.entries[-SHOWN:],
        "is_cut": len(chosen.entries) > SHOWN,
        "limit": up_limit(year, unit_id),
        "closed": queries.last_closed(year, unit_id),
        "words": presenter,
    }
    return pages.render(request, "treasury/cash_book.jinja", context)


@for_those_who(SEE)
@require_safe
def cash_book_csv(request: HttpRequest, year: int, unit_id: int) -> HttpResponse:
    """Give the same book whole as CSV, with amounts that a program reads."""
    chosen = _chosen(request, year, unit_id)
    answer = HttpResponse(
        "".join(presenter.as_csv(chosen.entries)), content_type="text/csv; charset=utf-8"
    )
    name = f"{chosen.book}-{chosen.unit.code}-{chosen.until}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _chosen(request: HttpRequest, year: int, unit_id: int) -> Chosen:
    budget.year(year)
    actor = actor_of(request)
    units: Mapping[int, AgencyFacts] = budget.standing(year)
    if unit_id not in units or not may(actor, SEE, unit_id):
        raise NotThere(f"unit {unit_id}")
    asked = request.GET.get("buku", "")
    book = asked if asked in presenter.BOOKS else "bku"
    until = _day(request.GET.get("sampai", "")) or regions.today(actor.at)
    purses = CASH if book == "bku" else (Purse(book),)
    entries = queries.book(year, unit_id, until=until, purses=purses)
    return Chosen(units[unit_id], book, until, entries)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
