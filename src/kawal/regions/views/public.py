"""Public pages: the city's agencies and who holds their posts, once the module is opened."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from kawal.identity import queries as identity
from kawal.kernel.refusals import NotThere
from kawal.regions import presenters, queries
from kawal.regions.facts import Scope
from kawal.regions.middleware import actor_of
from kawal.regions.views.guard import page

MODULE = "regions"


def is_open(request: HttpRequest) -> bool:
    """Tell whether the public may see these pages."""
    return queries.is_open(MODULE)


@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """List the city's agencies for everybody."""
    _only_when_open()
    found = queries.agencies(queries.today(actor_of(request).at))
    return page(request, "public_agencies", rows=presenters.nested(found), opening=_opening())


@require_safe
def agency(request: HttpRequest, agency_id: int) -> HttpResponse:
    """Show an agency, its units and who holds which post: names and decrees, never numbers."""
    _only_when_open()
    today = queries.today(actor_of(request).at)
    rows = queries.appointments(Scope(everything=True), on=today, agency_id=agency_id)
    records = presenters.by_rank(row.as_record() for row in rows)
    names = identity.names(record.draft.person_id for record in records)
    return page(
        request,
        "public_agency",
        agency=queries.agency(agency_id, today),
        units=queries.units_of(agency_id, today),
        posts=[presenters.appointment_line(r, names, {}, today) for r in records],
        history=queries.agency_history(agency_id)[::-1],
    )


def _only_when_open() -> None:
    if not queries.is_open(MODULE):
        raise NotThere("pages of agencies")


def _opening() -> str:
    return next((o.decree for o in queries.opened_modules() if o.module == MODULE), "")
