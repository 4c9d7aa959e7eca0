"""The list of a year's sheets, and a new one."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kawal.budget import actions, queries
from kawal.budget.facts import SheetKind, SheetRow
from kawal.budget.forms.rka_list import NewSheetForm, SheetFilter
from kawal.budget.permissions import DRAFT_RKA, SEE_RKA
from kawal.budget.presenters.rka import sheet_code, sheet_title, state_tag
from kawal.budget.views.which_year import budget_years, newest_of
from kawal.kernel.refusals import Refused
from kawal.kernel.words import N_
from kawal.nomenclature import queries as nomenclature
from kawal.nomenclature.facts import ActivityFacts, ActivityLevel, CodeKind
from kawal.regions import queries as regions
from kawal.regions.facts import AgencyFacts
from kawal.regions.middleware import actor_of
from kawal.regions.permissions import scope
from kawal.regions.views.guard import FORM_METHODS, REFUSED, for_those_who
from kawal.ui import pages

A_PAGE = 50
SUGGESTIONS = 30
SORTS = ("code", "total", "left", "changed")

rka_newest = newest_of(SEE_RKA, "budget:rka", N_("RKA"))


@for_those_who(SEE_RKA)
@require_safe
def rka(request: HttpRequest, year: int) -> HttpResponse:
    """List the sheets of a year that the reader may see, with totals against their ceilings."""
    queries.year(year)
    every = queries.sheets(year, unit_ids=scope(actor_of(request), SEE_RKA).only)
    form = SheetFilter(request.GET or None, units=_units_of(every))
    found = form.narrow(every) if form.is_valid() else every
    sort = request.GET.get("sort", "")
    context = {
        "year": year,
        "years": budget_years(),
        "form": form,
        "page": Paginator(_sorted(found, sort), A_PAGE).get_page(request.GET.get("page")),
        "sort": sort,
        "sums": _sums(found),
        "may_draft": bool(scope(actor_of(request), DRAFT_RKA)),
        "title_of": sheet_title,
        "code_of": sheet_code,
        "state_of": state_tag,
    }
    return pages.render(request, "budget/rka.jinja", context)


def _units_of(rows: list[SheetRow]) -> list[tuple[str, str]]:
    names = {str(row.unit_id): row.unit_name for row in rows}
    return sorted(names.items(), key=lambda pair: pair[1])


def _sorted(rows: list[SheetRow], sort: str) -> list[SheetRow]:
    keys: dict[str, Any] = {
        "code": lambda row: row.activity_code,
        "total": lambda row: row.total,
        "left": lambda row: (row.left is None, row.left or 0),
        "changed": lambda row: (row.changed_at is None, row.changed_at),
    }
    name = sort.removeprefix("-")
    if name not in keys:
        return rows
    known = [row for row in rows if name != "changed" or row.changed_at]
    return sorted(known, key=keys[name], reverse=sort.startswith("-"))


def _sums(rows: list[SheetRow]) -> dict[str, Any]:
    return {
        "count": len(rows),
        "total": sum((row.total for row in rows if row.kind is SheetKind.SPENDING), 0),
        "ceiling": sum((row.ceiling or 0 for row in rows), 0),
        "over": sum(row.left is not None and row.left < 0 for row in rows),
    }


@for_those_who(DRAFT_RKA)
@require_http_methods(FORM_METHODS)
def rka_new(request: HttpRequest, year: int) -> HttpResponse:
    """Open a sheet of a unit: of a sub kegiatan, or of its revenue or financing."""
    queries.year(year)
    form = NewSheetForm(request.POST or None, units=_my_units(request))
    if request.method == "GET" or not form.is_valid():
        return _new_page(request, year, form)
    kind = form.kind()
    activity = _activity(year, form.cleaned_data["activity"]) if kind.value == "spending" else None
    if kind is SheetKind.SPENDING and activity is None:
        form.add_error("activity", _("Pilih satu sub kegiatan dari daftarnya."))
        return _new_page(request, year, form)
    unit = int(form.cleaned_data["unit"])
    activity_id = activity.id if activity else None
    try:
        made = actions.open_sheet(year, unit, kind, activity_id, actor=actor_of(request))
    except Refused as refusal:
        form.refuse(refusal.reasons)
        return _new_page(request, year, form)
    messages.success(request, _("Lembar dibuka. Mulailah dengan memilih rekening."))
    return redirect("budget:sheet", made)


def _my_units(request: HttpRequest) -> list[AgencyFacts]:
    actor = actor_of(request)
    return regions.agencies(regions.today(actor.at), ids=scope(actor, DRAFT_RKA).only)


def _new_page(request: HttpRequest, year: int, form: NewSheetForm) -> HttpResponse:
    typed = str(form["activity"].value() or "")
    found = activities_like(year, typed) if form.errors.get("activity") else []
    context = {"year": year, "form": form, "found": found}
    return pages.render(request, "budget/rka_new.jinja", context, REFUSED if form.errors else 200)


@for_those_who(DRAFT_RKA)
@require_safe
def activity_suggestions(request: HttpRequest, year: int) -> HttpResponse:
    """Return sub kegiatan by code or words, for the script."""
    found = activities_like(year, request.GET.get("q", "")[:200])[:SUGGESTIONS]
    items = [{"id": one.code, "code": one.code, "name": one.name} for one in found]
    return JsonResponse({"items": items})


def activities_like(year: int, typed: str) -> list[ActivityFacts]:
    """Return a city's sub kegiatan of the year by code or words."""
    decree = nomenclature.decree(queries.year(year).activities_id)
    found = nomenclature.search(CodeKind.ACTIVITY, typed, decree, limit=300)
    return [
        one
        for one in found
        if isinstance(one, ActivityFacts)
        and one.level is ActivityLevel.SUB_KEGIATAN
        and one.of_city
    ]


def _activity(year: int, typed: str) -> ActivityFacts | None:
    """Return the sub kegiatan whose code was typed, or the only one that fits."""
    code = typed.split()[0] if typed.split() else ""
    found = activities_like(year, code) or activities_like(year, typed)
    exact = [one for one in found if one.code == code]
    if exact or len(found) == 1:
        return (exact or found)[0]
    return None
