"""The page of a sheet's head: location, months, target group, indicators, labels."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kawal.budget import actions
from kawal.budget.forms import rka_header as form
from kawal.budget.views.rka_desk import Desk, on_sheet, whole
from kawal.budget.views.rka_saving import writer
from kawal.kernel.refusals import Reason, Refused, StaleDraft
from kawal.regions import queries as regions
from kawal.regions.facts import RegionKind
from kawal.regions.views.guard import FORM_METHODS, refused_status
from kawal.ui.jinja import said

CONFLICT = 409
COMPARED = (
    "place_text",
    "first_month",
    "last_month",
    "target_group",
    "last_year",
    "next_year",
    "labels",
)


@on_sheet
@require_http_methods(FORM_METHODS)
def header(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show the head of a sheet; who drafts it changes it."""
    stored = desk.content.header
    if request.method == "GET":
        filled = form.HeaderForm(initial=form.initial_of(stored), places=places(desk))
        return _page(request, desk, filled, form.indicator_rows(stored), {})
    filled = form.HeaderForm(request.POST, places=places(desk))
    rows = form.typed_indicators(request.POST)
    indicators, errors = form.read_indicators(rows)
    if not filled.is_valid() or errors:
        return _page(request, desk, filled, rows, errors)
    read = whole(request.POST.get("version")) or 0
    try:
        draft = filled.draft(indicators)
        actions.save_header(desk.revision.id, draft, read=read, actor=desk.actor)
    except Refused as refusal:
        return _page(request, desk, filled, rows, _put(filled, refusal.reasons))
    except StaleDraft as stale:
        return _page(request, desk, filled, rows, {}, stale)
    messages.success(request, _("Kepala lembar sudah disimpan."))
    return redirect("budget:sheet_header", desk.sheet.id)


def _put(filled: form.HeaderForm, reasons: tuple[Reason, ...]) -> dict[str, str]:
    """Put reasons beside their fields; those of the indicators are returned by field."""
    found = {}
    for reason in reasons:
        text = f"{said(reason)} {said(reason.mend) if reason.mend else ''}".strip()
        if reason.at.startswith("indicators."):
            found[reason.at] = text
        else:
            filled.add_error(reason.at if reason.at in filled.fields else None, text)
    return found


def _page(
    request: HttpRequest,
    desk: Desk,
    filled: form.HeaderForm,
    rows: list[form.TypedIndicator],
    errors: dict[str, str],
    stale: StaleDraft | None = None,
) -> HttpResponse:
    more: dict[str, Any] = {
        "form": filled,
        "rows": rows,
        "errors": errors,
        "reasons": [Reason("budget.indicator", text, at) for at, text in errors.items()],
        "kinds": form.kind_choices(),
        "read": stale.current if stale else desk.revision.version,
        "conflict": _conflict(desk, filled) if stale else None,
        "place_names": {code: name for _group, pairs in places(desk) for code, name in pairs},
        "month": form.month_name,
        "header": desk.content.header,
    }
    status = CONFLICT if stale else refused_status(request)
    return desk.page(request, "rka_header", status, **more)


def places(desk: Desk) -> form.Places:
    """Return the city's kecamatan, each with its kelurahan below it."""
    today = regions.today(desk.actor.at)
    found = regions.regions_below(regions.city().region_code, today)
    upper = [one for one in found if one.kind is RegionKind.KECAMATAN]
    whole_one = _("Seluruh Kecamatan %(name)s")
    return [
        (
            one.name,
            [
                (one.code, whole_one % {"name": one.name}),
                *((low.code, low.name) for low in found if low.code.startswith(f"{one.code}.")),
            ],
        )
        for one in upper
    ]


def _conflict(desk: Desk, filled: form.HeaderForm) -> dict[str, object]:
    who, at = writer(desk)
    stored = form.initial_of(desk.content.header)
    rows = [
        (filled.fields[name].label, str(filled[name].value() or ""), str(stored[name]))
        for name in COMPARED
    ]
    return {"rows": rows, "who": who, "at": at, "buttons": False}
