"""From nothing to watched: paste a list, look at what is proposed, confirm many at a time."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kawal.kernel.refusals import NotThere, Refused
from kawal.monitoring import actions, queries
from kawal.monitoring.actions.proposals import Proposing
from kawal.monitoring.forms.applications import PasteForm
from kawal.monitoring.forms.fields import refuse
from kawal.monitoring.permissions import CONFIGURE
from kawal.monitoring.views.desk import (
    FORM,
    Reader,
    agency_names,
    officer,
    options,
    page,
    whole,
)
from kawal.ui.jinja import said

MOST = 2_000


@officer(CONFIGURE)
@require_http_methods(FORM)
def paste(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Take a list of addresses and propose checks for each."""
    agencies = reader.agencies(CONFIGURE)
    first = {"agency": agencies[0].id} if len(agencies) == 1 else {}
    form = PasteForm(
        request.POST or None, request.FILES or None, initial=first, agencies=options(agencies)
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            came = actions.propose_checks(
                values["text"], agency_id=values["agency"], actor=reader.actor
            )
        except Refused as refused:
            refuse(form, refused.reasons)
        else:
            return _came(request, reader, came, form)
    return page(request, reader, "paste", {"form": form, "came": None}, 422 if form.errors else 200)


def _came(request: HttpRequest, reader: Reader, came: Proposing, form: PasteForm) -> HttpResponse:
    if came.rejected:
        return page(request, reader, "paste", {"form": form, "came": came})
    _say(request, came)
    return redirect("monitoring:proposals")


def _say(request: HttpRequest, came: Proposing) -> None:
    made = ngettext("%(n)s usulan baru.", "%(n)s usulan baru.", came.made) % {"n": came.made}
    known = ngettext("%(n)s sudah dikenal.", "%(n)s sudah dikenal.", came.known)
    messages.success(request, f"{made} {known % {'n': came.known}}" if came.known else made)


@officer(CONFIGURE)
@require_http_methods(FORM)
def proposals(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show what is proposed; confirm or drop what was ticked."""
    if request.method == "POST":
        _decide(request, reader)
        return redirect("monitoring:proposals")
    found = queries.proposals(reader.scope)
    context = {
        "found": found,
        "names": agency_names((one.agency_id for one in found), reader.today),
    }
    return page(request, reader, "proposals", context)


def _decide(request: HttpRequest, reader: Reader) -> None:
    ids = [one for text in request.POST.getlist("ids")[:MOST] if (one := whole(text))]
    dropping = request.POST.get("act") == "reject"
    act = actions.reject_proposals if dropping else actions.confirm_proposals
    try:
        count = act(ids, actor=reader.actor)
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, f"{said(reason)} {said(reason.mend)}".strip())
    except NotThere:
        messages.error(request, _("Sebagian usulan sudah diputuskan orang lain; periksa lagi."))
    else:
        said_ = _("%(n)s usulan dibuang.") if dropping else _("%(n)s pemeriksaan mulai berjalan.")
        messages.success(request, said_ % {"n": count})
