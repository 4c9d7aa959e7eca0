"""Pages on cash plans (RAK): all units, one unit's plan with its steps, the grid of a sheet."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kawal.budget import actions, permissions, queries
from kawal.budget.actions.cash_plans import DESK_ACTS
from kawal.budget.facts import PlanFacts, PlanLineFacts, PlanState, Way
from kawal.budget.forms.cash_plans import ProposalForm, ReasonForm, number, read_months
from kawal.budget.presenters import cash
from kawal.budget.rules import cash_plans as rules
from kawal.budget.views.which_year import budget_years, newest_of
from kawal.identity import queries as identity
from kawal.kernel.refusals import NotThere, Reason, Refused
from kawal.kernel.words import N_
from kawal.regions.facts import Actor
from kawal.regions.middleware import actor_of
from kawal.regions.permissions import may, scope
from kawal.regions.views.guard import FORM_METHODS, REFUSED, for_those_who
from kawal.ui import pages

LINES_A_PAGE = 60  # of twelve fields each; a form may carry 1,000
SEE = permissions.SEE_CASH_PLAN
Lines = Sequence[PlanLineFacts]

newest_cash_plans = newest_of(SEE, "budget:cash_plans", N_("Anggaran kas"))


@for_those_who(SEE)
@require_safe
def cash_plans(request: HttpRequest, year: int) -> HttpResponse:
    """List the units with their plans, whose desk each lies on, and what does not fit."""
    queries.year(year)
    actor = actor_of(request)
    found = queries.unit_plans(year, scope(actor, SEE).only)
    rows = cash.unit_rows(found, queries.standing(year), actor)
    context = {
        "year": year,
        "years": budget_years(),
        "rows": rows,
        "mine": sum(row.is_mine for row in rows),
        "unfit": sum(1 for row in rows if row.plans.in_force and row.plans.unfit),
        "missing": sum(1 for row in rows if not row.plans.in_force),
    }
    return pages.render(request, "budget/cash_plans.jinja", context)


@for_those_who(SEE)
@require_safe
def cash_plan(request: HttpRequest, year: int, unit_id: int) -> HttpResponse:
    """Show a unit's plan: the one under way, or the one in force, by sub kegiatan."""
    return _unit_page(request, year, unit_id)


@for_those_who(SEE)
@require_POST
def cash_plan_step(request: HttpRequest, year: int, unit_id: int, step: str) -> HttpResponse:
    """Take one step with a unit's plan: begin, propose, submit, validate, return or drop."""
    _sees(request, year, unit_id)
    if step not in STEPS:
        raise NotThere(step)
    act, said = STEPS[step]
    plan = queries.open_plan(year, unit_id)
    if (plan is None) != (step == "begin"):
        raise NotThere(f"plan of {unit_id} for {step}")
    try:
        act(request, year, unit_id, plan)
    except Refused as refused:
        return _unit_page(request, year, unit_id, refused.reasons)
    messages.success(request, _(said))
    return redirect("budget:cash_plan", year, unit_id)


def _begin(request: HttpRequest, year: int, unit_id: int, _plan: PlanFacts | None) -> None:
    actions.begin_plan(year, unit_id, actor=actor_of(request))


def _propose(request: HttpRequest, year: int, unit_id: int, plan: PlanFacts) -> None:
    form = ProposalForm(request.POST)
    ways = [Way(one) for one in form.cleaned_data["ways"]] if form.is_valid() else []
    actions.propose_plan(
        plan.id,
        ways,
        read=number(request.POST, "read"),
        replace="replace" in request.POST,
        actor=actor_of(request),
    )


def _submit(request: HttpRequest, year: int, unit_id: int, plan: PlanFacts) -> None:
    actions.submit_plan(plan.id, actor=actor_of(request))


def _validate(request: HttpRequest, year: int, unit_id: int, plan: PlanFacts) -> None:
    actions.validate_plan(plan.id, actor=actor_of(request))


def _return(request: HttpRequest, year: int, unit_id: int, plan: PlanFacts) -> None:
    actions.return_plan(plan.id, request.POST.get("reason", "")[:500], actor=actor_of(request))


def _drop(request: HttpRequest, year: int, unit_id: int, plan: PlanFacts) -> None:
    actions.drop_plan(plan.id, actor=actor_of(request))


STEPS: Mapping[str, tuple[Callable[..., None], str]] = {
    "begin": (_begin, N_("Rancangan anggaran kas dibuka.")),
    "propose": (_propose, N_("Usulan bulan sudah diisikan.")),
    "submit": (_submit, N_("Anggaran kas diajukan kepada Pengguna Anggaran.")),
    "validate": (_validate, N_("Anggaran kas divalidasi.")),
    "return": (_return, N_("Anggaran kas dikembalikan kepada penyusunnya.")),
    "drop": (_drop, N_("Rancangan anggaran kas dibatalkan.")),
}


