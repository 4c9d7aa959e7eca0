"""Pages on appointments: what waits, what holds, and each one's way from proposal to end."""

from collections.abc import Iterable
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kawal.identity import access
from kawal.identity import queries as identity
from kawal.kernel.refusals import NotThere, Reason, Refused
from kawal.regions import actions, acts, presenters, queries, rules
from kawal.regions.facts import (
    Actor,
    AppointmentRecord,
    AppointmentState,
    Role,
    Scope,
)
from kawal.regions.forms import AppointmentForm, EndingForm
from kawal.regions.middleware import actor_of
from kawal.regions.permissions import may, scope
from kawal.regions.roles import BY_BUDGET_USER
from kawal.regions.views.guard import FORM_METHODS, REFUSED, for_those_who, page, refused_status

TABS = {
    "menunggu": AppointmentState.PROPOSED,
    "berlaku": None,
    "ditolak": AppointmentState.REJECTED,
    "berakhir": AppointmentState.ENDED,
}
A_PAGE = 30


@for_those_who(acts.SEE_APPOINTMENTS)
@require_safe
def appointments(request: HttpRequest) -> HttpResponse:
    """List the appointments within the reader's scope, by where they stand."""
    actor = actor_of(request)
    today = queries.today(actor.at)
    tab = request.GET.get("tab", "menunggu")
    tab = tab if tab in TABS else "menunggu"
    on = today if TABS[tab] is None else None
    rows = queries.appointments(scope(actor, acts.SEE_APPOINTMENTS), state=TABS[tab], on=on)
    found = Paginator(rows, A_PAGE).get_page(request.GET.get("page", "1"))
    records = [row.as_record() for row in found]
    return page(
        request,
        "appointments",
        tab=tab,
        tabs=list(TABS),
        lines=_lines(records, today),
        found=found,
        may_propose=bool(scope(actor, acts.PROPOSE)),
    )


@login_required
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Show the reader's own appointments, those over and those to come too."""
    actor = actor_of(request)
    today = queries.today(actor.at)
    rows = queries.appointments(Scope(everything=True), person_id=actor.person_id)
    lent = [held for held in actor.appointments if held.emergency]
    records = [row.as_record() for row in rows]
    return page(request, "my_appointments", lines=_lines(records, today), lent=lent)


@for_those_who(acts.SEE_APPOINTMENTS)
@require_safe
def appointment(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """Show one appointment, its steps, and what this reader may do with it."""
    record = _record(request, appointment_id)
    access.record(request, "appointment.seen", "appointment", appointment_id)
    return _page(request, record)


@for_those_who(acts.PROPOSE)
@require_http_methods(FORM_METHODS)
def propose(request: HttpRequest) -> HttpResponse:
    """Choose a person, then propose an appointment for him."""
    actor = actor_of(request)
    chosen = request.GET.get("orang", "")
    if not chosen.isdigit():
        text = request.GET.get("cari", "")
        people = identity.find_people(text, 30) if text else []
        access.record(request, "people.listed")
        return page(request, "choose_person", people=people, text=text, next="regions:propose")
    person = identity.person(int(chosen))
    form = _proposal_form(request, actor)
    if request.method == "GET":
        return page(request, "propose", form=form, person=person, reasons=())
    if not form.is_valid():
        return page(request, "propose", REFUSED, form=form, person=person, reasons=())
    try:
        record = actions.propose_appointment(form.draft(person.id), actor=actor)
    except Refused as refused:
        return page(request, "propose", REFUSED, form=form, person=person, reasons=refused.reasons)
    messages.success(request, _("Penunjukan diusulkan; orang kedua memutuskannya."))
    return redirect("regions:appointment", record.id)


@for_those_who(acts.DECIDE)
@require_POST
def decide(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """Approve or reject a proposal of somebody else."""
    record = _record(request, appointment_id)
    approve = request.POST.get("keputusan") == "setuju"
    act = actions.approve_appointment if approve else actions.reject_appointment
    try:
        act(appointment_id, actor=actor_of(request), note=request.POST.get("note", "")[:500])
    except Refused as refused:
        return _page(request, record, refused.reasons)
    said = _("Penunjukan disetujui.") if approve else _("Usulan ditolak.")
    messages.success(request, said)
    return redirect("regions:appointment", appointment_id)


@for_those_who(acts.END)
@require_POST
def end(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """End an appointment on a day."""
    record = _record(request, appointment_id)
    form = EndingForm(request.POST)
    if not form.is_valid():
        return _page(request, record, form=form)
    try:
        actions.end_appointment(
            appointment_id,
            last_day=form.value("last_day"),
            actor=actor_of(request),
            note=form.value("note"),
        )
    except Refused as refused:
        return _page(request, record, refused.reasons, form)
    messages.success(request, _("Akhir penunjukan tercatat."))
    return redirect("regions:appointment", appointment_id)


def _record(request: HttpRequest, appointment_id: int) -> AppointmentRecord:
    """Return an appointment that the reader may see.

    :raises NotThere: when there is none within his scope.
    """
    record = queries.appointment(appointment_id)
    if record.draft.agency_id not in scope(actor_of(request), acts.SEE_APPOINTMENTS):
        raise NotThere(f"appointment {appointment_id}")
    return record


def _page(
    request: HttpRequest,
    record: AppointmentRecord,
    reasons: Iterable[Reason] = (),
    form: EndingForm | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    today = queries.today(actor.at)
    draft = record.draft
    people = {step.by for step in record.steps if step.by is not None}
    names = identity.names({draft.person_id, *people})
    may_decide, may_end = (
        may(actor, act, draft.agency_id, about=draft.role) for act in (acts.DECIDE, acts.END)
    )
    return page(
        request,
        "appointment",
        refused_status(request),
        record=record,
        line=_lines([record], today)[0],
        names=names,
        reasons=reasons,
        refused=rules.decision_refusals(record, decider_id=actor.person_id or 0),
        may_decide=may_decide and record.state is AppointmentState.PROPOSED,
        may_end=may_end and record.state is AppointmentState.MADE,
        form=form or EndingForm(initial={"last_day": today}),
    )


def _proposal_form(request: HttpRequest, actor: Actor) -> AppointmentForm:
    within = scope(actor, acts.PROPOSE)
    today = queries.today(actor.at)
    roles = list(Role) if within.everything else sorted(BY_BUDGET_USER, key=list(Role).index)
    return AppointmentForm(
        request.POST or None, roles=roles, agencies=queries.agencies(today, ids=within.only)
    )


def _lines(records: Iterable[AppointmentRecord], today: date) -> list[presenters.AppointmentLine]:
    records = list(records)
    names = identity.names(record.draft.person_id for record in records)
    ids = {r.draft.agency_id for r in records if r.draft.agency_id is not None}
    agencies = queries.last_agency_names(ids)
    return [presenters.appointment_line(r, names, agencies, today) for r in records]
