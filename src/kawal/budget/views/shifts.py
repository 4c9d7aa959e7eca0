"""Pages of shifts: the list, one with all that speaks for and against it, a new one, a step."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kawal.budget import actions, permissions, queries
from kawal.budget.actions import shift_guard as guard
from kawal.budget.facts.shifts import (
    DESK_LABELS,
    SHIFT_LEVEL_LABELS,
    SHIFT_OPEN,
    ShiftFacts,
    ShiftLine,
    ShiftState,
)
from kawal.budget.forms.shifts import PaperForm, ShiftForm, WhyForm
from kawal.budget.presenters import shifts as words
from kawal.budget.queries.years import above
from kawal.budget.views.which_year import budget_years, newest_of
from kawal.identity import queries as identity
from kawal.kernel.refusals import Reason, Refused
from kawal.kernel.words import N_
from kawal.regions.facts import Actor
from kawal.regions.middleware import actor_of
from kawal.regions.permissions import may, scope
from kawal.regions.views.guard import FORM_METHODS, for_those_who, refused_status
from kawal.ui import pages

newest = newest_of(permissions.SEE_SHIFTS, "budget:shifts", N_("Pergeseran"))


@for_those_who(permissions.SEE_SHIFTS)
@require_safe
def shifts(request: HttpRequest, year: int) -> HttpResponse:
    """List the year's shifts that the reader may see: how far, on whose desk, since when."""
    queries.year(year)
    actor = actor_of(request)
    found = queries.shifts(year, agency_ids=scope(actor, permissions.SEE_SHIFTS).only)
    standing = queries.standing(year)
    context = {
        "year": year,
        "years": budget_years(),
        "rows": [words.shift_row(one, standing) for one in found],
        "amendment": queries.open_amendment(year),
        "may_propose": bool(scope(actor, permissions.DRAFT_SHIFT)),
    }
    return pages.render(request, "budget/shifts.jinja", context)


@for_those_who(permissions.SEE_SHIFTS)
@require_safe
def shift(request: HttpRequest, year: int, shift_id: int) -> HttpResponse:
    """Show a shift: its lines before and after, its level, its desk, what stands against it."""
    return _page(request, _seen(request, year, shift_id))


@for_those_who(permissions.DRAFT_SHIFT)
@require_http_methods(FORM_METHODS)
def new_shift(request: HttpRequest, year: int) -> HttpResponse:
    """Begin a shift with sheets of the reader's own SKPD."""
    queries.year(year)
    actor = actor_of(request)
    offered = _own_sheets(year, actor)
    form = ShiftForm(request.POST or None, sheets=[(str(one), name) for one, name, _ in offered])
    reasons: Iterable[Reason] = ()
    if request.method == "POST" and form.is_valid():
        draft = form.draft(year, {one: agency for one, _, agency in offered})
        try:
            made = actions.propose_shift(draft, actor=actor)
        except Refused as refused:
            reasons = refused.reasons
        else:
            messages.success(request, _("Pergeseran dimulai; ubah rincian RKA-nya sekarang."))
            return redirect("budget:shift", year, made)
    context = {"year": year, "form": form, "reasons": tuple(reasons), "offered": offered}
    return pages.render(request, "budget/new_shift.jinja", context, refused_status(request))


@for_those_who(permissions.SEE_SHIFTS)
@require_POST
def decide_shift(request: HttpRequest, year: int, shift_id: int) -> HttpResponse:
    """Take a step of a shift."""
    facts = _seen(request, year, shift_id)
    paper, why = PaperForm(request.POST), WhyForm(request.POST)
    try:
        said = _take(request.POST.get("decision", ""), facts, paper, why, actor_of(request))
    except Refused as refused:
        return _page(request, facts, refused.reasons)
    messages.success(request, said)
    return redirect("budget:shift", year, shift_id)


def _take(decision: str, facts: ShiftFacts, paper: PaperForm, why: WhyForm, actor: Actor) -> str:
    reason = why.data.get("reason", "")
    match decision:
        case "submit":
            actions.submit_shift(facts.id, actor=actor)
            return _("Pergeseran diajukan.")
        case "approve":
            paper.is_valid()
            number, day = paper.cleaned_data.get("number", ""), paper.cleaned_data.get("date")
            actions.approve_shift(facts.id, number=number, day=day, actor=actor)
            return _("Pergeseran disetujui.")
        case "enact":
            actions.enact_shift(facts.id, actor=actor)
            return _("Pergeseran ditetapkan; pagunya sudah berpindah.")
        case "return":
            actions.return_shift(facts.id, reason, actor=actor)
            return _("Pergeseran dikembalikan kepada SKPD.")
        case "refuse":
            actions.refuse_shift(facts.id, reason, actor=actor)
            return _("Pergeseran ditolak.")
        case "withdraw":
            actions.withdraw_shift(facts.id, reason, actor=actor)
            return _("Pergeseran ditarik kembali.")
    raise Http404


