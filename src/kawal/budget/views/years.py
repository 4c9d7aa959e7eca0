"""The home of the budget: its years, how far each plan is, what waits for the reader."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kawal.budget import actions, queries
from kawal.budget.facts import (
    DpaState,
    Execution,
    RevisionState,
    SheetKind,
    SheetRow,
    SpdFacts,
    SpdState,
)
from kawal.budget.forms.ceilings import YearForm
from kawal.budget.permissions import (
    OPEN_YEAR,
    SEE_CEILINGS,
    SEE_DPA,
    SEE_FUNDS,
    SEE_HOME,
    SEE_RKA,
    SEE_SPD,
    VERIFY_RKA,
)
from kawal.budget.presenters.plan import Task, states, waiting
from kawal.budget.queries.execution import together
from kawal.budget.views.reach import within
from kawal.kernel.refusals import Refused
from kawal.nomenclature import queries as nomenclature
from kawal.regions import queries as regions
from kawal.regions.facts import Actor, Scope
from kawal.regions.middleware import actor_of
from kawal.regions.permissions import scope
from kawal.regions.views.guard import FORM_METHODS, REFUSED, for_those_who
from kawal.ui import pages


@dataclass(frozen=True, slots=True)
class Plan:
    """How far the sheets of a year are that a reader sees, and what they come to in rupiah."""

    tasks: list[Task]
    sheets: int
    drafts: int
    submitted: int
    verified: int
    planned: Decimal
    ceiling: Decimal
    balance: Decimal | None


@dataclass(frozen=True, slots=True)
class Carried:
    """How far a year is carried out, as a reader sees it: its papers, its money in rupiah."""

    dpas: int
    ratified: int
    signed: int | None
    drafted: int | None
    money: Execution | None


@for_those_who(SEE_HOME)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show each year as far as the reader sees it: its plan, its papers, what waits for him."""
    actor = actor_of(request)
    context = {
        "years": [
            (one.year, _plan(one.year, actor), _carried(request, one.year))
            for one in queries.years()
        ],
        "may_open": bool(scope(actor, OPEN_YEAR)),
        "may_see_ceilings": bool(scope(actor, SEE_CEILINGS)),
        "may_verify": bool(scope(actor, VERIFY_RKA)),
    }
    return pages.render(request, "budget/home.jinja", context)


@for_those_who(OPEN_YEAR)
@require_http_methods(FORM_METHODS)
def open_year(request: HttpRequest) -> HttpResponse:
    """Open a budget year with the decrees whose codes it uses."""
    decrees = [(one.code, one.title) for one in nomenclature.decrees()]
    form = YearForm(request.POST or None, decrees=decrees)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            actions.open_year(typed.pop("year"), **typed, actor=actor_of(request))
        except Refused as refusal:
            form.refuse(refusal.reasons)
        else:
            messages.success(request, _("Tahun anggaran dibuka. Tetapkan pagunya."))
            return redirect("budget:home")
    status = REFUSED if form.errors else 200
    return pages.render(request, "budget/open_year.jinja", {"form": form}, status)


def _plan(year: int, actor: Actor) -> Plan | None:
    """Return the plan as far as the reader sees its sheets; nothing when he sees none at all."""
    reach = scope(actor, SEE_RKA)
    if not reach:
        return None
    rows = queries.sheets(year, unit_ids=reach.only)
    counts = states(rows)
    return Plan(
        tasks=waiting(year, rows, actor),
        sheets=len(rows),
        drafts=counts[RevisionState.DRAFT],
        submitted=counts[RevisionState.SUBMITTED],
        verified=counts[RevisionState.VERIFIED] + counts[RevisionState.SEALED],
        planned=_sum(rows),
        ceiling=sum((row.ceiling or Decimal(0) for row in rows), Decimal("0.00")),
        balance=queries.balance(year) if reach.everything else None,
    )


def _carried(request: HttpRequest, year: int) -> Carried | None:
    """Return how far the year is carried out; nothing before its first DPA."""
    dpas = queries.dpas(year, agency_ids=within(request, SEE_DPA))
    if not dpas:
        return None
    actor = actor_of(request)
    spds = queries.spds(year, within(request, SEE_SPD)) if scope(actor, SEE_SPD) else None
    reach = scope(actor, SEE_FUNDS)
    return Carried(
        dpas=len(dpas),
        ratified=sum(one.state is DpaState.RATIFIED for one in dpas),
        signed=_in_state(spds, SpdState.SIGNED),
        drafted=_in_state(spds, SpdState.DRAFT),
        money=_money(year, reach, regions.today(actor.at)) if reach else None,
    )


def _in_state(spds: list[SpdFacts] | None, state: SpdState) -> int | None:
    return None if spds is None else sum(one.state is state for one in spds)


def _money(year: int, reach: Scope, on: date) -> Execution:
    units = queries.unit_execution(year, on)
    return together(0, (one for unit, one in units.items() if unit in reach))


def _sum(rows: list[SheetRow]) -> Decimal:
    spent = (row.total for row in rows if row.kind is SheetKind.SPENDING)
    return sum(spent, Decimal("0.00"))