@for_those_who(SEE)
@require_http_methods(FORM_METHODS)
def cash_plan_sheet(request: HttpRequest, year: int, unit_id: int, sheet_id: int) -> HttpResponse:
    """Show the twelve months of a sheet's lines as a grid; who drafts, writes in it."""
    _sees(request, year, unit_id)
    plan = queries.open_plan(year, unit_id) or queries.plan_in_force(year, unit_id)
    lines = queries.plan_lines(year, unit_id, plan.id if plan else None)
    lines = [line for line in lines if line.sheet_id == sheet_id]
    if not lines:
        raise NotThere(f"sheet {sheet_id}")
    page = Paginator(lines, LINES_A_PAGE).get_page(request.GET.get("page"))
    if request.method == "GET":
        return _grid(request, year, unit_id, plan, page)
    if plan is None:
        raise NotThere(f"plan of {unit_id}")
    cells = read_months(request.POST, [line.line_id for line in page])
    try:
        if cells.reasons:
            raise Refused(cells.reasons)
        read = number(request.POST, "read")
        actions.save_plan(plan.id, cells.months, read=read, actor=actor_of(request))
    except Refused as refused:
        return _grid(request, year, unit_id, plan, page, refused.reasons)
    messages.success(request, _("Anggaran kas tersimpan."))
    return redirect(request.get_full_path())


def _grid(
    request: HttpRequest,
    year: int,
    unit_id: int,
    plan: PlanFacts | None,
    page: Page[PlanLineFacts],
    reasons: Iterable[Reason] = (),
) -> HttpResponse:
    may_write = _may_write(actor_of(request), plan)
    wrong = tuple(reasons)
    context = {
        "year": year,
        "unit": queries.standing(year)[unit_id],
        "plan": plan,
        "page": page,
        "sums": cash.added(page),
        "months": cash.month_names("abbreviated"),
        "month_names": cash.month_names(),
        "typed": request.POST if wrong else {},
        "as_typed": cash.typed,
        "reasons": wrong,
        "wrong": {reason.at for reason in wrong},
        "warned": {reason.at: reason for reason in rules.warnings(page)},
        "may_write": may_write,
    }
    return pages.render(request, "budget/cash_plan_sheet.jinja", context, REFUSED if wrong else 200)


def _unit_page(
    request: HttpRequest, year: int, unit_id: int, reasons: Iterable[Reason] = ()
) -> HttpResponse:
    _sees(request, year, unit_id)
    history = queries.cash_plans(year, unit_id)
    plan = queries.open_plan(year, unit_id) or queries.plan_in_force(year, unit_id)
    lines = queries.plan_lines(year, unit_id, plan.id if plan else None)
    steps = queries.plan_steps(plan.id) if plan else []
    wrong = tuple(reasons)
    context = {
        "year": year,
        "unit": queries.standing(year)[unit_id],
        "plan": plan,
        "history": history,
        "lines": lines,
        "sheets": cash.sheet_sums(lines, rules.warnings(lines)),
        "sums": cash.added([line for line in lines if line.spends]),
        "income": [line for line in lines if not line.spends],
        "spending": [line for line in lines if line.spends],
        "of_year": queries.months_of_year(year, [unit_id]),
        "months": cash.month_names(),
        "steps": steps,
        "names": identity.names(step.by for step in steps if step.by),
        "reasons": cash.by_sheet(wrong, lines),
        "words": cash,
        "proposal": ProposalForm(),
        "reason_form": ReasonForm(),
        **_allowed(actor_of(request), year, unit_id, plan, lines),
    }
    return pages.render(request, "budget/cash_plan.jinja", context, REFUSED if wrong else 200)


def _allowed(
    actor: Actor, year: int, unit_id: int, plan: PlanFacts | None, lines: Lines
) -> dict[str, Any]:
    """Return what the reader may do now, and why not what he might."""
    drafts = may(actor, permissions.DRAFT_CASH_PLAN, unit_id)
    under_way = plan is not None and plan.state in DESK_ACTS
    at_desk = plan is not None and under_way and may(actor, DESK_ACTS[plan.state], unit_id)
    validates = at_desk and plan is not None and plan.state is not PlanState.DRAFT
    refused: list[Reason] = []
    if validates and plan is not None:
        refused = cash.by_sheet(rules.may_validate(plan, lines, actor.person_id or 0), lines)
    return {
        "may_begin": drafts and not under_way and any(line.ceiling for line in lines),
        "may_write": _may_write(actor, plan),
        "may_validate": validates,
        "why_not": refused,
    }


def _may_write(actor: Actor, plan: PlanFacts | None) -> bool:
    if plan is None or plan.state is not PlanState.DRAFT:
        return False
    return may(actor, permissions.DRAFT_CASH_PLAN, plan.unit_id)


def _sees(request: HttpRequest, year: int, unit_id: int) -> None:
    queries.year(year)
    if unit_id not in queries.standing(year) or not may(actor_of(request), SEE, unit_id):
        raise NotThere(f"cash plan of {unit_id}")
