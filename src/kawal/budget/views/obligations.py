"""Pages of the calendar: what is due, for whom, how late; and one obligation with its tick."""

from collections.abc import Iterable
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kawal.budget import queries
from kawal.budget.actions.obligations import mark_fulfilled, responsible, unmark
from kawal.budget.facts.obligations import Clock
from kawal.budget.forms.obligations import MarkForm, UnmarkForm
from kawal.budget.permissions import FULFIL, SEE_CALENDAR
from kawal.budget.presenters import obligations as words
from kawal.budget.queries.obligations import clocks
from kawal.identity import queries as identity
from kawal.kernel.refusals import Reason, Refused
from kawal.regions import queries as regions
from kawal.regions.middleware import actor_of
from kawal.regions.permissions import may, scope
from kawal.regions.views.guard import FORM_METHODS, REFUSED, for_those_who
from kawal.ui import pages


@for_those_who(SEE_CALENDAR)
@require_safe
def newest(request: HttpRequest) -> HttpResponse:
    """Go to the latest budget year; say so when none was opened yet."""
    opened = queries.years()
    if opened:
        return redirect("budget:calendar", opened[0].year)
    return pages.render(request, "budget/no_year.jinja", {"title": _("Kalender anggaran")})


@for_those_who(SEE_CALENDAR)
@require_safe
def calendar(request: HttpRequest, year: int) -> HttpResponse:
    """Show every obligation of a budget year, the late ones first."""
    today = regions.today(actor_of(request).at)
    found = _seen(request, year, today)
    context = {
        "year": year,
        "years": [one.year for one in queries.years()],
        "rows": words.rows(found),
        "today": today,
    }
    return pages.render(request, "budget/calendar.jinja", context)


@for_those_who(SEE_CALENDAR)
@require_http_methods(FORM_METHODS)
def obligation(request: HttpRequest, year: int, key: str) -> HttpResponse:
    """Show one obligation with the clock of each SKPD; the city's is ticked off here."""
    return _obligation(request, year, key, None)


@for_those_who(SEE_CALENDAR)
@require_http_methods(FORM_METHODS)
def agency_obligation(request: HttpRequest, year: int, key: str, agency_id: int) -> HttpResponse:
    """Show one SKPD's obligation, and let who is responsible tick it off."""
    return _obligation(request, year, key, agency_id)


def _seen(request: HttpRequest, year: int, today: date) -> list[Clock]:
    """Return the clocks that the reader may see: the city's, and those of his agencies."""
    reach = scope(actor_of(request), SEE_CALENDAR)
    return clocks(queries.year(year), today, scope=reach)


def _obligation(request: HttpRequest, year: int, key: str, agency_id: int | None) -> HttpResponse:
    actor = actor_of(request)
    today = regions.today(actor.at)
    found = [one for one in _seen(request, year, today) if one.obligation.key == key]
    own = next((one for one in found if one.agency_id == agency_id), None)
    if not found or (agency_id is not None and own is None):
        raise Http404
    form = _form(request, own, today)
    if request.method != "POST" or not form.is_valid():
        return _page(request, year, found, own, form)
    typed = form.cleaned_data
    try:
        if isinstance(form, MarkForm):
            mark_fulfilled(year, key, agency_id=agency_id, actor=actor, **typed)
        else:
            unmark(year, key, agency_id=agency_id, actor=actor, **typed)
    except Refused as refused:
        return _page(request, year, found, own, form, refused.reasons)
    messages.success(request, _("Tercatat."))
    return redirect(request.path)


def _form(request: HttpRequest, own: Clock | None, today: date) -> MarkForm | UnmarkForm:
    """Return the form that ticks off, or the one that takes the tick back where one stands."""
    if own is not None and own.mark is not None:
        return UnmarkForm(request.POST or None)
    return MarkForm(request.POST or None, today=today)


def _page(
    request: HttpRequest,
    year: int,
    found: list[Clock],
    own: Clock | None,
    form: MarkForm | UnmarkForm,
    reasons: Iterable[Reason] = (),
) -> HttpResponse:
    actor = actor_of(request)
    obligation = found[0].obligation
    marks = [one.mark for one in found if one.mark]
    acts = own is not None and obligation.event is None and may(actor, FULFIL, own.agency_id)
    context = {
        "year": year,
        "obligation": obligation,
        "own": own,
        "row": words.row([own] if own else found),
        "clocks": [(one, words.row([one])) for one in found] if own is None else [],
        "units": queries.standing(year),
        "names": identity.names(mark.person_id for mark in marks),
        "form": form,
        "reasons": tuple(reasons),
        "can_act": acts and own is not None and responsible(actor, obligation, own.agency_id),
    }
    status = 200 if request.method != "POST" else REFUSED
    return pages.render(request, "budget/obligation.jinja", context, status)
