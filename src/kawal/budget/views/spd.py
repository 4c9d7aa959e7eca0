"""Pages on SPD: the year's list, a draft that is written, one that is signed or withdrawn."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kawal.budget import actions, permissions, queries
from kawal.budget.facts import NIL, SpdFacts, SpdLineFacts, SpdState
from kawal.budget.forms.cash_plans import ReasonForm, number, read_amounts
from kawal.budget.forms.spd import DraftForm, TermsForm
from kawal.budget.presenters import cash
from kawal.budget.rules import spd as rules
from kawal.budget.views.which_year import budget_years, newest_of
from kawal.identity import queries as identity
from kawal.kernel.refusals import NotThere, Reason, Refused
from kawal.kernel.terbilang import terbilang
from kawal.kernel.words import N_
from kawal.nomenclature.queries import parameter
from kawal.regions import queries as regions
from kawal.regions.facts import Actor, AgencyFacts
from kawal.regions.middleware import actor_of
from kawal.regions.permissions import may, scope
from kawal.regions.views.guard import FORM_METHODS, REFUSED, for_those_who
from kawal.ui import pages

LINES_A_PAGE = 200
SEE = permissions.SEE_SPD

newest_spd = newest_of(SEE, "budget:spd_list", N_("SPD"))


@for_those_who(SEE)
@require_http_methods(FORM_METHODS)
def spd_list(request: HttpRequest, year: int) -> HttpResponse:
    """List a year's SPD; the Kuasa BUD drafts another."""
    queries.year(year)
    actor = actor_of(request)
    units = queries.standing(year)
    drafts = may(actor, permissions.DRAFT_SPD)
    form = DraftForm(request.POST or None, agencies=_tops(units), months=cash.month_names())
    if request.method == "GET" or not drafts or not form.is_valid():
        return _list(request, year, form, drafts=drafts)
    typed = form.cleaned_data
    try:
        made = actions.draft_spd(
            year, typed["agency"], typed["first_month"], typed["last_month"], actor=actor
        )
    except Refused as refused:
        return _list(request, year, form, refused.reasons, drafts=drafts)
    messages.success(request, _("Rancangan SPD disusun dari anggaran kas yang berlaku."))
    return redirect("budget:spd", made)


def _tops(units: Mapping[int, AgencyFacts]) -> list[AgencyFacts]:
    tops = [one for one in units.values() if one.parent_id is None]
    return sorted(tops, key=lambda one: one.code)


def _list(
    request: HttpRequest,
    year: int,
    form: DraftForm,
    reasons: Iterable[Reason] = (),
    *,
    drafts: bool,
) -> HttpResponse:
    found = queries.spds(year, scope(actor_of(request), SEE).only)
    wrong = tuple(reasons)
    context = {
        "year": year,
        "years": budget_years(),
        "page": Paginator(found, 50).get_page(request.GET.get("page")),
        "released": sum((one.left for one in found if one.state is SpdState.SIGNED), NIL),
        "waiting": sum(1 for one in found if one.state is SpdState.DRAFT),
        "units": queries.standing(year),
        "words": cash,
        "form": form if drafts else None,
        "reasons": wrong,
    }
    status = REFUSED if wrong or form.errors else 200
    return pages.render(request, "budget/spd_list.jinja", context, status)


@for_those_who(SEE)
@require_http_methods(FORM_METHODS)
def spd(request: HttpRequest, spd_id: int) -> HttpResponse:
    """Show an SPD with its lines; its drafter writes the amounts."""
    found = _seen(request, spd_id)
    page = _page_of(request, found)
    if request.method == "GET":
        return _one(request, found, page)
    form, cells = TermsForm(request.POST), read_amounts(request.POST, [x.line_id for x in page])
    if cells.reasons or not form.is_valid():
        return _one(request, found, page, cells.reasons, form=form)
    kept = {x.line_id: x.amount for x in queries.spd_lines(spd_id) if x.amount}
    others = {line: amount for line, amount in kept.items() if line not in _ids(page)}
    read = number(request.POST, "read")
    try:
        actions.save_spd(
            spd_id, others | cells.amounts, read=read, actor=actor_of(request), **form.cleaned_data
        )
    except Refused as refused:
        return _one(request, found, page, refused.reasons, form=form)
    messages.success(request, _("Rancangan SPD tersimpan."))
    return redirect(request.get_full_path())


def _ids(page: Iterable[SpdLineFacts]) -> set[int]:
    return {line.line_id for line in page}


