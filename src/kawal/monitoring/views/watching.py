"""Pages on the watching itself: the watchers' health, private networks, thresholds."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kawal.kernel.refusals import Refused
from kawal.monitoring import actions, presenters, queries
from kawal.monitoring.forms.fields import refuse
from kawal.monitoring.forms.incidents import NetworkForm, PolicyForm, policy_initial
from kawal.monitoring.permissions import (
    OPEN_NETWORK,
    SEE_NETWORKS,
    SEE_WATCHERS,
    SET_POLICY,
)
from kawal.monitoring.views.desk import FORM, Reader, officer, page, people_names


@officer(SEE_WATCHERS)
@require_safe
def watchers(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show whether the watchers are alive, up to when they watched, and how they judge it."""
    context = {
        "watchers": queries.watchers(),
        "verdicts": queries.verdicts(),
        "per_minute": queries.checks_per_minute(reader.at),
        "presenters": presenters,
    }
    return page(request, reader, "watchers", context)


@officer(SEE_NETWORKS)
@require_http_methods(FORM)
def networks(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the private networks that checks may reach; open one."""
    may_open = reader.may(OPEN_NETWORK)
    form = NetworkForm(request.POST or None) if may_open else None
    if request.method == "POST" and form is not None and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            actions.open_network(values.pop("network"), actor=reader.actor, **values)
        except Refused as refused:
            refuse(form, refused.reasons)
        else:
            messages.success(request, _("Jaringan dibuka untuk pemeriksaan."))
            return redirect("monitoring:networks")
    found = queries.networks(with_closed=True)
    people = people_names(one.by_id for one in found)
    context = {"found": found, "form": form, "people": people}
    status = 422 if form is not None and form.errors else 200
    return page(request, reader, "networks", context, status)


@officer(OPEN_NETWORK)
@require_POST
def close_network(request: HttpRequest, reader: Reader, network_id: int) -> HttpResponse:
    """Keep checks out of a network."""
    actions.close_network(network_id, actor=reader.actor)
    messages.success(request, _("Jaringan ditutup."))
    return redirect("monitoring:networks")


@officer(SEE_WATCHERS)
@require_safe
def policy(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the thresholds in force, and those before and after."""
    context = {
        "policy": queries.policy(reader.today),
        "all": queries.policies(),
        "may_set": reader.may(SET_POLICY),
    }
    return page(request, reader, "policy", context)


@officer(SET_POLICY)
@require_http_methods(FORM)
def set_policy(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Set thresholds from a day on."""
    now = queries.policy(reader.today)
    form = PolicyForm(
        request.POST or None, initial=policy_initial(now) | {"valid_from": reader.today}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_policy(form.policy(), actor=reader.actor)
        except Refused as refused:
            refuse(form, refused.reasons)
        else:
            messages.success(request, _("Batas pengawasan ditetapkan dan diumumkan."))
            return redirect("monitoring:policy")
    return page(request, reader, "policy_form", {"form": form}, 422 if form.errors else 200)
