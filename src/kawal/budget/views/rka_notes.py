"""The TAPD's notes on a sheet, and the answers to them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kawal.budget import actions, queries
from kawal.budget.views.rka_desk import Desk, on_sheet
from kawal.identity import queries as identity
from kawal.kernel.refusals import NotThere, Refused
from kawal.regions.views.guard import REFUSED


@on_sheet
@require_safe
def notes(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show every note beside its line, and a field for its answer."""
    return _page(request, desk)


@on_sheet
@require_POST
def answer(request: HttpRequest, desk: Desk, note_id: int) -> HttpResponse:
    """Answer a note."""
    if note_id not in {note.id for note in queries.notes(desk.revision.id)}:
        raise NotThere(f"note {note_id}")
    text = request.POST.get(f"answer_{note_id}", "")
    try:
        actions.answer_note(note_id, text, actor=desk.actor)
    except Refused as refusal:
        return _page(request, desk, note_id, text, refusal)
    messages.success(request, _("Jawaban sudah disimpan."))
    return redirect("budget:sheet_notes", desk.sheet.id)


def _page(
    request: HttpRequest,
    desk: Desk,
    note_id: int = 0,
    text: str = "",
    refusal: Refused | None = None,
) -> HttpResponse:
    found = queries.notes(desk.revision.id)
    people = {note.author_id for note in found} | {note.answered_by or 0 for note in found}
    more = {
        "notes": found,
        "names": identity.names(people),
        "lines": {line.line_id: line for line in desk.content.lines},
        "typed": {note_id: text},
        "reasons": {note_id: refusal.reasons if refusal else ()},
    }
    return desk.page(request, "rka_notes", REFUSED if refusal else 200, **more)
