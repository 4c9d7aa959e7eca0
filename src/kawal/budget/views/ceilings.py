"""Ceilings of a year: the list with what is planned against each, and a round to set."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kawal.budget import actions, queries
from kawal.budget.facts import CeilingDraft, CeilingFacts
from kawal.budget.forms.ceilings import CeilingsForm
from kawal.budget.permissions import SEE_CEILINGS, SET_CEILINGS
from kawal.budget.views.which_year import budget_years
from kawal.kernel.refusals import Reason, Refused
from kawal.regions.middleware import actor_of
from kawal.regions.permissions import scope
from kawal.regions.views.guard import FORM_METHODS, REFUSED, for_those_who
from kawal.ui import pages

A_PAGE = 50


@for_those_who(SEE_CEILINGS)
@require_safe
def ceilings(request: HttpRequest, year: int) -> HttpResponse:
    """List the ceilings that the reader may see, whole units first, with what they still have."""
    queries.year(year)
    actor = actor_of(request)
    every = queries.ceilings(year, unit_ids=scope(actor, SEE_CEILINGS).only)
    units = sorted({(one.unit_name, str(one.unit_id)) for one in every})
    chosen = request.GET.get("unit", "")
    found = [one for one in every if chosen in ("", str(one.unit_id))]
    if request.GET.get("over"):
        found = [one for one in found if one.left < 0]
    context = {
        "year": year,
        "years": budget_years(),
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "units": [(unit, name) for name, unit in units],
        "chosen": chosen,
        "over": bool(request.GET.get("over")),
        "sums": _sums(every),
        "round": queries.last_round(year),
        "may_set": bool(scope(actor, SET_CEILINGS)),
    }
    return pages.render(request, "budget/ceilings.jinja", context)


@for_those_who(SET_CEILINGS)
@require_http_methods(FORM_METHODS)
def set_ceilings(request: HttpRequest, year: int) -> HttpResponse:
    """Set a round of ceilings pasted from a spreadsheet; refused, all that was typed stays."""
    queries.year(year)
    form = CeilingsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            number = _set(year, form, request)
        except Refused as refusal:
            form.refuse(refusal.reasons)
        else:
            messages.success(request, _("Pagu putaran %(n)s ditetapkan.") % {"n": number})
            return redirect("budget:ceilings", year)
    context = {"year": year, "form": form, "round": queries.last_round(year) + 1}
    status = REFUSED if form.errors else 200
    return pages.render(request, "budget/ceilings_set.jinja", context, status)


def _set(year: int, form: CeilingsForm, request: HttpRequest) -> int:
    found = queries.ceiling_drafts(year, [one.ceiling for one in form.typed])
    unknown = [
        Reason(reason.code, reason.text, f"rows.{place}.{reason.at}", values=reason.values)
        for place, (_draft, reasons) in enumerate(found)
        for reason in reasons
    ]
    if unknown:
        raise Refused(unknown)
    drafts = [draft for draft, _reasons in found if isinstance(draft, CeilingDraft)]
    return actions.set_ceilings(
        year,
        drafts,
        agreement_number=form.cleaned_data["agreement_number"],
        agreement_date=form.cleaned_data["agreement_date"],
        actor=actor_of(request),
    )


def _sums(rows: list[CeilingFacts]) -> dict[str, Any]:
    parts = [one for one in rows if one.activity_id and not one.fund_id]
    return {
        "ceiling": sum((one.amount for one in parts), Decimal("0.00")),
        "planned": sum((one.planned for one in parts), Decimal("0.00")),
        "over": sum(one.left < 0 for one in rows),
        "count": len(parts),
    }
