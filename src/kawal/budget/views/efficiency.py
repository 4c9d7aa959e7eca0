"""Pages of efficiency orders: the list with a new one, and one with its cuts by agency."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kawal.budget import actions, permissions, queries
from kawal.budget.facts import NIL
from kawal.budget.facts.amendments import ORDER_STATE_LABELS, CutFacts, OrderFacts, OrderState
from kawal.budget.forms.shifts import CutsForm, OrderForm, PaperForm, WhyForm
from kawal.kernel.refusals import Reason, Refused
from kawal.nomenclature.queries import parameter
from kawal.regions.facts import Actor
from kawal.regions.middleware import actor_of
from kawal.regions.permissions import may, scope
from kawal.regions.queries import today
from kawal.regions.views.guard import FORM_METHODS, for_those_who, refused_status
from kawal.ui import pages

TONES = {OrderState.OPEN: "warn", OrderState.ENACTED: "good", OrderState.WITHDRAWN: "paused"}


@for_those_who(permissions.SEE_SHIFTS)
@require_http_methods(FORM_METHODS)
def efficiency(request: HttpRequest, year: int) -> HttpResponse:
    """List the year's efficiency orders; who may, keeps another."""
    queries.year(year)
    actor = actor_of(request)
    tops = [one for one in queries.standing(year).values() if one.parent_id is None]
    form = OrderForm(request.POST or None, agencies=sorted(tops, key=lambda one: one.code))
    reasons: Iterable[Reason] = ()
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.order_efficiency(form.draft(year), actor=actor)
        except Refused as refused:
            reasons = refused.reasons
        else:
            messages.success(request, _("Pengurangan diusulkan per rincian; SKPD meninjaunya."))
            return redirect("budget:efficiency_order", year, made)
    found = [_for_reader(one, actor) for one in queries.orders(year)]
    context = {
        "year": year,
        "rows": [_row(one) for one in found if one.targets],
        "form": form,
        "reasons": tuple(reasons),
        "excluded": parameter("budget.efficiency_excluded", today(actor.at)),
        "may_order": may(actor, permissions.ORDER_EFFICIENCY),
    }
    return pages.render(request, "budget/efficiency.jinja", context, refused_status(request))


@for_those_who(permissions.SEE_SHIFTS)
@require_safe
def efficiency_order(request: HttpRequest, year: int, order_id: int) -> HttpResponse:
    """Show an order: what was wanted, what could not be cut, and the cuts line by line."""
    return _page(request, _seen(request, year, order_id))


@for_those_who(permissions.SEE_SHIFTS)
@require_POST
def decide_efficiency(request: HttpRequest, year: int, order_id: int) -> HttpResponse:
    """Agree to an agency's cuts, let an order take force, or withdraw it."""
    facts = _seen(request, year, order_id)
    actor = actor_of(request)
    try:
        match request.POST.get("decision"):
            case "agree":
                agency = _agency(request, facts)
                form = _cuts_form(request, facts, agency)
                if not form.is_valid():
                    return _page(request, facts, typed=form)
                actions.agree_cuts(order_id, agency, form.agreed(), actor=actor)
            case "enact":
                paper = PaperForm(request.POST)
                paper.is_valid()
                number, day = paper.cleaned_data.get("number", ""), paper.cleaned_data.get("date")
                actions.enact_efficiency(order_id, number=number, day=day, actor=actor)
            case "withdraw":
                reason = request.POST.get("reason", "")
                actions.withdraw_efficiency(order_id, reason, actor=actor)
            case _:
                raise Http404
    except Refused as refused:
        return _page(request, facts, refused.reasons)
    messages.success(request, _("Putusan tercatat."))
    return redirect("budget:efficiency_order", year, order_id)


def _agency(request: HttpRequest, facts: OrderFacts) -> int:
    typed = request.POST.get("agency", "")
    known = {str(one.agency_id): one.agency_id for one in facts.targets}
    if typed not in known:
        raise Http404
    return known[typed]


def _cuts_form(request: HttpRequest, facts: OrderFacts, agency: int) -> CutsForm:
    own = queries.cuts(facts.id, agency_ids=[agency])
    return CutsForm(request.POST, cuts=own)


def _seen(request: HttpRequest, year: int, order_id: int) -> OrderFacts:
    """Return an order with the targets that the reader may see; without any there is none."""
    facts = _for_reader(queries.order(order_id), actor_of(request))
    if facts.year != year or not facts.targets:
        raise Http404
    return facts


def _for_reader(facts: OrderFacts, actor: Actor) -> OrderFacts:
    reach = scope(actor, permissions.SEE_SHIFTS)
    return replace(facts, targets=tuple(one for one in facts.targets if one.agency_id in reach))


def _row(facts: OrderFacts) -> dict[str, Any]:
    return {
        "order": facts,
        "state": _(ORDER_STATE_LABELS[facts.state]),
        "tone": TONES[facts.state],
        "wanted": sum((one.wanted for one in facts.targets), NIL),
        "uncut": sum((one.uncut for one in facts.targets), NIL),
    }


def _page(
    request: HttpRequest,
    facts: OrderFacts,
    reasons: Iterable[Reason] = (),
    *,
    typed: CutsForm | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    standing = queries.standing(facts.year)
    is_open = facts.state is OrderState.OPEN
    found = queries.cuts(facts.id, agency_ids={one.agency_id for one in facts.targets})
    agencies = sorted({one.agency_id for one in facts.targets}, key=lambda one: standing[one].code)
    context = {
        "year": facts.year,
        "row": _row(facts),
        "version": queries.version(facts.version_id) if facts.version_id else None,
        "targets": facts.targets,
        "standing": standing,
        "agencies": [_of_agency(one, facts, found, actor, typed) for one in agencies],
        "typed": typed,
        "reasons": tuple(reasons),
        "paper": PaperForm(),
        "why": WhyForm(),
        "may_enact": is_open and may(actor, permissions.ORDER_EFFICIENCY),
    }
    return pages.render(request, "budget/efficiency_order.jinja", context, refused_status(request))


def _of_agency(
    agency: int,
    facts: OrderFacts,
    found: list[CutFacts],
    actor: Actor,
    typed: CutsForm | None,
) -> dict[str, Any]:
    """Return an agency's cuts, each with its field; as typed where that was refused."""
    targets = {one.id for one in facts.targets if one.agency_id == agency}
    own = [one for one in found if one.target_id in targets]
    is_typed = typed is not None and set(typed.fields) == {str(one.line_id) for one in own}
    form = typed if typed is not None and is_typed else CutsForm(cuts=own)
    agreed = agency in facts.reviewed
    return {
        "id": agency,
        "rows": [(one, form[str(one.line_id)]) for one in own],
        "agreed": agreed,
        "may_agree": facts.state is OrderState.OPEN
        and not agreed
        and may(actor, permissions.SUBMIT_SHIFT, agency),
    }
