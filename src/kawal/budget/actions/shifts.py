"""A shift's agency: propose it, hand it in, take it back. The desks decide in ``shift_desks``.

Locks in this order: the shift's row, the year's row, the revisions, the lines' funds.
"""

from typing import Any

from django.db import transaction

from kawal.budget.actions.sheets import begin_revision
from kawal.budget.actions.shift_guard import (
    against_submission,
    hold_year,
    judge,
    locked,
    not_permitted,
    person,
    reaches,
    refuse,
    step_revisions,
    take,
)
from kawal.budget.facts import Instrument, RevisionState, Step
from kawal.budget.facts.shifts import (
    SHIFT_OPEN,
    ShiftDraft,
    ShiftFacts,
    ShiftState,
    ShiftStep,
)
from kawal.budget.models import Shift, ShiftSheet, ShiftStepTaken
from kawal.budget.permissions import DRAFT_SHIFT, SUBMIT_SHIFT
from kawal.budget.queries.shifts import standings
from kawal.budget.queries.versions import head
from kawal.budget.rules import shift_steps as steps
from kawal.identity import queries as identity
from kawal.regions.facts import Actor
from kawal.regions.permissions import require
from kawal.regions.queries import agency, today
from kawal.trail import actions as trail


@transaction.atomic
def propose_shift(draft: ShiftDraft, *, actor: Actor) -> int:
    """Begin a shift of one SKPD's sheets, each with an open revision to write in; return its id.

    A sheet that has a draft already keeps it; the others begin one from what is in force.

    :raises NotThere: when nobody opened the year.
    :raises Refused: with every reason, sheet by sheet; nothing is begun then.
    """
    hold_year(draft.year)
    who = person(actor)
    sheets = standings(draft.year, draft.agency_id, draft.sheet_ids)
    refuse(steps.may_propose(draft, sheets))
    for unit in {one.unit_id for one in sheets}:
        require(actor, DRAFT_SHIFT, unit)
    row = Shift.objects.create(
        year_id=draft.year,
        agency_id=draft.agency_id,
        ground=draft.ground.value,
        emergency=draft.emergency.strip(),
        explanation=draft.explanation.strip(),
        drafted_by_id=who,
        drafted_at=actor.at,
    )
    for one in sheets:
        revision = one.open_revision_id or begin_revision(one.sheet_id, actor=actor)
        ShiftSheet.objects.create(shift=row, sheet_id=one.sheet_id, revision_id=revision)
    ShiftStepTaken.objects.create(
        shift=row, step=ShiftStep.DRAFTED.value, person_id=who, at=actor.at
    )
    return row.pk


@transaction.atomic
def submit_shift(shift_id: int, *, actor: Actor) -> None:
    """Hand a shift in at the desk that its level asks for, as PA or KPA.

    What only the PA decides is handed in by its drafter: the PA's is the next step.

    :raises NotThere: when there is none.
    :raises Refused: with every reason; it stays a draft then.
    """
    facts = locked(shift_id)
    who = person(actor)
    found = judge(facts, actor)
    refuse(against_submission(facts, found, actor))
    assert found.level is not None
    assert found.desk is not None
    for one in facts.sheets:
        ShiftSheet.objects.filter(revision=one.revision_id).update(seen=one.version + 1)
    by: dict[str, Any] = {} if found.desk.instrument is Instrument.PA else {"submitted_by_id": who}
    by["submitted_at"] = actor.at
    step_revisions(facts, RevisionState.SUBMITTED, Step.SUBMITTED, actor, **by)
    newest = head(facts.year)
    take(
        shift_id,
        ShiftStep.SUBMITTED,
        actor,
        state=ShiftState.SUBMITTED.value,
        level=found.level.value,
        desk=found.desk.instrument.value,
        base_id=newest.id if newest else None,
        submitted_by_id=who,
        submitted_at=actor.at,
    )


@transaction.atomic
def withdraw_shift(shift_id: int, reason: str, *, actor: Actor) -> None:
    """Give a shift up, with its revisions, and say why; what is in force stays.

    :raises NotThere: when there is none.
    :raises Refused: when it was decided, without a reason, or to others than its agency.
    """
    facts = locked(shift_id)
    allowed = reaches(facts, actor, DRAFT_SHIFT, SUBMIT_SHIFT)
    refuse(
        [
            *([] if allowed else [not_permitted()]),
            *steps.in_state(facts, *SHIFT_OPEN),
            *steps.says_why(reason),
        ]
    )
    close(facts, ShiftState.WITHDRAWN, ShiftStep.WITHDRAWN, reason, actor)


def close(facts: ShiftFacts, state: ShiftState, step: ShiftStep, reason: str, actor: Actor) -> None:
    """End a shift without effect: its revisions are dropped, and the public log tells."""
    step_revisions(facts, RevisionState.DROPPED, Step.DROPPED, actor, reason)
    take(
        facts.id,
        step,
        actor,
        reason,
        state=state.value,
        closed_by_id=person(actor),
        closed_at=actor.at,
        reason=reason.strip(),
    )
    told = {
        "shift": facts.id,
        "year": facts.year,
        "agency": agency(facts.agency_id, today(actor.at)).code,
        "state": state.value,
        "by": told_name(person(actor)),
    }
    trail.append("shift.closed", told, at=actor.at)


def told_name(person_id: int | None) -> str:
    """Return the name of an official as the public log gives it."""
    return identity.names([person_id])[person_id] if person_id is not None else ""
