"""Pages on holidays and office hours."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kawal.kernel.refusals import Refused
from kawal.regions import actions, acts, queries
from kawal.regions.forms import HolidayForm, WeekForm
from kawal.regions.middleware import actor_of
from kawal.regions.permissions import may
from kawal.regions.views.guard import FORM_METHODS, REFUSED, for_those_who, page, refused_status


@for_those_who(acts.SEE_AGENCIES)
@require_http_methods(FORM_METHODS)
def holidays(request: HttpRequest) -> HttpResponse:
    """List a year's holidays and the office hours; who keeps the calendar adds a day."""
    form = HolidayForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _page(request, form)
    try:
        actions.set_holiday(
            form.value("day"),
            form.value("name"),
            legal_basis=form.value("legal_basis"),
            is_joint_leave=form.value("is_joint_leave"),
            actor=actor_of(request),
        )
    except Refused as refused:
        return _page(request, form, refused.reasons)
    messages.success(request, _("Hari libur tercatat."))
    return redirect("regions:holidays")


@for_those_who(acts.KEEP_CALENDAR)
@require_POST
def cancel_holiday(request: HttpRequest, day: date) -> HttpResponse:
    """Undo a holiday by a later decree."""
    try:
        actions.cancel_holiday(
            day, legal_basis=request.POST.get("legal_basis", "")[:200], actor=actor_of(request)
        )
    except Refused as refused:
        return _page(request, HolidayForm(), refused.reasons)
    messages.success(request, _("Hari libur dibatalkan."))
    return redirect("regions:holidays")


@for_those_who(acts.KEEP_CALENDAR)
@require_http_methods(FORM_METHODS)
def working_week(request: HttpRequest) -> HttpResponse:
    """Set office hours for a span of days."""
    form = WeekForm(request.POST or None)
    if request.method == "GET":
        return page(request, "working_week", form=form, reasons=())
    if not form.is_valid():
        return page(request, "working_week", REFUSED, form=form, reasons=())
    try:
        actions.set_working_week(
            form.value("name"),
            form.spans(),
            valid_from=form.value("valid_from"),
            valid_until=form.value("valid_until"),
            legal_basis=form.value("legal_basis"),
            actor=actor_of(request),
        )
    except Refused as refused:
        return page(request, "working_week", REFUSED, form=form, reasons=refused.reasons)
    messages.success(request, _("Jam kerja tercatat."))
    return redirect("regions:holidays")


def _page(request: HttpRequest, form: HolidayForm, reasons: Any = ()) -> HttpResponse:
    today = queries.today(actor_of(request).at)
    year = request.GET.get("tahun", "")
    year_shown = int(year) if year.isdigit() and 1 < int(year) < 9998 else today.year
    status = refused_status(request)
    return page(
        request,
        "holidays",
        status,
        form=form,
        reasons=reasons,
        year=year_shown,
        rows=queries.holidays_of(year_shown),
        weeks=queries.working_weeks(),
        may_keep=may(actor_of(request), acts.KEEP_CALENDAR),
    )
