"""The home of the budget: its years, how far each plan is, what waits for the reader."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kawal.budget import actions, queries
from kawal.budget.facts import RevisionState, SheetKind, SheetRow
from kawal.budget.forms.ceilings import YearForm
from kawal.budget.permissions import OPEN_YEAR, SEE_CEILINGS, SEE_RKA, VERIFY_RKA
from kawal.budget.presenters.plan import states, waiting
from kawal.kernel.refusals import Refused
from kawal.nomenclature import queries as nomenclature
from kawal.regions.facts import Actor
from kawal.regions.middleware import actor_of
from kawal.regions.permissions import scope
from kawal.regions.views.guard import FORM_METHODS, REFUSED, for_those_who
from kawal.ui import pages


@for_those_who(SEE_RKA)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show each year's plan as far as the reader sees it, and what waits for him."""
    actor = actor_of(request)
    context = {
        "years": [_year(one.year, actor) for one in queries.years()],
        "may_open": bool(scope(actor, OPEN_YEAR)),
        "may_see_ceilings": bool(scope(actor, SEE_CEILINGS)),
        "may_verify": bool(scope(actor, VERIFY_RKA)),
    }
    return pages.render(request, "budget/home.jinja", context)


@for_those_who(OPEN_YEAR)
@require_http_methods(FORM_METHODS)
def open_year(request: HttpRequest) -> HttpResponse:
    """Open a budget year with the decrees whose codes it uses."""
    decrees = [(one.code, one.title) for one in nomenclature.decrees()]
    form = YearForm(request.POST or None, decrees=decrees)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            actions.open_year(typed.pop("year"), **typed, actor=actor_of(request))
        except Refused as refusal:
            form.refuse(refusal.reasons)
        else:
            messages.success(request, _("Tahun anggaran dibuka. Tetapkan pagunya."))
            return redirect("budget:home")
    status = REFUSED if form.errors else 200
    return pages.render(request, "budget/open_year.jinja", {"form": form}, status)


def _year(year: int, actor: Actor) -> dict[str, Any]:
    reach = scope(actor, SEE_RKA)
    rows = queries.sheets(year, unit_ids=reach.only)
    counts = states(rows)
    return {
        "year": year,
        "tasks": waiting(year, rows, actor),
        "sheets": len(rows),
        "drafts": counts[RevisionState.DRAFT],
        "submitted": counts[RevisionState.SUBMITTED],
        "verified": counts[RevisionState.VERIFIED] + counts[RevisionState.SEALED],
        "planned": _sum(rows),
        "ceiling": sum((row.ceiling or Decimal(0) for row in rows), Decimal("0.00")),
        "balance": queries.balance(year) if reach.everything else None,
    }


def _sum(rows: list[SheetRow]) -> Decimal:
    spent = (row.total for row in rows if row.kind is SheetKind.SPENDING)
    return sum(spent, Decimal("0.00"))
