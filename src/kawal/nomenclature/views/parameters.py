"""Pages on parameters of the law: the list, and one with its amendments."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kawal.identity import queries as identity
from kawal.kernel.refusals import Reason, Refused
from kawal.nomenclature import actions, acts, queries
from kawal.nomenclature.facts import CERTAINTY_LABELS, ParameterFacts
from kawal.nomenclature.forms import ParameterForm
from kawal.nomenclature.presenters import value_words
from kawal.nomenclature.registry import Declared, declared
from kawal.regions import queries as regions
from kawal.regions.middleware import actor_of
from kawal.regions.permissions import may
from kawal.regions.views.guard import FORM_METHODS, for_those_who, refused_status
from kawal.ui import pages

STATES = {"proposed": "warn", "made": "good", "rejected": "paused"}


@for_those_who(acts.SEE)
@require_safe
def parameters(request: HttpRequest) -> HttpResponse:
    """List what each parameter is today, with its legal basis and how sure it is."""
    found = {one.key: one for one in queries.parameters(regions.today(actor_of(request).at))}
    waiting = {one.value.key for one in queries.proposals()}
    rows = [_row(one, found.get(key), waits=key in waiting) for key, one in declared().items()]
    return pages.render(request, "nomenclature/parameters.jinja", {"rows": rows})


def _row(one: Declared, now: ParameterFacts | None, *, waits: bool) -> tuple[object, ...]:
    if now is None:
        return one, None, _("Tidak ada nilai yang berlaku"), "", waits
    return one, now, value_words(now), _(CERTAINTY_LABELS[now.certainty]), waits


@for_those_who(acts.SEE)
@require_http_methods(FORM_METHODS)
def parameter(request: HttpRequest, key: str) -> HttpResponse:
    """Show one parameter and its amendments; who may, proposes another."""
    if key not in declared():
        raise Http404
    form = ParameterForm(request.POST or None, known=declared()[key])
    if request.method == "GET" or not form.is_valid():
        return _page(request, key, form)
    try:
        actions.propose_parameter(form.draft(), actor=actor_of(request))
    except Refused as refused:
        return _page(request, key, form, refused.reasons)
    messages.success(request, _("Usulan tercatat; orang kedua memutuskannya."))
    return redirect("nomenclature:parameter", key)


@for_those_who(acts.AMEND)
@require_POST
def decide(request: HttpRequest, key: str, proposal_id: int) -> HttpResponse:
    """Approve or reject an amendment."""
    if key not in declared():
        raise Http404
    approve = request.POST.get("decision") == "approve"
    try:
        actions.decide_parameter(proposal_id, approve=approve, actor=actor_of(request))
    except Refused as refused:
        form = ParameterForm(known=declared()[key])
        return _page(request, key, form, refused.reasons)
    messages.success(request, _("Usulan disetujui.") if approve else _("Usulan ditolak."))
    return redirect("nomenclature:parameter", key)


def _page(
    request: HttpRequest, key: str, form: ParameterForm, reasons: Iterable[Reason] = ()
) -> HttpResponse:
    actor = actor_of(request)
    today = regions.today(actor.at)
    proposals = queries.proposals(key)
    people = {one.proposed_by for one in proposals} | {one.decided_by or 0 for one in proposals}
    return pages.render(
        request,
        "nomenclature/parameter.jinja",
        {
            "declared": declared()[key],
            "now": next((one for one in queries.parameters(today) if one.key == key), None),
            "form": form,
            "reasons": tuple(reasons),
            "proposals": proposals,
            "names": identity.names(people),
            "value_of": value_words,
            "sure": CERTAINTY_LABELS,
            "tones": STATES,
            "can_amend": may(actor, acts.AMEND),
            "me": actor.person_id,
        },
        refused_status(request),
    )
