"""Which budget year a page shows: the menu leads to the latest one, tabs lead to the others."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kawal.budget import queries
from kawal.regions.views.guard import View, for_those_who
from kawal.ui import pages


def budget_years() -> list[int]:
    """Return the years that were opened, the latest first."""
    return [one.year for one in queries.years()]


def newest_of(act: str, address: str, title: str) -> View:
    """Return a view that goes to a page of the latest budget year, for those who may do an act.

    ``title`` is a msgid: the page that says that no year was opened yet bears it.
    """

    @for_those_who(act)
    @require_safe
    def newest(request: HttpRequest) -> HttpResponse:
        years = budget_years()
        if years:
            return redirect(address, years[0])
        return pages.render(request, "budget/no_year.jinja", {"title": _(title)})

    return newest
