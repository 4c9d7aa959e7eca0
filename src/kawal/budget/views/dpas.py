"""Pages on DPA: the list of a year, one DPA with its steps."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kawal.budget import actions, permissions, queries
from kawal.budget.actions.dpa import ACTS
from kawal.budget.facts import DpaFacts, DpaState
from kawal.budget.presenters.dpa import BUTTONS, dpa_line, signers, tasks
from kawal.budget.presenters.versions import shown, version_line
from kawal.budget.queries.dpa import (
    enacted_differences,
    is_superseded,
    newest_for_dpa,
    units_of_skpd,
)
from kawal.budget.rules import dpa as rules
from kawal.budget.views.reach import agencies_within, within
from kawal.budget.views.which_year import budget_years, newest_of
from kawal.identity import queries as identity
from kawal.kernel.refusals import NotThere, Reason, Refused
from kawal.kernel.words import N_
from kawal.regions.facts import Actor
from kawal.regions.middleware import actor_of
from kawal.regions.permissions import may
from kawal.regions.views.guard import FORM_METHODS, for_those_who, refused_status
from kawal.ui import pages

STEPS: dict[DpaState, Callable[..., Any]] = {
    DpaState.SIGNED: actions.sign_dpa,
    DpaState.VERIFIED: actions.verify_dpa,
    DpaState.APPROVED: actions.approve_dpa,
    DpaState.RATIFIED: actions.ratify_dpa,
}

newest = newest_of(permissions.SEE_DPA, "budget:dpa_list", N_("DPA"))


@for_those_who(permissions.SEE_DPA)
@require_http_methods(FORM_METHODS)
def dpa_list(request: HttpRequest, year: int) -> HttpResponse:
    """List the DPA that the reader sees, and who owes one; a PPTK or PA makes it."""
    queries.year(year)
    if request.method == "GET":
        return _list_page(request, year)
    version, agency = newest_for_dpa(year), request.POST.get("agency", "")
    if version is None or not agency.isdigit():
        raise NotThere(f"DPA of {agency} in {year}")
    try:
        made = actions.make_dpa(version, int(agency), actor=actor_of(request))
    except Refused as refused:
        return _list_page(request, year, refused.reasons)
    messages.success(request, _("DPA disusun."))
    return redirect("budget:dpa", made)


@for_those_who(permissions.SEE_DPA)
@require_http_methods(FORM_METHODS)
def dpa(request: HttpRequest, dpa_id: int) -> HttpResponse:
    """Show a DPA with its steps; whose turn it is takes the next."""
    found = queries.dpa(dpa_id)
    reach = within(request, permissions.SEE_DPA)
    if reach is not None and found.agency_id not in reach:
        raise NotThere(f"DPA {dpa_id}")
    if request.method == "GET":
        return _page(request, found)
    step = rules.next_step(found)
    if step is None or request.POST.get("step") != step.value:
        return _page(request, found, rules.overtaken())
    try:
        STEPS[step](dpa_id, actor=actor_of(request))
    except Refused as refused:
        return _page(request, found, refused.reasons)
    messages.success(request, _("Langkah tercatat."))
    return redirect("budget:dpa", dpa_id)


def _list_page(request: HttpRequest, year: int, reasons: Iterable[Reason] = ()) -> HttpResponse:
    actor, reach = actor_of(request), within(request, permissions.SEE_DPA)
    agencies = agencies_within(year, reach)
    found = queries.dpas(year, agency_ids=[one.id for one in agencies])
    newest_version, owing = newest_for_dpa(year), set(queries.owing(year))
    begun = {one.agency_id for one in found if one.version_id == newest_version}
    context = {
        "year": year,
        "years": budget_years(),
        "version": queries.version(newest_version) if newest_version else None,
        "lines": [dpa_line(one) for one in found],
        "agencies": {one.id: one for one in queries.standing(year).values()},
        "owing": [one for one in agencies if one.id in owing],
        "makers": {one.id for one in agencies if one.id not in begun and _may_make(actor, one.id)},
        "reasons": tuple(reasons),
    }
    return pages.render(request, "budget/dpa_list.jinja", context, refused_status(request))


def _may_make(actor: Actor, agency_id: int) -> bool:
    return any(may(actor, act, agency_id) for act in (permissions.DRAFT_DPA, permissions.SIGN_DPA))


def _page(request: HttpRequest, found: DpaFacts, reasons: Iterable[Reason] = ()) -> HttpResponse:
    actor, step = actor_of(request), rules.next_step(found)
    units = units_of_skpd(found.agency_id, found.year)
    gone = is_superseded(found.version_id, found.year, units)
    may_step = step is not None and may(actor, ACTS[step], found.agency_id)
    nodes = queries.tree(found.version_id, unit_ids=units)
    names = identity.names(signers([found]))
    context = {
        "line": dpa_line(found),
        "agency": queries.standing(found.year).get(found.agency_id),
        "version": version_line(queries.version(found.version_id), {}),
        "tasks": tasks(found, names),
        "step": step,
        "button": _(BUTTONS[step]) if step and may_step else "",
        "against": rules.step(found, step, person=actor.person_id, is_superseded=gone)
        if step and may_step
        else (),
        "moves": len(enacted_differences(found.version_id, found.year, units)) if step else 0,
        "nodes": shown(nodes, ""),
        "is_superseded": gone,
        "reasons": tuple(reasons),
    }
    return pages.render(request, "budget/dpa.jinja", context, refused_status(request))
