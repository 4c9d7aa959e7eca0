"""The page of a sheet: its grid, the grid's rows by themselves, and what comes next."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader
from django.views.decorators.http import require_safe

from kawal.budget import queries
from kawal.budget.presenters import rka
from kawal.budget.presenters.rka_words import grid_words, keyboard, labels
from kawal.budget.views.rka_choice import funds_of, usual_fund
from kawal.budget.views.rka_desk import Desk, on_sheet, room_of
from kawal.budget.views.rka_next import next_steps
from kawal.kernel.refusals import Reason
from kawal.ui.formats import decimal_mark


@on_sheet
@require_safe
def sheet(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show a sheet; who drafts it writes in its grid."""
    return sheet_page(request, desk)


def sheet_page(
    request: HttpRequest, desk: Desk, reasons: tuple[Reason, ...] = (), status: int = 200
) -> HttpResponse:
    """Return the page of a sheet, with the reasons for which a step was refused."""
    more = grid_of(desk) | {
        "total": desk.content.total,
        "room": room_of(desk),
        "style": decimal_mark(),
        "words": grid_words(),
        "keyboard": keyboard(),
        "funds": funds_of(desk) if desk.writes else (),
        "fund_id": usual_fund(desk) if desk.writes else None,
        "steps": next_steps(desk),
        "shift": queries.shift_of(desk.revision.id),
        "reasons": reasons,
    }
    return desk.page(request, "rka_sheet", status, **more)


@on_sheet
@require_safe
def rows(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Return the rows of the grid as they are stored now, for its script."""
    return JsonResponse({"version": desk.revision.version, "html": rows_html(request, desk)})


def rows_html(request: HttpRequest, desk: Desk) -> str:
    """Return the grid's rows as HTML."""
    context = {"desk": desk, "sheet": desk.sheet} | grid_of(desk)
    html: str = loader.render_to_string("budget/rka_rows.jinja", context, request, using="jinja2")
    return html


def grid_of(desk: Desk) -> dict[str, object]:
    """Return what the template of the rows needs."""
    notes = queries.notes(desk.revision.id)
    return {
        "grid": rka.grid(desk.content.lines, notes),
        "labels": labels(),
    }
