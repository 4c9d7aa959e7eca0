"""Pages of the inventory: the list, one application, its forms, what nobody uses."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kawal.identity import access
from kawal.kernel.refusals import Refused, StaleDraft
from kawal.monitoring import actions, presenters, queries
from kawal.monitoring.facts import ApplicationFacts, Criticality, Decision, State
from kawal.monitoring.forms.applications import (
    ApplicationForm,
    DecisionForm,
    WhyForm,
    initial_of,
)
from kawal.monitoring.forms.fields import Choices, refuse
from kawal.monitoring.overviews import ApplicationFilter
from kawal.monitoring.permissions import (
    AMEND,
    CONFIGURE,
    DECIDE,
    REGISTER,
    RESPOND,
    RETIRE,
)
from kawal.monitoring.views.desk import (
    FORM,
    Reader,
    agency_names,
    officer,
    options,
    page,
    people_names,
    whole,
)
from kawal.regions import queries as regions
from kawal.regions.facts import Role
from kawal.ui import formats

STRIP_DAYS = 90
OFFICERS = (Role.PA, Role.KPA, Role.PPTK, Role.OPERATOR_OPD, Role.CAMAT, Role.LURAH)


@officer()
@require_safe
def applications(request: HttpRequest, reader: Reader) -> HttpResponse:
    """List the inventory that the reader may see."""
    asked = _asked(request)
    found = queries.applications(asked, reader.scope, request.GET.get("page", 1))
    agencies = reader.agencies()
    context = {
        "found": found,
        "asked": asked,
        "agencies": agencies,
        "names": {one.id: one for one in agencies}
        | agency_names((row.facts.agency_id for row in found), reader.today),
        "may_register": reader.may_anywhere(REGISTER),
    }
    return page(request, reader, "applications", context)


def _asked(request: HttpRequest) -> ApplicationFilter:
    state, rank = whole(request.GET.get("state")), whole(request.GET.get("criticality"))
    decision = request.GET.get("decision", "")
    return ApplicationFilter(
        text=request.GET.get("q", "")[:100],
        agency_id=whole(request.GET.get("agency")),
        state=State(state) if state in set(State) else None,
        criticality=Criticality(rank) if rank in set(Criticality) else None,
        decision=decision if decision in set(Decision) else "",
        retired="retired" in request.GET,
        sort=request.GET.get("sort", ""),
    )


@officer()
@require_safe
def application(request: HttpRequest, reader: Reader, application_id: int) -> HttpResponse:
    """Show one application: how it stands, its checks, its incidents, what is known of it."""
    facts = queries.application(application_id, reader.scope)
    history = queries.changes_of(facts.id)
    incidents = queries.incidents_of(facts.id)
    people = people_names([facts.officer_id, *(row.by_id for row in history)])
    first = reader.today - timedelta(days=STRIP_DAYS - 1)
    days = queries.daily_uptime(facts.id, first, reader.today, at=reader.at)
    context = {
        "application": facts,
        "days": days,
        "strip": presenters.days_strip(days, first, queries.policy(reader.today).red_after),
        "first_day": first,
        "agency": regions.agency(facts.agency_id, reader.today),
        "light": queries.application_light(facts.id),
        "checks": queries.checks_of(facts.id),
        "incidents": incidents,
        "people": people,
        "changes": presenters.changes(history, people),
        "merge_into": _merged_into(facts),
        "may": {
            name: reader.may(act, facts.agency_id)
            for name, act in {
                "amend": AMEND,
                "decide": DECIDE,
                "retire": RETIRE,
                "configure": CONFIGURE,
                "respond": RESPOND,
            }.items()
        },
        "presenters": presenters,
    }
    access.record(request, "application.seen", "application", facts.id)
    return page(request, reader, "application", context)


def _merged_into(facts: ApplicationFacts) -> ApplicationFacts | None:
    if facts.merge_into_id is None:
        return None
    return queries.application(facts.merge_into_id, queries.EVERYTHING)


@officer(REGISTER)
@require_http_methods(FORM)
def register(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Enter an application."""
    agencies = reader.agencies(REGISTER)
    first = {"agency": agencies[0].id} if len(agencies) == 1 else {}
    form = ApplicationForm(
        request.POST or None,
        initial=first | {"criticality": Criticality.MEDIUM.value},
        agencies=options(agencies),
        officers=_officers([one.id for one in agencies[:3]], reader),
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.register_application(form.draft(), actor=reader.actor)
        except Refused as refused:
            refuse(form, refused.reasons)
        else:
            messages.success(request, _("%(name)s sudah terdaftar.") % {"name": made.name})
            return redirect("monitoring:application", made.id)
    context = {"form": form, "application": None, "conflict": (), "read": 0}
    return page(request, reader, "application_form", context, 422 if form.errors else 200)


@officer(AMEND)
@require_http_methods(FORM)
def amend(request: HttpRequest, reader: Reader, application_id: int) -> HttpResponse:
    """Amend an entry; of two who amend it the second sees both."""
    facts = queries.application(application_id, reader.scope)
    form = ApplicationForm(
        request.POST or None,
        initial=initial_of(facts),
        agencies=options(reader.agencies(AMEND)),
        officers=_officers([facts.agency_id], reader),
    )
    read = whole(request.POST.get("version")) or facts.version
    context: dict[str, Any] = {
        "form": form,
        "application": facts,
        "conflict": (),
        "read": read,
    }
    if request.method == "POST" and form.is_valid():
        try:
            actions.amend_application(facts.id, form.draft(), read=read, actor=reader.actor)
        except Refused as refused:
            refuse(form, refused.reasons)
        except StaleDraft as stale:
            context |= {"conflict": _compare(form, facts, reader), "read": stale.current}
            return page(request, reader, "application_form", context, 409)
        else:
            messages.success(request, _("Perubahan sudah disimpan."))
            return redirect("monitoring:application", facts.id)
    return page(request, reader, "application_form", context, 422 if form.errors else 200)


def _compare(
    form: ApplicationForm, facts: ApplicationFacts, reader: Reader
) -> list[tuple[Any, str, str]]:
    """Return label, mine and theirs of each field, as the form shows them."""
    theirs = ApplicationForm(
        initial=initial_of(facts),
        agencies=options(reader.agencies(AMEND)),
        officers=_officers([facts.agency_id], reader),
    )
    return [
        (bound.label, _typed(bound), _typed(theirs[bound.name]))
        for bound in form
        if _typed(bound) != _typed(theirs[bound.name])
    ]


def _typed(bound: Any) -> str:
    """Return a field's value as it reads: the words of a choice, else the text."""
    value = bound.value()
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    flat: dict[str, str] = {}
    for key, words in getattr(bound.field, "choices", ()):
        group = words if isinstance(words, list | tuple) else [(key, words)]
        flat |= {str(one): str(label) for one, label in group}
    text = "" if value is None else str(bound.field.prepare_value(value))
    return flat.get(text, text)


def _officers(agency_ids: list[int], reader: Reader) -> Choices:
    """Return who may answer for an application of these agencies, with his post."""
    on = reader.today
    found: dict[int, str] = {}
    for agency_id in agency_ids:
        parent = regions.agency(agency_id, on).parent_id
        for place in (agency_id, *([parent] if parent else [])):
            for role in OFFICERS:
                for person_id in regions.holders(role, place, on):
                    found.setdefault(person_id, role.short)
    names = people_names(found)
    return [(one, f"{names[one]} ({found[one]})") for one in sorted(found, key=names.__getitem__)]


@officer(DECIDE)
@require_http_methods(FORM)
def decide(request: HttpRequest, reader: Reader, application_id: int) -> HttpResponse:
    """Decide whether an application is kept, merged or retired."""
    facts = queries.application(application_id, reader.scope)
    others = [one for one in queries.application_names(queries.EVERYTHING) if one[0] != facts.id]
    known = {"why": facts.decision_why, "merge_into": facts.merge_into_id}
    if facts.decision is not Decision.UNDECIDED:
        known["decision"] = facts.decision.value
    form = DecisionForm(request.POST or None, initial=known, others=others)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            actions.decide_application(
                facts.id,
                values["decision"],
                why=values["why"],
                merge_into_id=values["merge_into"],
                actor=reader.actor,
            )
        except Refused as refused:
            refuse(form, refused.reasons)
        else:
            messages.success(request, _("Keputusan sudah dicatat dan diumumkan."))
            return redirect("monitoring:application", facts.id)
    context = {"form": form, "application": facts}
    return page(request, reader, "application_decide", context, 422 if form.errors else 200)


@officer(RETIRE)
@require_http_methods(FORM)
def retire(request: HttpRequest, reader: Reader, application_id: int) -> HttpResponse:
    """Take an application out of service."""
    facts = queries.application(application_id, reader.scope)
    form = WhyForm(request.POST or None, hint=_("Diumumkan di jejak publik."))
    if request.method == "POST" and form.is_valid():
        try:
            actions.retire_application(facts.id, why=form.cleaned_data["why"], actor=reader.actor)
        except Refused as refused:
            refuse(form, refused.reasons)
        else:
            messages.success(request, _("%(name)s sudah dihentikan.") % {"name": facts.name})
            return redirect("monitoring:application", facts.id)
    context = {
        "form": form,
        "title": _("Hentikan %(name)s") % {"name": facts.name},
        "lead": _("Pemeriksaannya berakhir; riwayat dan insidennya tetap tersimpan."),
        "act": _("Hentikan aplikasi"),
        "back": (facts.name, "monitoring:application", facts.id),
    }
    return page(request, reader, "why", context, 422 if form.errors else 200)


@officer()
@require_safe
def unused(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show what the city pays for and nobody uses."""
    idle = queries.paid_and_unused(reader.today, reader.scope)
    sums = queries.idle_sums(idle)
    context = {
        "idle": idle,
        "sums": sums,
        "total": sum((one.cost for one in sums), start=0),
        "names": agency_names((one.agency_id for one in sums), reader.today),
        "policy": queries.policy(reader.today),
        "may_decide": reader.may_anywhere(DECIDE),
        "rupiah": formats.rupiah,
    }
    return page(request, reader, "unused", context)
