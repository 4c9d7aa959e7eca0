"""Pages of what changes the whole budget: Perubahan APBD, and the year without an APBD."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kawal.budget import actions, permissions, queries
from kawal.budget.facts import NIL
from kawal.budget.facts.amendments import (
    AMENDMENT_GROUND_LABELS,
    AMENDMENT_STATE_LABELS,
    ORDER_STATE_LABELS,
    AmendmentGround,
    AmendmentState,
    InterimFacts,
    OrderState,
)
from kawal.budget.forms.shifts import AmendmentForm, InterimForm, PaperForm, WhyForm
from kawal.identity import queries as identity
from kawal.kernel.refusals import Reason, Refused
from kawal.nomenclature.facts import CERTAINTY_LABELS
from kawal.nomenclature.queries import parameter
from kawal.regions.middleware import actor_of
from kawal.regions.permissions import may
from kawal.regions.queries import today
from kawal.regions.views.guard import FORM_METHODS, for_those_who, refused_status
from kawal.ui import pages

LIMITS = ("interim_accounts", "interim_last_year_share", "interim_parts")


@for_those_who(permissions.SEE_SHIFTS)
@require_http_methods(FORM_METHODS)
def amendments(request: HttpRequest, year: int) -> HttpResponse:
    """Show the year's Perubahan; who may, opens one."""
    queries.year(year)
    form = AmendmentForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _amendments(request, year, form)
    typed = form.cleaned_data
    try:
        actions.open_amendment(
            year,
            AmendmentGround(typed["ground"]),
            typed["explanation"],
            moved=typed["moved"],
            actor=actor_of(request),
        )
    except Refused as refused:
        return _amendments(request, year, form, refused.reasons)
    messages.success(request, _("Perubahan APBD mulai disusun; pergeseran menunggu."))
    return redirect("budget:amendments", year)


@for_those_who(permissions.SEE_SHIFTS)
@require_POST
def decide_amendment(request: HttpRequest, year: int, amendment_id: int) -> HttpResponse:
    """Enact, detail or withdraw a Perubahan."""
    if queries.amendment(amendment_id).year != year:
        raise Http404
    paper, why = PaperForm(request.POST), WhyForm(request.POST)
    paper.is_valid()
    words = {"number": paper.cleaned_data.get("number", ""), "day": paper.cleaned_data.get("date")}
    actor = actor_of(request)
    steps: dict[str, Callable[[], object]] = {
        "enact": lambda: actions.enact_amendment(amendment_id, actor=actor, **words),
        "detail": lambda: actions.detail_amendment(amendment_id, actor=actor, **words),
        "withdraw": lambda: actions.withdraw_amendment(
            amendment_id, why.data.get("reason", ""), actor=actor
        ),
    }
    try:
        _chosen(steps, request)()
    except Refused as refused:
        return _amendments(request, year, AmendmentForm(), refused.reasons)
    messages.success(request, _("Putusan tercatat."))
    return redirect("budget:amendments", year)


def _chosen(steps: dict[str, Callable[[], object]], request: HttpRequest) -> Callable[[], object]:
    try:
        return steps[request.POST.get("decision", "")]
    except KeyError:
        raise Http404 from None


def _amendments(
    request: HttpRequest, year: int, form: AmendmentForm, reasons: Iterable[Reason] = ()
) -> HttpResponse:
    actor = actor_of(request)
    found = queries.amendments(year)
    newest = found[0] if found else None
    may_enact = may(actor, permissions.MAKE_VERSION)
    context = {
        "year": year,
        "rows": [
            (one, _(AMENDMENT_GROUND_LABELS[one.ground]), _(AMENDMENT_STATE_LABELS[one.state]))
            for one in found
        ],
        "versions": {
            one.id: [
                queries.version(made)
                for made in (one.enacted_version_id, one.detailed_version_id)
                if made is not None
            ]
            for one in found
        },
        "names": identity.names({one.opened_by for one in found}),
        "newest": newest,
        "unverified": queries.unverified(year) if newest else [],
        "verified": len(queries.verified(year)) if newest else 0,
        "form": form,
        "paper": PaperForm(),
        "why": WhyForm(),
        "reasons": tuple(reasons),
        "may_open": may(actor, permissions.OPEN_AMENDMENT),
        "may_enact": may_enact and newest and newest.state is AmendmentState.OPEN,
        "may_detail": may_enact and newest and newest.state is AmendmentState.ENACTED,
        "is_open": newest is not None and newest.state is AmendmentState.OPEN,
    }
    return pages.render(request, "budget/amendments.jinja", context, refused_status(request))


