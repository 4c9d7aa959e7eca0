"""The page on what the public may see."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kawal.identity import queries as identity
from kawal.kernel.refusals import Refused
from kawal.regions import actions, acts, publicity, queries
from kawal.regions.forms import OpeningForm
from kawal.regions.middleware import actor_of
from kawal.regions.views.guard import FORM_METHODS, for_those_who, page, refused_status


@for_those_who(acts.OPEN_MODULES)
@require_http_methods(FORM_METHODS)
def openings(request: HttpRequest) -> HttpResponse:
    """List the modules with what the public sees of them; open one by a decree."""
    closed = _closed()
    form = OpeningForm(request.POST or None, modules=closed)
    if request.method == "GET" or not form.is_valid():
        return _page(request, form)
    try:
        actions.open_module(
            form.value("module"),
            decree=form.value("decree"),
            decree_date=form.value("decree_date"),
            actor=actor_of(request),
        )
    except Refused as refused:
        return _page(request, form, refused.reasons)
    messages.success(request, _("Modul dibuka untuk publik."))
    return redirect("regions:openings")


@for_those_who(acts.OPEN_MODULES)
@require_POST
def close(request: HttpRequest, module: str) -> HttpResponse:
    """Show a module to the public no longer."""
    actions.close_module(module, actor=actor_of(request))
    messages.success(request, _("Modul ditutup untuk publik."))
    return redirect("regions:openings")


def _closed() -> list[tuple[str, str]]:
    open_now = {opening.module for opening in queries.opened_modules()}
    known = publicity.known_modules().items()
    return [(module, _(label)) for module, label in known if module not in open_now]


def _page(request: HttpRequest, form: OpeningForm, reasons: Any = ()) -> HttpResponse:
    found = queries.openings()
    return page(
        request,
        "openings",
        refused_status(request),
        form=form,
        reasons=reasons,
        openings=found,
        labels=publicity.known_modules(),
        can_open=bool(_closed()),
        names=identity.names(opening.opened_by for opening in found),
    )
