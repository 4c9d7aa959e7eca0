"""Many revisions taken on by one officer at once: the PA hands in, the TAPD verifies a pile.

All of them go on or none; the rules are those of ``rka_steps``. Locks: the revisions by id, then
the ceilings of their units.
"""

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import F

from kawal.budget.actions.rka_guard import person, refuse
from kawal.budget.actions.rka_intake import hold_ceilings
from kawal.budget.facts import Content, RevisionState, SheetFacts, Step
from kawal.budget.models import LineNote, Revision, RevisionStep
from kawal.budget.permissions import SUBMIT_RKA, VERIFY_RKA
from kawal.budget.queries.locks import locked
from kawal.budget.queries.rka_many import contents, findings_of
from kawal.budget.queries.shifts import held_reasons
from kawal.budget.rules import steps as rules
from kawal.budget.rules.rka_many import exceeded_reasons
from kawal.kernel.refusals import NotThere, Reason
from kawal.regions.facts import Actor
from kawal.regions.permissions import require
from kawal.regions.queries import today

Said = Mapping[int, tuple[Content, SheetFacts]]


@transaction.atomic
def submit_sheets(revision_ids: Sequence[int], *, actor: Actor) -> None:
    """Hand drafts of one year in to the TAPD, as PA of their agency or KPA of their units.

    :raises NotThere: when one of them is not there.
    :raises Refused: with every reason of every draft; all stay as they were.
    """
    who = person(actor)
    said = _held(revision_ids, SUBMIT_RKA, actor)
    found = [
        reason for content, _ in said.values() for reason in rules.may_submit(content.revision, who)
    ]
    sheets = [(sheet.id, sheet.unit_id) for _, sheet in said.values()]
    found += held_reasons(said) + (locked(_year(said), sheets) if said else [])
    refuse(found + _findings(said, actor))
    _take(said, RevisionState.SUBMITTED, submitted_at=actor.at, submitted_by_id=who)
    _record(said, Step.SUBMITTED, actor)


@transaction.atomic
def verify_sheets(revision_ids: Sequence[int], *, actor: Actor) -> None:
    """Verify submitted revisions of one year as the TAPD: a version may take them up.

    :raises NotThere: when one of them is not there.
    :raises Refused: with every reason of every one; all stay as they were.
    """
    who = person(actor)
    said = _held(revision_ids, VERIFY_RKA, actor)
    notes = _open_notes(said)
    found = [
        reason
        for revision, (content, _) in said.items()
        for reason in rules.may_verify(content.revision, who, open_notes=notes.get(revision, 0))
    ]
    refuse(found + held_reasons(said) + _findings(said, actor))
    _take(said, RevisionState.VERIFIED, verified_at=actor.at, verified_by_id=who)
    _record(said, Step.VERIFIED, actor)


def _held(revision_ids: Sequence[int], act: str, actor: Actor) -> Said:
    """Lock revisions in the order of ids and return what they say, where the actor may."""
    rows = Revision.objects.select_for_update(no_key=True, of=("self",))
    found = list(rows.filter(pk__in=revision_ids).order_by("pk").values_list("pk", flat=True))
    if missing := set(revision_ids) - set(found):
        raise NotThere(f"revision {min(missing)}")
    said = contents(found)
    for unit in {sheet.unit_id for _, sheet in said.values()}:
        require(actor, act, unit)
    return said


def _findings(said: Said, actor: Actor) -> list[Reason]:
    if not said:
        return []
    year = _year(said)
    held = hold_ceilings(year, (sheet for _, sheet in said.values()))
    by_revision = findings_of(said, today(actor.at), held)
    found = [
        Reason(one.code, one.text, f"{revision}.{one.at}".rstrip("."), one.mend, one.values)
        for revision, reasons in by_revision.items()
        for one in reasons
    ]
    return found + exceeded_reasons(held)


def _open_notes(said: Said) -> dict[int, int]:
    found: dict[int, int] = {}
    rows = LineNote.objects.filter(revision__in=list(said), answered_at=None)
    for revision in rows.values_list("revision_id", flat=True):
        found[revision] = found.get(revision, 0) + 1
    return found


def _year(said: Said) -> int:
    return next(sheet.year for _, sheet in said.values())


def _take(revision_ids: Iterable[int], state: RevisionState, **values: object) -> None:
    Revision.objects.filter(pk__in=list(revision_ids)).update(
        state=state.value, version=F("version") + 1, **values
    )


def _record(revision_ids: Iterable[int], step: Step, actor: Actor) -> None:
    RevisionStep.objects.bulk_create(
        RevisionStep(revision_id=one, step=step.value, by_id=actor.person_id, at=actor.at)
        for one in revision_ids
    )
