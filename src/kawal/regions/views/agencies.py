"""Pages on agencies: the list, one agency's life, and every change of it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kawal.identity import queries as identity
from kawal.kernel.refusals import Refused
from kawal.regions import actions, acts, presenters, queries
from kawal.regions.facts import AgencyDraft, AgencyFacts, Scope
from kawal.regions.forms import AgencyForm, ClosingForm
from kawal.regions.middleware import actor_of
from kawal.regions.permissions import may
from kawal.regions.views.guard import FORM_METHODS, REFUSED, for_those_who, page, refused_status


@for_those_who(acts.SEE_AGENCIES)
@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """List the agencies of the city, with how many units each has."""
    today = queries.today(actor_of(request).at)
    with_closed = request.GET.get("tutup") == "ya"
    found = queries.agencies(today, with_closed=with_closed)
    return page(
        request,
        "agencies",
        rows=presenters.nested(found),
        units=sum(agency.parent_id is not None for agency in found),
        with_closed=with_closed,
        may_keep=may(actor_of(request), acts.KEEP_AGENCIES),
    )


@for_those_who(acts.SEE_AGENCIES)
@require_safe
def agency(request: HttpRequest, agency_id: int) -> HttpResponse:
    """Show an agency: what it is now, who holds its posts, its units, its whole history."""
    today = queries.today(actor_of(request).at)
    history = queries.agency_history(agency_id)
    held = presenters.by_rank(row.as_record() for row in _posts(agency_id, today))
    others = {*queries.predecessors(agency_id), *queries.successors(agency_id)}
    current = next((v for v in history if _holds(v.valid_from, v.valid_until, today)), history[-1])
    names = identity.names(record.draft.person_id for record in held)
    return page(
        request,
        "agency",
        agency=current.agency,
        current=current,
        parent=_agency_or_none(current.agency.parent_id, today),
        region=_region_name(current.agency, today),
        units=queries.units_of(agency_id, today),
        history=history[::-1],
        posts=[presenters.appointment_line(r, names, {}, today) for r in held],
        predecessors=queries.predecessors(agency_id),
        successors=queries.successors(agency_id),
        names=queries.last_agency_names(others),
        may_keep=may(actor_of(request), acts.KEEP_AGENCIES),
    )


@for_those_who(acts.KEEP_AGENCIES)
@require_http_methods(FORM_METHODS)
def new_agency(request: HttpRequest) -> HttpResponse:
    """Set up an agency or unit."""
    form = _form(request, initial={"parent": request.GET.get("induk", "")})
    if request.method == "GET" or not form.is_valid():
        return _form_page(request, form, title=_("Bentuk perangkat daerah"))
    try:
        made = actions.create_agency(
            form.draft(), valid_from=form.value("valid_from"), actor=actor_of(request)
        )
    except Refused as refused:
        title = _("Bentuk perangkat daerah")
        return _form_page(request, form, title=title, reasons=refused.reasons)
    messages.success(request, _("%(name)s dibentuk.") % {"name": made.name})
    return redirect("regions:agency", made.id)


@for_those_who(acts.KEEP_AGENCIES)
@require_http_methods(FORM_METHODS)
def amend_agency(request: HttpRequest, agency_id: int) -> HttpResponse:
    """Give an agency a new version; of two officers the second sees both."""
    last = queries.agency_history(agency_id)[-1]
    title = _("Ubah %(name)s") % {"name": last.agency.name}
    form = _form(request, initial=_as_initial(last.agency))
    if request.method == "GET" or not form.is_valid():
        return _form_page(request, form, title=title, current=last.agency)
    read = request.POST.get("version", "")
    try:
        made = actions.amend_agency(
            agency_id,
            form.draft(),
            valid_from=form.value("valid_from"),
            read_version=int(read) if read.isdigit() else 0,
            actor=actor_of(request),
        )
    except Refused as refused:
        return _form_page(request, form, title=title, current=last.agency, reasons=refused.reasons)
    messages.success(request, _("%(name)s diubah.") % {"name": made.name})
    return redirect("regions:agency", agency_id)


@for_those_who(acts.KEEP_AGENCIES)
@require_http_methods(FORM_METHODS)
def close_agency(request: HttpRequest, agency_id: int) -> HttpResponse:
    """Close an agency with its units and posts."""
    today = queries.today(actor_of(request).at)
    agency = queries.agency(agency_id, today)
    form = ClosingForm(request.POST or None)
    context: dict[str, Any] = {"agency": agency, "form": form, "reasons": ()}
    context["units"] = queries.units_of(agency_id, today)
    if request.method == "GET":
        return page(request, "close_agency", **context)
    if not form.is_valid():
        return page(request, "close_agency", REFUSED, **context)
    try:
        actions.close_agency(
            agency_id,
            last_day=form.value("last_day"),
            legal_basis=form.value("legal_basis"),
            actor=actor_of(request),
        )
    except Refused as refused:
        return page(request, "close_agency", REFUSED, **context | {"reasons": refused.reasons})
    messages.success(request, _("%(name)s ditutup.") % {"name": agency.name})
    return redirect("regions:agency", agency_id)


@for_those_who(acts.KEEP_AGENCIES)
@require_http_methods(FORM_METHODS)
def merge_agencies(request: HttpRequest) -> HttpResponse:
    """Merge agencies into a new one."""
    today = queries.today(actor_of(request).at)
    choices = [a for a in queries.agencies(today) if a.parent_id is None]
    chosen = [int(text) for text in request.POST.getlist("gabung") if text.isdigit()]
    form = _form(request)
    context: dict[str, Any] = {"choices": choices, "chosen": chosen, "form": form, "reasons": ()}
    if request.method == "GET":
        return page(request, "merge", **context)
    if not form.is_valid() or len(chosen) < 2:
        too_few = len(chosen) < 2
        return page(request, "merge", REFUSED, **context | {"too_few": too_few})
    try:
        made = actions.merge_agencies(
            chosen, form.draft(), valid_from=form.value("valid_from"), actor=actor_of(request)
        )
    except Refused as refused:
        return page(request, "merge", REFUSED, **context | {"reasons": refused.reasons})
    messages.success(request, _("%(name)s dibentuk dari penggabungan.") % {"name": made.name})
    return redirect("regions:agency", made.id)


@for_those_who(acts.KEEP_AGENCIES)
@require_http_methods(FORM_METHODS)
def split_agency(request: HttpRequest, agency_id: int) -> HttpResponse:
    """Split an agency into two; each unit goes to one of them."""
    today = queries.today(actor_of(request).at)
    agency, units = queries.agency(agency_id, today), queries.units_of(agency_id, today)
    forms = [_form(request, prefix=prefix) for prefix in ("a", "b")]
    context: dict[str, Any] = {"agency": agency, "units": units, "forms": forms, "reasons": ()}
    if request.method == "GET":
        return page(request, "split", **context)
    valid = [form.is_valid() for form in forms]  # each says all that is wrong with it
    if not all(valid):
        return page(request, "split", REFUSED, **context)
    try:
        made = actions.split_agency(
            agency_id,
            [_with_basis(form.draft(), forms[0]) for form in forms],
            valid_from=forms[0].value("valid_from"),
            actor=actor_of(request),
            units_to={u.id: int(request.POST.get(f"unit_{u.id}") == "1") for u in units},
        )
    except Refused as refused:
        return page(request, "split", REFUSED, **context | {"reasons": refused.reasons})
    messages.success(request, _("%(name)s dipecah.") % {"name": agency.name})
    return redirect("regions:agency", made[0].id)


def _with_basis(draft: AgencyDraft, first: AgencyForm) -> AgencyDraft:
    return replace(draft, legal_basis=first.value("legal_basis"))


def _form(
    request: HttpRequest, *, initial: dict[str, Any] | None = None, prefix: str | None = None
) -> AgencyForm:
    today = queries.today(actor_of(request).at)
    return AgencyForm(
        request.POST or None,
        initial=initial,
        prefix=prefix,
        agencies=queries.agencies(today),
        regions=queries.regions_below(queries.city().region_code, today),
    )


def _form_page(
    request: HttpRequest,
    form: AgencyForm,
    *,
    title: str,
    current: AgencyFacts | None = None,
    reasons: Any = (),
) -> HttpResponse:
    status = refused_status(request)
    return page(
        request, "agency_form", status, form=form, title=title, current=current, reasons=reasons
    )


def _as_initial(agency: AgencyFacts) -> dict[str, Any]:
    return {
        "code": agency.code,
        "name": agency.name,
        "short": agency.short,
        "kind": agency.kind.value,
        "parent": agency.parent_id or "",
        "region": agency.region_id or "",
    }


def _posts(agency_id: int, today: date) -> Any:
    everything = Scope(everything=True)  # who holds a post is public knowledge
    return queries.appointments(everything, on=today, agency_id=agency_id)


def _holds(first: date, last: date | None, day: date) -> bool:
    return first <= day <= (last or day + timedelta(days=1))


def _agency_or_none(agency_id: int | None, today: date) -> AgencyFacts | None:
    found = queries.agencies(today, ids=[agency_id], with_closed=True) if agency_id else []
    return found[0] if found else None


def _region_name(agency: AgencyFacts, today: date) -> str:
    return queries.region(agency.region_id, today).name if agency.region_id else ""