def _seen(request: HttpRequest, year: int, shift_id: int) -> ShiftFacts:
    """Return a shift within the reader's scope; outside it there is none."""
    facts = queries.shift(shift_id)
    reach = scope(actor_of(request), permissions.SEE_SHIFTS)
    places = {facts.agency_id, *(one.unit_id for one in facts.sheets)}
    if facts.year != year or not any(place in reach for place in places):
        raise Http404
    return facts


def _own_sheets(year: int, actor: Actor) -> list[tuple[int, str, int]]:
    """Return the enacted sheets that the reader may shift: id, name, and SKPD."""
    units = queries.standing(year)
    rows = queries.sheets(year, unit_ids=scope(actor, permissions.DRAFT_SHIFT).only)
    tops = {one.id: above(one.unit_id, units)[-1] for one in rows}
    known = {
        one.sheet_id: one
        for top in set(tops.values())
        for one in queries.standings(year, top, [row.id for row in rows if tops[row.id] == top])
    }
    return [
        (one.id, known[one.id].name or one.unit_name, tops[one.id])
        for one in rows
        if known[one.id].is_enacted and known[one.id].held_by is None
    ]


def _page(request: HttpRequest, facts: ShiftFacts, reasons: Iterable[Reason] = ()) -> HttpResponse:
    actor = actor_of(request)
    found = guard.judge(facts, actor) if facts.state in SHIFT_OPEN else None
    lines = found.lines if found else queries.shift_lines(facts.id)
    level = found.level if found else facts.level
    context: dict[str, Any] = {
        "year": facts.year,
        "row": words.shift_row(facts, queries.standing(facts.year)),
        "version": queries.version(facts.version_id) if facts.version_id else None,
        "ground": words.ground_words(facts),
        "level": _(SHIFT_LEVEL_LABELS[level]) if level else _unsettled(lines),
        "desk": found.desk if found else None,
        "desk_words": DESK_LABELS,
        "groups": words.groups(facts, lines),
        "tasks": words.tasks(facts, names := identity.names(words.people_of(facts))),
        "events": words.events(facts, names),
        "against": found.reasons if found else (),
        "reasons": tuple(reasons),
        "paper": PaperForm(request.POST or None),
        "why": WhyForm(),
        "may_write": facts.state is ShiftState.DRAFT
        and guard.reaches(facts, actor, permissions.DRAFT_SHIFT),
        **_acts(facts, found, actor),
    }
    return pages.render(request, "budget/shift.jinja", context, refused_status(request))


def _unsettled(lines: Iterable[ShiftLine]) -> str:
    """Return why a shift has no level yet."""
    if any(one.difference for one in lines):
        return _("Belum seimbang")
    return _("Belum ada yang berubah")


def _acts(facts: ShiftFacts, found: guard.Judgement | None, actor: Actor) -> dict[str, Any]:
    """Return which steps the reader is offered, each with what refuses it now."""
    own = guard.reaches(facts, actor, permissions.DRAFT_SHIFT, permissions.SUBMIT_SHIFT)
    offers: dict[str, Any] = {
        "may_withdraw": own and facts.state in SHIFT_OPEN,
        "may_return": False,
        "may_refuse": False,
    }
    if found is None:
        return offers
    at_desk = not guard.its_desk(facts, actor)
    if facts.state is ShiftState.DRAFT and own:
        offers["submit"] = guard.against_submission(facts, found, actor)
    if facts.state is ShiftState.SUBMITTED and at_desk:
        offers["approve"] = guard.against_approval(facts, found, actor)
    if facts.state is ShiftState.APPROVED and may(actor, permissions.MAKE_VERSION):
        offers["enact"] = guard.against_force(facts, found, actor)
    offers["may_refuse"] = at_desk and facts.state in (ShiftState.SUBMITTED, ShiftState.APPROVED)
    offers["may_return"] = at_desk and facts.state is ShiftState.SUBMITTED
    return offers
