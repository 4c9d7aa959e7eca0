"""Pages of incidents: the list, one incident with its timeline, and what people do with it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kawal.identity import access
from kawal.kernel.refusals import Refused
from kawal.monitoring import actions, incident_rules, presenters, queries
from kawal.monitoring.facts import IncidentFacts, IncidentState, Severity
from kawal.monitoring.forms.fields import Choices, refuse
from kawal.monitoring.forms.incidents import (
    AssignForm,
    NoteForm,
    OpenForm,
    ReopenForm,
    ResolveForm,
)
from kawal.monitoring.overviews import IncidentFilter
from kawal.monitoring.permissions import RESPOND
from kawal.monitoring.views.desk import (
    FORM,
    Reader,
    agency_names,
    officer,
    page,
    people_names,
    whole,
)
from kawal.regions import permissions
from kawal.regions import queries as regions
from kawal.regions.facts import Role

Act = Callable[[Form, IncidentFacts, Reader], object]


@officer()
@require_safe
def incidents(request: HttpRequest, reader: Reader) -> HttpResponse:
    """List the incidents that the reader may see; what nobody took comes first."""
    asked = _asked(request)
    found = queries.incidents(asked, reader.scope, request.GET.get("page", 1))
    context = {
        "found": found,
        "asked": asked,
        "agencies": reader.agencies(),
        "names": agency_names((one.agency_id for one in found), reader.today),
        "people": people_names(one.assignee_id for one in found),
        "may_open": reader.may_anywhere(RESPOND),
    }
    return page(request, reader, "incidents", context)


def _asked(request: HttpRequest) -> IncidentFilter:
    severity, state = whole(request.GET.get("severity")), request.GET.get("state", "")
    return IncidentFilter(
        state=state if state in {"unresolved", *IncidentState} else "",
        severity=Severity(severity) if severity in set(Severity) else None,
        agency_id=whole(request.GET.get("agency")),
        application_id=whole(request.GET.get("application")),
        text=request.GET.get("q", "")[:100],
        sort=request.GET.get("sort", ""),
    )


@officer()
@require_safe
def incident(request: HttpRequest, reader: Reader, incident_id: int) -> HttpResponse:
    """Show one incident: what is wrong, who has it, what was done, and what to do next."""
    facts = queries.incident(incident_id, reader.scope)
    access.record(request, "incident.seen", "incident", facts.id)
    return _incident(request, reader, facts)


def _incident(
    request: HttpRequest,
    reader: Reader,
    facts: IncidentFacts,
    status: int = 200,
    **typed: Form,
) -> HttpResponse:
    events = queries.timeline(facts.id)
    people = people_names(
        [facts.assignee_id, facts.acknowledged_by_id, facts.resolved_by_id]
        + [one for event in events for one in (event.by_id, event.person_id)]
    )
    may_respond = reader.may(RESPOND, facts.agency_id)
    checks = queries.checks_of(facts.application_id)
    forms = {
        "assign": AssignForm(people=_responders(facts.agency_id, reader) if may_respond else ()),
        "note": NoteForm(),
        "resolve": ResolveForm(),
        "reopen": ReopenForm(),
    }
    context: dict[str, Any] = {
        "incident": facts,
        "agency": regions.agency(facts.agency_id, reader.today),
        "light": queries.application_light(facts.application_id),
        "checks": checks,
        "people": people,
        "events": presenters.timeline(events, people),
        "forms": forms | typed,
        "may_respond": may_respond,
        "not_taken": incident_rules.acknowledgement_refusals(facts),
        "failing": [
            one
            for one in incident_rules.resolution_refusals(facts, "-----", checks)
            if one.code == "incident.still_failing"
        ],
        "presenters": presenters,
    }
    return page(request, reader, "incident", context, status)


def _responders(agency_id: int, reader: Reader) -> Choices:
    """Return who may act on an agency's incidents, with his post."""
    on, here = reader.today, agency_id
    found: dict[int, str] = {}
    while here:
        for role in (Role.OPERATOR_OPD, Role.PA):
            found |= dict.fromkeys(regions.holders(role, here, on), role.short)
        here = regions.agency(here, on).parent_id or 0
    for role in (Role.OPERATOR_PUSAT_KENDALI, Role.SEKDA):
        found |= dict.fromkeys(regions.holders(role, None, on), role.short)
    names = people_names(found)
    return [(one, f"{names[one]} ({found[one]})") for one in sorted(found, key=names.__getitem__)]


