"""The page of a year's papers: what may be downloaded, and which of it anybody can check."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from kawal.budget import permissions, queries
from kawal.budget.presenters.paper_list import (
    agency_lines,
    detail_lines,
    dpa_lines,
    spd_lines,
    version_lines,
)
from kawal.budget.queries.issued import detailed, issued_codes, planning_agencies
from kawal.budget.queries.years import standing
from kawal.budget.views.reach import within
from kawal.budget.views.which_year import budget_years, newest_of
from kawal.kernel.words import N_
from kawal.regions.views.guard import for_those_who
from kawal.ui import pages

newest_papers = newest_of(permissions.SEE_VERSIONS, "budget:papers", N_("Dokumen anggaran"))


@for_those_who(permissions.SEE_VERSIONS)
@require_safe
def year_papers(request: HttpRequest, year: int) -> HttpResponse:
    """List a year's papers, of the reader's agencies only."""
    queries.year(year)
    codes, units = issued_codes(year), standing(year)
    planned = within(request, permissions.SEE_RKA)
    context = {
        "year": year,
        "years": budget_years(),
        "versions": version_lines(queries.versions(year), codes),
        "details": detail_lines(detailed(year), units, within(request, permissions.SEE_VERSIONS)),
        "agencies": agency_lines(year, planning_agencies(year), units, planned),
        "dpas": dpa_lines(
            queries.dpas(year, agency_ids=within(request, permissions.SEE_DPA)), units, codes
        ),
        "spds": spd_lines(queries.spds(year, within(request, permissions.SEE_SPD)), units, codes),
    }
    return pages.render(request, "budget/papers.jinja", context)
