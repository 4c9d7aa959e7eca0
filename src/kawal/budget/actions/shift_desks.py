"""The desks of a shift: approve, send back, refuse; and the PPKD, who lets it take force."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from kawal.budget.actions.funds import move_ceiling
from kawal.budget.actions.shift_guard import (
    Judgement,
    against_approval,
    against_force,
    its_desk,
    judge,
    locked,
    person,
    refuse,
    step_revisions,
    take,
)
from kawal.budget.actions.shifts import close, told_name
from kawal.budget.actions.versions import compile_version
from kawal.budget.facts import NIL, Instrument, Paper, RevisionState, Step, VersionKind
from kawal.budget.facts.shifts import ShiftFacts, ShiftState, ShiftStep
from kawal.budget.queries.shifts import shift
from kawal.budget.queries.versions import version
from kawal.budget.rules import shift_steps as steps
from kawal.regions.facts import Actor
from kawal.regions.queries import agency, today
from kawal.trail import actions as trail


@transaction.atomic
def approve_shift(shift_id: int, *, number: str, day: date | None, actor: Actor) -> int | None:
    """Approve a shift at the desk that its level asks for now, by a letter's number and date.

    The PPKD's own approval is the last word, so it takes force at once: its version's id is
    returned then.

    :raises NotThere: when there is none.
    :raises Refused: with every reason, also to a wrong desk, naming the right one.
    """
    facts = locked(shift_id)
    found = judge(facts, actor)
    refuse(
        [
            *against_approval(facts, found, actor),
            *steps.paper(number, day, today(actor.at)),
        ]
    )
    who = person(actor)
    step_revisions(
        facts,
        RevisionState.VERIFIED,
        Step.VERIFIED,
        actor,
        verified_at=actor.at,
        verified_by_id=who,
    )
    take(
        shift_id,
        ShiftStep.APPROVED,
        actor,
        state=ShiftState.APPROVED.value,
        approved_by_id=who,
        approved_at=actor.at,
        approval_number=number.strip(),
        approval_date=day,
    )
    if facts.desk is Instrument.PPKD:
        return _enact(shift(shift_id), found, actor)
    return None


@transaction.atomic
def enact_shift(shift_id: int, *, actor: Actor) -> int:
    """Let an approved shift take force, as PPKD: its version, the ceilings, the public log.

    :raises NotThere: when there is none.
    :raises Refused: with every reason: what was free when it was approved may be used by now.
    """
    facts = locked(shift_id)
    found = judge(facts, actor)
    refuse(against_force(facts, found, actor))
    return _enact(facts, found, actor)


@transaction.atomic
def return_shift(shift_id: int, reason: str, *, actor: Actor) -> None:
    """Send a shift back to its agency to be mended, as the desk that it lies on.

    :raises NotThere: when there is none.
    :raises Refused: when it was not handed in, without a reason, or to a wrong desk.
    """
    facts = locked(shift_id)
    refuse(
        [
            *steps.in_state(facts, ShiftState.SUBMITTED),
            *its_desk(facts, actor),
            *steps.says_why(reason),
        ]
    )
    nobody = {"submitted_at": None, "submitted_by_id": None}
    step_revisions(facts, RevisionState.DRAFT, Step.SENT_BACK, actor, reason, **nobody)
    take(
        shift_id,
        ShiftStep.RETURNED,
        actor,
        reason,
        state=ShiftState.DRAFT.value,
        level="",
        desk="",
        base_id=None,
        **nobody,
    )


@transaction.atomic
def refuse_shift(shift_id: int, reason: str, *, actor: Actor) -> None:
    """Refuse a shift for good, as the desk that it lies on, and say why.

    :raises NotThere: when there is none.
    :raises Refused: when it was decided, without a reason, or to a wrong desk.
    """
    facts = locked(shift_id)
    refuse(
        [
            *steps.in_state(facts, ShiftState.SUBMITTED, ShiftState.APPROVED),
            *its_desk(facts, actor),
            *steps.says_why(reason),
        ]
    )
    close(facts, ShiftState.REFUSED, ShiftStep.REFUSED, reason, actor)


def _enact(facts: ShiftFacts, found: Judgement, actor: Actor) -> int:
    made = compile_version(
        facts.year,
        VersionKind.SHIFT,
        title=f"Pergeseran {facts.id}",
        instrument=facts.desk,
        number=facts.approval_number,
        date=facts.approval_date,
        revision_ids=[one.revision_id for one in facts.sheets],
        actor=actor,
    )
    amounts = {line.line_id: line.difference for line in found.lines if line.difference}
    if amounts:
        paper = Paper("shift", str(facts.id))
        move_ceiling(amounts, paper, actor, key=f"shift:{facts.id}")
    take(
        facts.id,
        ShiftStep.ENACTED,
        actor,
        state=ShiftState.ENACTED.value,
        enacted_by_id=person(actor),
        enacted_at=actor.at,
        version_id=made,
    )
    _tell(facts, list(amounts.values()), version(made).number, actor)
    return made


def _tell(facts: ShiftFacts, moved: list[Decimal], number: int, actor: Actor) -> None:
    told = {
        "shift": facts.id,
        "year": facts.year,
        "agency": agency(facts.agency_id, today(actor.at)).code,
        "ground": facts.ground.value,
        "emergency": facts.emergency or None,
        "level": facts.level.value if facts.level else None,
        "desk": facts.desk.value,
        "approval_number": facts.approval_number,
        "approval_date": facts.approval_date,
        "version": number,
        "moved": sum((one for one in moved if one > 0), NIL),
        "lines": len(moved),
        "submitted_by": told_name(facts.submitted_by),
        "approved_by": told_name(facts.approved_by),
        "enacted_by": told_name(person(actor)),
    }
    trail.append("shift.enacted", told, at=actor.at)