def _page_of(request: HttpRequest, found: SpdFacts) -> Page[SpdLineFacts]:
    """Return the lines of a page: of a draft all that may be released, of others their own."""
    if _writes(actor_of(request), found):
        lines = queries.releasable(found.year, found.agency_id, found.last_month, spd_id=found.id)
    else:
        lines = queries.spd_lines(found.id)
    return Paginator(lines, LINES_A_PAGE).get_page(request.GET.get("page"))


@for_those_who(SEE)
@require_POST
def spd_step(request: HttpRequest, spd_id: int, step: str) -> HttpResponse:
    """Sign an SPD, withdraw it whole or in part, or drop its draft."""
    found = _seen(request, spd_id)
    if step not in STEPS:
        raise NotThere(step)
    act, said = STEPS[step]
    page = _page_of(request, found)
    try:
        act(request, spd_id, page)
    except Refused as refused:
        return _one(request, found, page, refused.reasons)
    messages.success(request, _(said))
    if step == "drop":
        return redirect("budget:spd_list", found.year)
    return redirect("budget:spd", spd_id)


def _sign(request: HttpRequest, spd_id: int, _page: Iterable[SpdLineFacts]) -> None:
    actions.sign_spd(spd_id, actor=actor_of(request))


def _drop(request: HttpRequest, spd_id: int, _page: Iterable[SpdLineFacts]) -> None:
    actions.drop_spd(spd_id, actor=actor_of(request))


def _withdraw(request: HttpRequest, spd_id: int, page: Iterable[SpdLineFacts]) -> None:
    reason = request.POST.get("reason", "")[:500]
    if request.POST.get("how") == "whole":
        actions.withdraw_spd(spd_id, reason, actor=actor_of(request))
        return
    cells = read_amounts(request.POST, _ids(page))
    if cells.reasons:
        raise Refused(cells.reasons)
    actions.withdraw_spd(spd_id, reason, amounts=cells.amounts, actor=actor_of(request))


STEPS: Mapping[str, tuple[Callable[..., None], str]] = {
    "sign": (_sign, N_("SPD ditandatangani; dananya tersedia.")),
    "withdraw": (_withdraw, N_("Penarikan SPD dibukukan.")),
    "drop": (_drop, N_("Rancangan SPD dibatalkan.")),
}


def _one(
    request: HttpRequest,
    found: SpdFacts,
    page: Page[SpdLineFacts],
    reasons: Iterable[Reason] = (),
    form: TermsForm | None = None,
) -> HttpResponse:
    wrong = tuple(reasons)
    taken = queries.spd_withdrawals(found.id)
    people = {found.drafted_by, found.signed_by, *(one.by for one in taken)} - {None}
    context = {
        "spd": found,
        "page": page,
        "unit": queries.standing(found.year)[found.agency_id],
        "units": queries.standing(found.year),
        "withdrawals": taken,
        "names": identity.names(person for person in people if person),
        "words": cash,
        "in_words": terbilang(found.total),
        "typed": request.POST if wrong else {},
        "reasons": wrong,
        "wrong": {reason.at for reason in wrong},
        "terms": form or TermsForm(initial=_said(found)),
        "reason_form": ReasonForm(),
        **_allowed(actor_of(request), found),
    }
    return pages.render(request, "budget/spd.jinja", context, REFUSED if wrong else 200)


def _said(found: SpdFacts) -> dict[str, str]:
    return {"explanation": found.explanation, "terms": found.terms}


def _allowed(actor: Actor, found: SpdFacts) -> dict[str, Any]:
    """Return what the reader may do with it now, and why not what he might."""
    signs = may(actor, permissions.SIGN_SPD)
    is_draft = found.state is SpdState.DRAFT
    refused: list[Reason] = []
    if signs and is_draft:
        on = regions.today(actor.at)
        over = parameter("budget.spd_over_plan", on).number or NIL
        lines, person = queries.spd_lines(found.id), actor.person_id or 0
        refused = rules.may_sign(found, lines, person=person, on=on, over=over)
    return {
        "may_write": _writes(actor, found),
        "may_sign": signs and is_draft,
        "may_withdraw": signs and found.state is SpdState.SIGNED and not found.is_withdrawn,
        "why_not": refused,
    }


def _writes(actor: Actor, found: SpdFacts) -> bool:
    return found.state is SpdState.DRAFT and may(actor, permissions.DRAFT_SPD)


def _seen(request: HttpRequest, spd_id: int) -> SpdFacts:
    found = queries.spd(spd_id)
    if not may(actor_of(request), SEE, found.agency_id):
        raise NotThere(f"SPD {spd_id}")
    return found
