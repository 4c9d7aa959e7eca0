"""Pages on the funds left: by agency, sheet and line, a line's movements, all lines as a file."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from kawal.budget import permissions, queries
from kawal.budget.facts import MOVEMENT_LABELS, Execution, LineFunds
from kawal.budget.presenters import cash, funds_lists
from kawal.budget.queries.execution import together
from kawal.budget.queries.years import above
from kawal.budget.views.which_year import budget_years, newest_of
from kawal.budget.views.workbook_file import as_workbook
from kawal.identity import queries as identity
from kawal.kernel.refusals import NotThere
from kawal.kernel.words import N_
from kawal.regions import queries as regions
from kawal.regions.middleware import actor_of
from kawal.regions.permissions import may, scope
from kawal.regions.views.guard import for_those_who
from kawal.ui import pages

SEE = permissions.SEE_FUNDS
SHOWN = 200  # movements of a line on its page

newest_funds = newest_of(SEE, "budget:funds", N_("Sisa dana"))


@for_those_who(SEE)
@require_safe
def funds(request: HttpRequest, year: int) -> HttpResponse:
    """List what each agency that the reader sees has, with all its units."""
    queries.year(year)
    actor = actor_of(request)
    on, units, reach = regions.today(actor.at), queries.standing(year), scope(actor, SEE)
    groups: dict[int, list[Execution]] = {}
    for unit, one in queries.unit_execution(year, on).items():
        if unit in reach and unit in units:
            groups.setdefault(above(unit, units)[-1], []).append(one)
    rows = [(units[top], together(top, parts)) for top, parts in groups.items() if top in units]
    context = {
        "year": year,
        "years": budget_years(),
        "on": on,
        "rows": sorted(rows, key=lambda row: row[0].code),
        "total": together(0, (row[1] for row in rows)),
    }
    return pages.render(request, "budget/funds.jinja", context)


@for_those_who(SEE)
@require_safe
def agency_funds(request: HttpRequest, year: int, agency_id: int) -> HttpResponse:
    """List the sheets of an agency and its units, and its year month by month."""
    queries.year(year)
    actor = actor_of(request)
    units = queries.standing(year)
    seen = [unit for unit in queries.agency_units(year, agency_id) if unit in scope(actor, SEE)]
    if agency_id not in units or not seen:
        raise NotThere(f"agency {agency_id}")
    sheets = queries.sheets_left(year, seen, regions.today(actor.at))
    context = {
        "year": year,
        "agency": units[agency_id],
        "units": units,
        "rows": sheets,
        "total": together(agency_id, (sheet.sums for sheet in sheets)),
        "of_year": queries.months_of_year(year, seen),
        "months": cash.month_names(),
    }
    return pages.render(request, "budget/agency_funds.jinja", context)


@for_those_who(SEE)
@require_safe
def sheet_funds(request: HttpRequest, year: int, sheet_id: int) -> HttpResponse:
    """List what the lines of a sheet have."""
    actor = actor_of(request)
    lines = queries.lines_left(year, regions.today(actor.at), sheet_id=sheet_id)
    if not lines or not may(actor, SEE, lines[0].unit_id):
        raise NotThere(f"sheet {sheet_id}")
    units = queries.standing(year)
    top = above(lines[0].unit_id, units)[-1]
    context = {
        "year": year,
        "unit": units[lines[0].unit_id],
        "agency": units[top],
        "rows": lines,
        "total": together(0, (line.sums for line in lines)),
    }
    return pages.render(request, "budget/sheet_funds.jinja", context)


@for_those_who(SEE)
@require_safe
def line_funds(request: HttpRequest, line_id: int) -> HttpResponse:
    """Show what a line has, and every movement with its paper."""
    actor = actor_of(request)
    year = queries.year_of_line(line_id)
    line = queries.line_left(line_id, year, regions.today(actor.at))
    if not may(actor, SEE, line.unit_id):
        raise NotThere(f"line {line_id}")
    moved = [one for one, _place in zip(queries.movements(line_id), range(SHOWN), strict=False)]
    context = {
        "line": line,
        "unit": queries.standing(year)[line.unit_id],
        "movements": moved,
        "is_cut": len(moved) == SHOWN,
        "labels": MOVEMENT_LABELS,
        "names": identity.names(one.person_id for one in moved if one.person_id),
    }
    return pages.render(request, "budget/line_funds.jinja", context)


@for_those_who(SEE)
@require_safe
def download_funds(request: HttpRequest, year: int) -> HttpResponse:
    """Give every line that the reader sees as CSV, with amounts that a program reads."""
    rows = funds_lists.as_csv(*_all_lines(request, year))
    answer = HttpResponse("".join(rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="sisa-dana-{year}.csv"'
    return answer


@for_those_who(SEE)
@require_safe
def funds_workbook(request: HttpRequest, year: int) -> HttpResponse:
    """Give the same lines as a workbook."""
    lines, units = _all_lines(request, year)
    return as_workbook(
        f"sisa-dana-{year}.xlsx", lambda path: funds_lists.write_workbook(path, lines, units)
    )


def _all_lines(request: HttpRequest, year: int) -> tuple[list[LineFunds], funds_lists.Units]:
    """Return every line that the reader sees, and the codes and names of the units by id."""
    queries.year(year)
    actor = actor_of(request)
    reach = scope(actor, SEE).only
    lines = queries.lines_left(year, regions.today(actor.at), unit_ids=reach)
    return lines, {unit: (one.code, one.name) for unit, one in queries.standing(year).items()}