@for_those_who(permissions.SEE_SHIFTS)
@require_http_methods(FORM_METHODS)
def interim(request: HttpRequest, year: int) -> HttpResponse:
    """Show the spending allowed before the APBD; who may, proposes it."""
    queries.year(year)
    form = InterimForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _interim(request, year, form)
    try:
        actions.propose_interim(form.draft(year), actor=actor_of(request))
    except Refused as refused:
        return _interim(request, year, form, refused.reasons)
    messages.success(request, _("Usulan tercatat; PPKD menetapkannya dengan Perkada."))
    return redirect("budget:interim", year)


@for_those_who(permissions.SEE_SHIFTS)
@require_POST
def decide_interim(request: HttpRequest, year: int) -> HttpResponse:
    """Let the interim budget take force, or withdraw its proposal."""
    facts = queries.interim(year)
    if facts is None:
        raise Http404
    paper, why = PaperForm(request.POST), WhyForm(request.POST)
    paper.is_valid()
    words = {"number": paper.cleaned_data.get("number", ""), "day": paper.cleaned_data.get("date")}
    actor = actor_of(request)
    steps: dict[str, Callable[[], object]] = {
        "enact": lambda: actions.open_interim(facts.id, actor=actor, **words),
        "withdraw": lambda: actions.withdraw_interim(
            facts.id, why.data.get("reason", ""), actor=actor
        ),
    }
    try:
        _chosen(steps, request)()
    except Refused as refused:
        return _interim(request, year, InterimForm(), refused.reasons)
    messages.success(request, _("Putusan tercatat."))
    return redirect("budget:interim", year)


def _interim(
    request: HttpRequest, year: int, form: InterimForm, reasons: Iterable[Reason] = ()
) -> HttpResponse:
    actor = actor_of(request)
    facts = queries.interim(year)
    on = today(actor.at)
    context: dict[str, Any] = {
        "year": year,
        "facts": facts,
        "version": queries.version(facts.version_id) if facts and facts.version_id else None,
        "state": _(ORDER_STATE_LABELS[facts.state]) if facts else "",
        "is_open": facts is not None and facts.state is OrderState.OPEN,
        "jenis": _by_jenis(facts, request) if facts else [],
        "sure": CERTAINTY_LABELS,
        "law": [parameter(f"budget.{one}", on) for one in LIMITS],
        "form": form,
        "paper": PaperForm(),
        "why": WhyForm(),
        "reasons": tuple(reasons),
        "may_draft": may(actor, permissions.DRAFT_INTERIM),
        "may_enact": may(actor, permissions.MAKE_VERSION),
    }
    return pages.render(request, "budget/interim.jinja", context, refused_status(request))


def _by_jenis(facts: InterimFacts, request: HttpRequest) -> list[tuple[str, Any, Any]]:
    """Return planned and allowed spending by jenis, in rupiah."""
    lines = queries.held_lines(facts.base_id, facts.year)
    allowed = queries.interim_amounts(lines, facts, today(actor_of(request).at))
    sums: dict[str, list[Any]] = {}
    for one in lines:
        jenis = ".".join(one.line.account.split(".")[:3])
        if not jenis.startswith(("5", "6.2")):
            continue
        both = sums.setdefault(jenis, [NIL, NIL])
        both[0] += one.line.amount
        both[1] += allowed.get(one.line.line_id, NIL)
    return [(jenis, *both) for jenis, both in sorted(sums.items())]
