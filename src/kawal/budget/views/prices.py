"""Pages on standard prices: the list, one item with its history, a proposal, a decision."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kawal.budget import actions, permissions, queries
from kawal.budget.facts import PRICE_FAMILY_LABELS, PRODUCT_TYPE_LABELS, ItemFacts, PriceFacts
from kawal.budget.forms.prices import ItemForm, PriceForm, PriceSearchForm
from kawal.budget.presenters.prices import people_of, price_line
from kawal.identity import queries as identity
from kawal.kernel.refusals import Reason, Refused
from kawal.nomenclature import queries as nomenclature
from kawal.nomenclature.facts import CodeKind
from kawal.regions import queries as regions
from kawal.regions.facts import Actor, AgencyFacts
from kawal.regions.middleware import actor_of
from kawal.regions.permissions import scope
from kawal.regions.views.guard import FORM_METHODS, for_those_who, refused_status
from kawal.ui import pages


@for_those_who(permissions.SEE_PRICES)
@require_safe
def prices(request: HttpRequest) -> HttpResponse:
    """List the items with what they cost on a day, and the proposals that wait."""
    actor = actor_of(request)
    form = PriceSearchForm(request.GET or None)
    wanted = form.wanted(regions.today(actor.at))
    waiting = queries.price_proposals()
    names = identity.names(people_of(price for _, price in waiting))
    context = {
        "form": form,
        "on": wanted["on"],
        "page": queries.price_page(**wanted, number=request.GET.get("page", "1")),
        "families": PRICE_FAMILY_LABELS,
        "waiting": [(item, price_line(price, names, actor)) for item, price in waiting],
        "may_propose": bool(_agencies(actor)),
    }
    return pages.render(request, "budget/prices.jinja", context)


@for_those_who(permissions.SEE_PRICES)
@require_http_methods(FORM_METHODS)
def price(request: HttpRequest, item_id: int) -> HttpResponse:
    """Show an item and its prices; who may, proposes another."""
    actor = actor_of(request)
    item = queries.price_item(item_id)
    history = queries.price_history(item_id)
    form = _price_form(request, actor, history)
    if request.method == "GET" or not form.is_valid():
        return _item_page(request, item, history, form)
    try:
        actions.propose_price(
            item_id, form.draft(), agency_id=int(form.cleaned_data["agency"]), actor=actor
        )
    except Refused as refused:
        return _item_page(request, item, history, form, refused.reasons)
    messages.success(request, _("Usulan harga tercatat; PPKD memeriksanya."))
    return redirect("budget:price", item_id)


@for_those_who(permissions.PROPOSE_PRICE)
@require_http_methods(FORM_METHODS)
def new_price(request: HttpRequest) -> HttpResponse:
    """Propose an item that the list does not have, with its first price."""
    actor = actor_of(request)
    item = ItemForm(request.POST or None)
    form = _price_form(request, actor, ())
    reasons: Iterable[Reason] = ()
    if request.method == "POST" and all([item.is_valid(), form.is_valid()]):
        try:
            made = actions.propose_price(
                item.item(), form.draft(), agency_id=int(form.cleaned_data["agency"]), actor=actor
            )
        except Refused as refused:
            reasons = refused.reasons
        else:
            messages.success(request, _("Usulan harga tercatat; PPKD memeriksanya."))
            return redirect("budget:price", made.item_id)
    context = {"item": item, "form": form, "reasons": tuple(reasons)}
    return pages.render(request, "budget/new_price.jinja", context, refused_status(request))


@for_those_who(permissions.SEE_PRICES)
@require_POST
def decide_price(request: HttpRequest, item_id: int, price_id: int) -> HttpResponse:
    """Check, approve or reject a proposal."""
    actor = actor_of(request)
    try:
        _decide(request.POST, price_id, actor)
    except Refused as refused:
        history = queries.price_history(item_id)
        form = _price_form(request, actor, history, typed=False)
        return _item_page(request, queries.price_item(item_id), history, form, refused.reasons)
    messages.success(request, _("Putusan tercatat."))
    return redirect("budget:price", item_id)


def _decide(typed: Any, price_id: int, actor: Actor) -> None:
    match typed.get("decision"):
        case "check":
            actions.check_price(price_id, actor=actor)
        case "approve":
            actions.approve_price(price_id, actor=actor)
        case _:
            actions.reject_price(price_id, typed.get("reason", ""), actor=actor)


def _agencies(actor: Actor) -> list[AgencyFacts]:
    """Return the agencies for which the reader may propose a price."""
    reach = scope(actor, permissions.PROPOSE_PRICE)
    return regions.agencies(regions.today(actor.at), ids=reach.only) if reach else []


def _price_form(
    request: HttpRequest, actor: Actor, history: Iterable[PriceFacts], *, typed: bool = True
) -> PriceForm:
    before = next(iter(history), None)
    initial = {"accounts": "\n".join(before.accounts)} if before else {}
    data = request.POST if typed and request.method == "POST" else None
    return PriceForm(data, agencies=_agencies(actor), initial=initial)


def _item_page(
    request: HttpRequest,
    item: ItemFacts,
    history: list[PriceFacts],
    form: PriceForm,
    reasons: Iterable[Reason] = (),
) -> HttpResponse:
    actor = actor_of(request)
    today = regions.today(actor.at)
    now = queries.standard_prices([item.id], today).get(item.id)
    accounts = nomenclature.by_ids(CodeKind.ACCOUNT, sorted(now.account_ids)) if now else {}
    names = identity.names(people_of(history))
    context = {
        "item": item,
        "family": _(PRICE_FAMILY_LABELS[item.family]),
        "product": _(PRODUCT_TYPE_LABELS[item.product_type]),
        "now": now,
        "accounts": sorted(accounts.values(), key=lambda one: one.code),
        "history_lines": [price_line(one, names, actor) for one in history],
        "form": form,
        "reasons": tuple(reasons),
        "may_propose": bool(_agencies(actor)),
    }
    return pages.render(request, "budget/price.jinja", context, refused_status(request))
