"""The TAPD's desk: what was handed in, one sheet to read with its notes, and the decision."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kawal.budget import actions, queries
from kawal.budget.facts import INDICATOR_KIND_LABELS, STEP_LABELS, RevisionState, SheetRow
from kawal.budget.permissions import VERIFY_RKA
from kawal.budget.presenters.rka import grid, sheet_code, sheet_title, state_tag
from kawal.budget.rules import steps as rules
from kawal.budget.views.rka_desk import Desk
from kawal.budget.views.which_year import budget_years
from kawal.identity import queries as identity
from kawal.kernel.refusals import NotThere, Reason, Refused
from kawal.regions import queries as regions
from kawal.regions.middleware import actor_of
from kawal.regions.permissions import scope
from kawal.regions.views.guard import REFUSED, for_those_who
from kawal.ui import pages

A_PAGE = 50
STATES = (RevisionState.SUBMITTED, RevisionState.DRAFT, RevisionState.VERIFIED)


@for_those_who(VERIFY_RKA)
@require_safe
def verification(request: HttpRequest, year: int) -> HttpResponse:
    """List the sheets of a year by how far they are; at first those that were handed in."""
    queries.year(year)
    every = _rows(request, year)
    chosen = _state(request.GET.get("state", ""))
    found = [row for row in every if row.state is chosen]
    context = {
        "year": year,
        "years": budget_years(),
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "tabs": [
            (state_tag(one)[0], one.value, sum(row.state is one for row in every), one is chosen)
            for one in STATES
        ],
        "title_of": sheet_title,
        "code_of": sheet_code,
    }
    return pages.render(request, "budget/verification.jinja", context)


@for_those_who(VERIFY_RKA)
@require_safe
def verify_sheet(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """Show a sheet whole, each line with its notes, what it lacks, and the decisions."""
    return _page(request, _desk(request, sheet_id))


@for_those_who(VERIFY_RKA)
@require_POST
def write_note(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """Write a note on a line, or on the whole sheet."""
    desk = _desk(request, sheet_id)
    line = request.POST.get("line", "")
    line_id = (int(line) or None) if line.isdecimal() and len(line) < 19 else None  # 0: the sheet

    def write() -> None:
        text = request.POST.get("text", "")
        actions.write_note(desk.revision.id, text, line_id=line_id, actor=desk.actor)

    return _done(request, desk, write, _("Catatan disimpan."), f"baris-{line_id or 0}")


@for_those_who(VERIFY_RKA)
@require_POST
def withdraw_note(request: HttpRequest, sheet_id: int, note_id: int) -> HttpResponse:
    """Withdraw a note that nobody answered yet."""
    desk = _desk(request, sheet_id)
    if note_id not in {note.id for note in queries.notes(desk.revision.id)}:
        raise NotThere(f"note {note_id}")

    def withdraw() -> None:
        actions.answer_note(note_id, _("Dicabut oleh TAPD."), actor=desk.actor)

    return _done(request, desk, withdraw, _("Catatan dicabut."))


@for_those_who(VERIFY_RKA)
@require_POST
def decide(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """Verify the sheet as it was read, or send it back with a reason."""
    desk = _desk(request, sheet_id)
    revision = desk.revision.id
    read = request.POST.get("version", "")

    def verify() -> None:
        seen = int(read) if read.isdecimal() and len(read) < 10 else -1
        actions.verify(revision, actor=desk.actor, read=seen)

    def send_back() -> None:
        actions.send_back(revision, request.POST.get("reason", ""), actor=desk.actor)

    if request.POST.get("decision") == "verify":
        return _done(request, desk, verify, _("RKA diverifikasi."))
    return _done(request, desk, send_back, _("RKA dikembalikan kepada penyusunnya."))


def _done(
    request: HttpRequest, desk: Desk, act: Callable[[], None], word: str, anchor: str = ""
) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        return _page(request, desk, refusal.reasons)
    messages.success(request, word)
    answer = redirect("budget:verify_sheet", desk.sheet.id)
    answer["Location"] += f"#{anchor}" if anchor else ""
    return answer


def _desk(request: HttpRequest, sheet_id: int) -> Desk:
    actor = actor_of(request)
    sheet = queries.sheet(sheet_id)
    if sheet.unit_id not in scope(actor, VERIFY_RKA):
        raise NotThere(f"sheet {sheet_id}")
    return Desk(actor, sheet)


def _page(request: HttpRequest, desk: Desk, reasons: tuple[Reason, ...] = ()) -> HttpResponse:
    notes = queries.notes(desk.revision.id)
    steps = queries.steps(desk.revision.id)
    people = {note.author_id for note in notes} | {step.by or 0 for step in steps}
    people |= {note.answered_by or 0 for note in notes}
    context: dict[str, Any] = {
        "desk": desk,
        "sheet": desk.sheet,
        "revision": desk.revision,
        "title": sheet_title(desk.sheet),
        "state": state_tag(desk.revision.state),
        "content": desk.content,
        "grid": grid(desk.content.lines, notes),
        "notes": [note for note in notes if note.line_id is None],
        "steps": steps,
        "step_labels": STEP_LABELS,
        "kind_labels": INDICATOR_KIND_LABELS,
        "names": identity.names(people),
        "room": queries.room(desk.sheet, regions.today(desk.actor.at)),
        "before": _before(desk),
        "reasons": reasons,
        "refused": _against(desk, sum(note.is_open for note in notes)),
        "typed": request.POST.get("text", ""),
        "typed_line": request.POST.get("line", ""),
        "reason": request.POST.get("reason", ""),
        "is_in": desk.revision.state is RevisionState.SUBMITTED,
        "may_return": desk.revision.state in (RevisionState.SUBMITTED, RevisionState.VERIFIED),
    }
    return pages.render(request, "budget/verify_sheet.jinja", context, REFUSED if reasons else 200)


def _against(desk: Desk, open_notes: int) -> list[Reason]:
    """Return why this reader may not verify the sheet now: the same rules that refuse the act."""
    who = desk.actor.person_id or 0
    reasons = rules.may_verify(desk.revision, who, open_notes=open_notes)
    return reasons + queries.findings(desk.revision.id, desk.sheet, regions.today(desk.actor.at))


def _before(desk: Desk) -> dict[int, Any]:
    """Return what each line amounted to in the version in force, in rupiah."""
    head = queries.head_revision(desk.sheet.id)
    if head is None or head.id == desk.revision.id:
        return {}
    return {line.line_id: line.amount for line in queries.content(head.id).lines}


def _rows(request: HttpRequest, year: int) -> list[SheetRow]:
    return queries.sheets(year, unit_ids=scope(actor_of(request), VERIFY_RKA).only)


def _state(typed: str) -> RevisionState:
    return next((one for one in STATES if one.value == typed), RevisionState.SUBMITTED)
