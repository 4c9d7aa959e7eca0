"""Pages on break-glass: what is lent now, what is asked for, and what was."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kawal.identity import access
from kawal.identity import queries as identity
from kawal.kernel.refusals import Refused
from kawal.regions import actions, acts, queries, rules
from kawal.regions.facts import Role
from kawal.regions.forms import BreakGlassForm
from kawal.regions.middleware import actor_of
from kawal.regions.permissions import may
from kawal.regions.views.guard import FORM_METHODS, REFUSED, for_those_who, page, refused_status


@for_those_who(acts.SEE_EMERGENCIES)
@require_safe
def emergencies(request: HttpRequest) -> HttpResponse:
    """List the requests for emergency power, with what this reader may do about each."""
    return _page(request)


@for_those_who(acts.BREAK_GLASS)
@require_http_methods(FORM_METHODS)
def ask(request: HttpRequest) -> HttpResponse:
    """Choose a person, then ask that he be lent a role for some hours."""
    actor = actor_of(request)
    chosen = request.GET.get("orang", "")
    if not chosen.isdigit():
        text = request.GET.get("cari", "")
        people = identity.find_people(text, 30) if text else []
        access.record(request, "people.listed")
        return page(request, "choose_person", people=people, text=text, next="regions:ask")
    person = identity.person(int(chosen))
    agencies = queries.agencies(queries.today(actor.at))
    form = BreakGlassForm(request.POST or None, agencies=agencies)
    if request.method == "GET":
        return page(request, "ask", form=form, person=person, reasons=())
    if not form.is_valid():
        return page(request, "ask", REFUSED, form=form, person=person, reasons=())
    try:
        actions.ask_break_glass(
            person_id=person.id,
            role=Role(form.value("role")),
            reason=form.value("reason"),
            length=form.length(),
            agency_id=form.number("agency"),
            actor=actor,
        )
    except Refused as refused:
        return page(request, "ask", REFUSED, form=form, person=person, reasons=refused.reasons)
    messages.success(request, _("Permintaan tercatat; pengelola lain membukanya dalam satu jam."))
    return redirect("regions:emergencies")


@for_those_who(acts.BREAK_GLASS)
@require_POST
def answer(request: HttpRequest, request_id: int) -> HttpResponse:
    """Grant another administrator's request, or end what is lent."""
    grant = request.POST.get("jawaban") == "buka"
    act = actions.grant_break_glass if grant else actions.end_break_glass
    try:
        act(request_id, actor=actor_of(request))
    except Refused as refused:
        return _page(request, refused.reasons)
    said = _("Akses darurat dibuka.") if grant else _("Akses darurat diakhiri.")
    messages.success(request, said)
    return redirect("regions:emergencies")


def _page(request: HttpRequest, reasons: Any = ()) -> HttpResponse:
    actor = actor_of(request)
    found = queries.emergencies()
    people = {p for e in found for p in (e.person_id, e.asked_by, e.granted_by) if p}
    agencies = {e.agency_id for e in found if e.agency_id is not None}
    refused = {
        one.id: rules.granting_refusals(one, granter_id=actor.person_id or 0, at=actor.at)
        for one in found
        if one.granted_at is None and one.closed_at is None
    }
    return page(
        request,
        "emergencies",
        refused_status(request),
        reasons=reasons,
        found=found,
        names=identity.names(people),
        agencies=queries.last_agency_names(agencies),
        refused=refused,
        now=actor.at,
        may_break=may(actor, acts.BREAK_GLASS),
    )
