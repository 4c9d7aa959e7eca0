"""Pages on published budgets: who closes, and one beside our own."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from kawal.budget.permissions import SEE_VERSIONS
from kawal.budget.queries import published as queries
from kawal.regions.views.guard import for_those_who
from kawal.ui import pages


@for_those_who(SEE_VERSIONS)
@require_safe
def published(request: HttpRequest) -> HttpResponse:
    """List the published budgets of a year; those that do not close come first."""
    years = queries.published_years()
    asked = request.GET.get("tahun", "")
    year = int(asked) if asked.isdigit() and int(asked) in years else (years or [0])[0]
    rows = queries.published_budgets(year)
    context = {
        "years": years,
        "year": year,
        "rows": rows,
        "open": sum(not one.closing.closes for one in rows),
    }
    return pages.render(request, "budget/published.jinja", context)


@for_those_who(SEE_VERSIONS)
@require_safe
def published_budget(request: HttpRequest, budget_id: int) -> HttpResponse:
    """Show one published budget by jenis, beside our own newest version of that year."""
    budget = queries.published_budget(budget_id)
    rows = queries.beside_our_own(budget.id, budget.year)
    context = {
        "budget": budget,
        "rows": rows,
        "has_own": any(row.own is not None for row in rows),
        "told": {one.jenis: one for one in queries.published_amounts(budget.id)},
    }
    return pages.render(request, "budget/published_budget.jinja", context)
