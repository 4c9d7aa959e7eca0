"""The page of a year's locks: what is held and why, hold more, release."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kawal.budget import actions, permissions, queries
from kawal.budget.forms.versions import LockForm
from kawal.identity import queries as identity
from kawal.kernel.refusals import Reason, Refused
from kawal.regions.middleware import actor_of
from kawal.regions.views.guard import FORM_METHODS, for_those_who, refused_status
from kawal.ui import pages


@for_those_who(permissions.LOCK)
@require_http_methods(FORM_METHODS)
def locks(request: HttpRequest, year: int) -> HttpResponse:
    """List a year's locks, and lock an agency or unit."""
    queries.year(year)
    form = _form(request, year)
    if request.method == "GET" or not form.is_valid():
        return _page(request, year, form)
    typed = form.cleaned_data
    try:
        actions.lock(year, typed["reason"], agency_id=int(typed["agency"]), actor=actor_of(request))
    except Refused as refused:
        return _page(request, year, form, refused.reasons)
    messages.success(request, _("Terkunci untuk penyusunan."))
    return redirect("budget:locks", year)


@for_those_who(permissions.LOCK)
@require_POST
def unlock(request: HttpRequest, lock_id: int) -> HttpResponse:
    """Release a lock, with the reason."""
    held = queries.lock(lock_id)
    try:
        actions.unlock(lock_id, request.POST.get("release_reason", ""), actor=actor_of(request))
    except Refused as refused:
        return _page(request, held.year, _form(request, held.year, typed=False), refused.reasons)
    messages.success(request, _("Kunci dibuka."))
    return redirect("budget:locks", held.year)


def _form(request: HttpRequest, year: int, *, typed: bool = True) -> LockForm:
    units = sorted(queries.standing(year).values(), key=lambda one: one.code)
    data = request.POST if typed and request.method == "POST" else None
    return LockForm(data, agencies=units)


def _page(
    request: HttpRequest, year: int, form: LockForm, reasons: Iterable[Reason] = ()
) -> HttpResponse:
    found = queries.locks(year)
    people = {one for lock in found for one in (lock.locked_by, lock.released_by) if one}
    context = {
        "year": year,
        "held": [one for one in found if one.is_open],
        "released": [one for one in found if not one.is_open],
        "units": queries.standing(year),
        "sheets": {one.sheet_id: queries.sheet(one.sheet_id) for one in found if one.sheet_id},
        "names": identity.names(people),
        "form": form,
        "reasons": tuple(reasons),
    }
    return pages.render(request, "budget/locks.jinja", context, refused_status(request))
