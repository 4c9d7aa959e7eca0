"""Pages of checks: the list, one check with what it found, its form, its switches and its key."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kawal.identity import access
from kawal.kernel.refusals import Refused, StaleDraft
from kawal.monitoring import actions, presenters, queries
from kawal.monitoring.drafts import NewKey
from kawal.monitoring.facts import CheckFacts, Kind, State
from kawal.monitoring.forms.applications import WhyForm
from kawal.monitoring.forms.checks import CheckForm, initial_for, initial_of
from kawal.monitoring.forms.fields import refuse
from kawal.monitoring.overviews import CheckFilter
from kawal.monitoring.permissions import CONFIGURE
from kawal.monitoring.views.desk import (
    FORM,
    Reader,
    agency_names,
    officer,
    page,
    people_names,
    whole,
)
from kawal.regions import queries as regions

RAW = timedelta(days=7)  # raw results are kept so long


@officer()
@require_safe
def checks(request: HttpRequest, reader: Reader) -> HttpResponse:
    """List the checks that the reader may see; those in trouble come first."""
    asked = _asked(request)
    found = queries.checks(asked, reader.scope, request.GET.get("page", 1))
    applications = queries.application_facts(one.application_id for one in found)
    context = {
        "found": found,
        "asked": asked,
        "agencies": reader.agencies(),
        "applications": applications,
        "names": agency_names((one.agency_id for one in applications.values()), reader.today),
        "kinds": list(Kind),
        "presenters": presenters,
    }
    return page(request, reader, "checks", context)


def _asked(request: HttpRequest) -> CheckFilter:
    state, kind = whole(request.GET.get("state")), request.GET.get("kind", "")
    return CheckFilter(
        text=request.GET.get("q", "")[:100],
        agency_id=whole(request.GET.get("agency")),
        application_id=whole(request.GET.get("application")),
        kind=kind if kind in set(Kind) else "",
        state=State(state) if state in set(State) else None,
        sort=request.GET.get("sort", ""),
    )


@officer()
@require_safe
def check(request: HttpRequest, reader: Reader, check_id: int) -> HttpResponse:
    """Show one check: where it stands, what it found lately, how it changed, who changed it."""
    facts = queries.check(check_id, reader.scope)
    application = queries.application(facts.application_id, reader.scope)
    results = queries.results_of(facts.id, since=reader.at - RAW, limit=120)
    history = queries.check_changes(facts.id)
    names = people_names(row.by_id for row in history)
    context = {
        "check": facts,
        "application": application,
        "agency": regions.agency(application.agency_id, reader.today),
        "results": results[:20],
        "line": presenters.latency_line(results),
        "transitions": presenters.transitions(queries.transitions_of(facts.id)),
        "changes": presenters.changes(history, names),
        "may_configure": reader.may(CONFIGURE, application.agency_id),
        "presenters": presenters,
    }
    return page(request, reader, "check", context)


@officer(CONFIGURE)
@require_http_methods(FORM)
def create(request: HttpRequest, reader: Reader, application_id: int) -> HttpResponseBase:
    """Put a new check to an application; first its kind is chosen."""
    application = queries.application(application_id, reader.scope)
    chosen = request.GET.get("kind", "")
    if chosen not in set(Kind):
        context: dict[str, Any] = {"application": application, "kinds": list(Kind)}
        return page(request, reader, "check_kinds", context)
    kind = Kind(chosen)
    form = CheckForm(request.POST or None, kind=kind, initial=_proposed(kind, application.address))
    if request.method == "POST" and form.is_valid():
        try:
            made, key = actions.create_check(application.id, form.draft(), actor=reader.actor)
        except Refused as refused:
            refuse(form, refused.reasons)
        else:
            if key is not None:
                return _show_key(request, reader, made, key)
            messages.success(request, _("Pemeriksaan dibuat. Hasil pertama segera tampak."))
            return redirect("monitoring:check", made.id)
    context = {"form": form, "application": application, "check": None, "conflict": (), "read": 0}
    return page(request, reader, "check_form", context, 422 if form.errors else 200)


def _proposed(kind: Kind, address: str) -> dict[str, Any]:
    try:
        return initial_for(kind, address)
    except ValueError:  # the address in the inventory is none that can be watched
        return initial_for(kind)


@officer(CONFIGURE)
@require_http_methods(FORM)
def amend(request: HttpRequest, reader: Reader, check_id: int) -> HttpResponse:
    """Amend a check; of two who amend it the second sees both."""
    facts = queries.check(check_id, reader.scope)
    form = CheckForm(request.POST or None, kind=facts.kind, is_new=False, initial=initial_of(facts))
    read = whole(request.POST.get("version")) or facts.version
    context: dict[str, Any] = {
        "form": form,
        "application": queries.application(facts.application_id, reader.scope),
        "check": facts,
        "conflict": (),
        "read": read,
    }
    if request.method == "POST" and form.is_valid():
        try:
            actions.amend_check(facts.id, form.draft(), read=read, actor=reader.actor)
        except Refused as refused:
            refuse(form, refused.reasons)
        except StaleDraft as stale:
            context |= {"conflict": _compare(form, facts), "read": stale.current}
            return page(request, reader, "check_form", context, 409)
        else:
            messages.success(request, _("Perubahan sudah disimpan."))
            return redirect("monitoring:check", facts.id)
    return page(request, reader, "check_form", context, 422 if form.errors else 200)


def _compare(form: CheckForm, facts: CheckFacts) -> list[tuple[Any, str, str]]:
    """Return label, mine and theirs of each field that differs."""
    theirs = initial_of(facts)
    pairs = [
        (bound.label, presenters.shown(bound.value()), presenters.shown(theirs.get(bound.name)))
        for bound in form
    ]
    return [pair for pair in pairs if pair[1] != pair[2]]


@officer(CONFIGURE)
@require_http_methods(FORM)
def pause(request: HttpRequest, reader: Reader, check_id: int) -> HttpResponse:
    """Stop watching for a while."""
    facts = queries.check(check_id, reader.scope)
    words = {
        "title": _("Jeda %(name)s"),
        "lead": _("Selama dijeda, waktunya tidak dihitung sebagai berjalan maupun terganggu."),
        "act": _("Jeda pemeriksaan"),
        "done": _("Pemeriksaan dijeda."),
    }
    return _with_why(request, reader, facts, actions.pause_check, words)


@officer(CONFIGURE)
@require_http_methods(FORM)
def retire(request: HttpRequest, reader: Reader, check_id: int) -> HttpResponse:
    """End a check for good."""
    facts = queries.check(check_id, reader.scope)
    words = {
        "title": _("Hentikan %(name)s"),
        "lead": _("Pemeriksaan ini berakhir untuk seterusnya; yang ditemukannya tetap tersimpan."),
        "act": _("Hentikan pemeriksaan"),
        "done": _("Pemeriksaan dihentikan."),
    }
    return _with_why(request, reader, facts, actions.retire_check, words)


def _with_why(
    request: HttpRequest, reader: Reader, facts: CheckFacts, act: Any, words: dict[str, str]
) -> HttpResponse:
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            act(facts.id, why=form.cleaned_data["why"], actor=reader.actor)
        except Refused as refused:
            refuse(form, refused.reasons)
        else:
            messages.success(request, words["done"])
            return redirect("monitoring:check", facts.id)
    context = {
        "form": form,
        "title": words["title"] % {"name": facts.name},
        "lead": words["lead"],
        "act": words["act"],
        "back": (facts.name, "monitoring:check", facts.id),
    }
    return page(request, reader, "why", context, 422 if form.errors else 200)


@officer(CONFIGURE)
@require_POST
def resume(request: HttpRequest, reader: Reader, check_id: int) -> HttpResponse:
    """Watch again."""
    facts = queries.check(check_id, reader.scope)
    try:
        actions.resume_check(facts.id, actor=reader.actor)
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, _(reason.text))
    else:
        messages.success(request, _("Pemeriksaan dilanjutkan."))
    return redirect("monitoring:check", facts.id)


@officer(CONFIGURE)
@require_POST
def new_key(request: HttpRequest, reader: Reader, check_id: int) -> HttpResponseBase:
    """Give a pushed check a new key."""
    facts = queries.check(check_id, reader.scope)
    key = actions.new_push_key(facts.id, actor=reader.actor)
    access.record(request, "check.new_key", "check", facts.id)
    return _show_key(request, reader, facts, key)


def _show_key(
    request: HttpRequest, reader: Reader, facts: CheckFacts, key: NewKey
) -> HttpResponseBase:
    """Show a key, this once.

    Streamed, because the answer of a submission is kept to be given again, and a key must not be:
    who sends the same form twice is told that it is done.
    """
    base = request.build_absolute_uri(f"/ping/{key.key}")
    shown = page(request, reader, "check_key", {"check": facts, "key": key, "base": base})
    return StreamingHttpResponse([shown.content], headers={"Cache-Control": "no-store"})