def _act(
    request: HttpRequest, reader: Reader, incident_id: int, name: str, form: Form, act: Act
) -> HttpResponse:
    """Do an act on an incident; refused, the page comes back with what was typed and why."""
    facts = queries.incident(incident_id, reader.scope)
    if form.is_valid():
        try:
            act(form, facts, reader)
        except Refused as refused:
            refuse(form, refused.reasons)
        else:
            access.record(request, f"incident.{name}", "incident", facts.id)
            return redirect("monitoring:incident", facts.id)
    return _incident(request, reader, facts, 422, **{name: form})


@officer(RESPOND)
@require_POST
def acknowledge(request: HttpRequest, reader: Reader, incident_id: int) -> HttpResponse:
    """Take an incident."""
    facts = queries.incident(incident_id, reader.scope)
    try:
        actions.acknowledge_incident(facts.id, actor=reader.actor)
    except Refused as refused:
        form = Form({})
        refuse(form, refused.reasons)
        return _incident(request, reader, facts, 422, acknowledge=form)
    messages.success(request, _("Insiden ini sekarang Anda tangani."))
    return redirect("monitoring:incident", facts.id)


@officer(RESPOND)
@require_POST
def assign(request: HttpRequest, reader: Reader, incident_id: int) -> HttpResponse:
    """Give an incident to somebody."""
    facts = queries.incident(incident_id, reader.scope)
    form = AssignForm(request.POST, people=_responders(facts.agency_id, reader))
    return _act(request, reader, incident_id, "assign", form, _assign)


def _assign(form: Form, facts: IncidentFacts, reader: Reader) -> object:
    values = form.cleaned_data
    return actions.assign_incident(
        facts.id, values["assignee"], text=values["text"], actor=reader.actor
    )


@officer(RESPOND)
@require_POST
def note(request: HttpRequest, reader: Reader, incident_id: int) -> HttpResponse:
    """Add a note."""
    return _act(request, reader, incident_id, "note", NoteForm(request.POST), _note)


def _note(form: Form, facts: IncidentFacts, reader: Reader) -> object:
    text = form.cleaned_data["text"]
    return actions.comment_incident(facts.id, text=text, actor=reader.actor)


@officer(RESPOND)
@require_POST
def resolve(request: HttpRequest, reader: Reader, incident_id: int) -> HttpResponse:
    """End an incident."""
    return _act(request, reader, incident_id, "resolve", ResolveForm(request.POST), _resolve)


def _resolve(form: Form, facts: IncidentFacts, reader: Reader) -> object:
    cause = form.cleaned_data["cause"]
    return actions.resolve_incident(facts.id, cause=cause, actor=reader.actor)


@officer(RESPOND)
@require_POST
def reopen(request: HttpRequest, reader: Reader, incident_id: int) -> HttpResponse:
    """Open an ended incident again."""
    return _act(request, reader, incident_id, "reopen", ReopenForm(request.POST), _reopen)


def _reopen(form: Form, facts: IncidentFacts, reader: Reader) -> object:
    why = form.cleaned_data["text"]
    return actions.reopen_incident(facts.id, why=why, actor=reader.actor)


@officer(RESPOND)
@require_http_methods(FORM)
def open_one(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Open an incident by hand."""
    mine = permissions.scope(reader.actor, RESPOND)
    form = OpenForm(
        request.POST or None,
        initial={"application": whole(request.GET.get("application"))},
        applications=queries.application_names(mine),
    )
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            made = actions.open_incident(values.pop("application"), actor=reader.actor, **values)
        except Refused as refused:
            refuse(form, refused.reasons)
        else:
            messages.success(
                request, _("Insiden dibuka. Yang bertanggung jawab sudah diberi tahu.")
            )
            return redirect("monitoring:incident", made.id)
    return page(request, reader, "incident_open", {"form": form}, 422 if form.errors else 200)
