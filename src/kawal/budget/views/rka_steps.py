"""Steps with a sheet as a whole: handed in, begun again, given up."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kawal.budget import actions
from kawal.budget.views.rka_desk import Desk, on_sheet
from kawal.budget.views.rka_sheet import sheet_page
from kawal.kernel.refusals import Refused
from kawal.regions.views.guard import REFUSED


@on_sheet
@require_POST
def submit(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Hand the sheet in to the TAPD."""
    try:
        actions.submit(desk.revision.id, actor=desk.actor)
    except Refused as refusal:
        return _again(request, desk, refusal)
    messages.success(request, _("Lembar sudah diajukan ke TAPD."))
    return redirect("budget:sheet", desk.sheet.id)


@on_sheet
@require_POST
def begin(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Begin a revision of what is in force."""
    try:
        actions.begin_revision(desk.sheet.id, actor=desk.actor)
    except Refused as refusal:
        return _again(request, desk, refusal)
    messages.success(request, _("Rancangan perubahan dibuka, berisi salinan yang berlaku."))
    return redirect("budget:sheet", desk.sheet.id)


@on_sheet
@require_POST
def drop(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Give the draft up."""
    try:
        actions.drop(desk.revision.id, request.POST.get("reason", ""), actor=desk.actor)
    except Refused as refusal:
        return _again(request, desk, refusal)
    messages.success(request, _("Rancangan sudah dibatalkan."))
    return redirect("budget:rka", desk.sheet.year)


def _again(request: HttpRequest, desk: Desk, refusal: Refused) -> HttpResponse:
    return sheet_page(request, desk, refusal.reasons, REFUSED)
