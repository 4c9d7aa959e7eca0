"""The TAPD's notes on a sheet that was handed in, and their answers."""

from django.db import transaction

from kawal.budget.actions.rka_guard import locked, person, refuse
from kawal.budget.facts import NoteFacts
from kawal.budget.models import LineNote, RevisionLine
from kawal.budget.permissions import DRAFT_RKA, SUBMIT_RKA, VERIFY_RKA
from kawal.budget.queries.rka import note_facts
from kawal.budget.rules import steps as rules
from kawal.kernel.refusals import NotThere
from kawal.regions.facts import Actor
from kawal.regions.permissions import may, require


@transaction.atomic
def write_note(
    revision_id: int, text: str, *, line_id: int | None = None, actor: Actor
) -> NoteFacts:
    """Write a note on a line (none: on the whole sheet) of a revision that was handed in.

    :raises NotThere: when there is no such revision, or the line is none of its lines.
    :raises Refused: when it was not handed in, or the note is empty.
    """
    revision, sheet = locked(revision_id)
    require(actor, VERIFY_RKA, sheet.unit_id)
    refuse(rules.may_note(revision, text))
    held = RevisionLine.objects.filter(revision=revision_id, line=line_id)
    if line_id is not None and not held.exists():
        raise NotThere(f"line {line_id}")
    row = LineNote.objects.create(
        revision_id=revision_id,
        line_id=line_id,
        text=text.strip(),
        author_id=person(actor),
        at=actor.at,
    )
    return note_facts(row)


@transaction.atomic
def answer_note(note_id: int, answer: str, *, actor: Actor) -> NoteFacts:
    """Answer a note, as who drafts or hands in; the TAPD answers its own to withdraw it.

    :raises NotThere: when there is no such note.
    :raises Refused: when it was answered before, or the answer is empty.
    """
    known = LineNote.objects.filter(pk=note_id).first()
    if known is None:
        raise NotThere(f"note {note_id}")
    _, sheet = locked(known.revision_id)
    if not any(may(actor, act, sheet.unit_id) for act in (DRAFT_RKA, SUBMIT_RKA)):
        require(actor, VERIFY_RKA, sheet.unit_id)
    row = LineNote.objects.get(pk=note_id)  # again: under the lock
    refuse(rules.may_answer(is_open=row.answered_at is None, answer=answer))
    row.answer, row.answered_by_id, row.answered_at = answer.strip(), person(actor), actor.at
    row.save(update_fields=["answer", "answered_by", "answered_at"])
    return note_facts(row)
