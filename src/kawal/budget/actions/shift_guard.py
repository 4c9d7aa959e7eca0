"""What every step of a shift begins with: its row locked, the year locked, what it is judged by."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F

from kawal.budget.facts import FundsFacts, Instrument, RevisionState, Step
from kawal.budget.facts.shifts import (
    Desk,
    ShiftFacts,
    ShiftLevel,
    ShiftLine,
    ShiftState,
    ShiftStep,
)
from kawal.budget.models import (
    FiscalYear,
    Revision,
    RevisionStep,
    Shift,
    ShiftStepTaken,
)
from kawal.budget.permissions import (
    APPROVE_SHIFT_HEAD,
    APPROVE_SHIFT_PA,
    APPROVE_SHIFT_PPKD,
    APPROVE_SHIFT_SEKDA,
    DRAFT_SHIFT,
    MAKE_VERSION,
    SUBMIT_SHIFT,
)
from kawal.budget.queries.amendments import open_amendment
from kawal.budget.queries.funds import funds_left
from kawal.budget.queries.shifts import desks, shift, shift_lines
from kawal.budget.rules import amendments as amendment_rules
from kawal.budget.rules import shift_steps as steps
from kawal.budget.rules import shifts as rules
from kawal.kernel.refusals import NotThere, Reason, Refused
from kawal.kernel.words import N_
from kawal.regions.facts import Actor
from kawal.regions.permissions import may, scope
from kawal.regions.queries import today

DESK_ACTS = {
    Instrument.PERKADA: APPROVE_SHIFT_HEAD,
    Instrument.SEKDA: APPROVE_SHIFT_SEKDA,
    Instrument.PPKD: APPROVE_SHIFT_PPKD,
    Instrument.PA: APPROVE_SHIFT_PA,
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """A shift as it would be judged now, with every reason against its content."""

    lines: tuple[ShiftLine, ...]
    funds: dict[int, FundsFacts]
    level: ShiftLevel | None
    desk: Desk | None
    reasons: tuple[Reason, ...]


def locked(shift_id: int) -> ShiftFacts:
    """Lock a shift's row, the first in the order of locks, then its year, and return it whole.

    :raises NotThere: when there is none.
    """
    row = Shift.objects.select_for_update().filter(pk=shift_id).first()
    if row is None:
        raise NotThere(f"shift {shift_id}")
    hold_year(row.year_id)
    return shift(shift_id)


def hold_year(year: int) -> None:
    """Lock a year's row: versions, shifts and a Perubahan of it wait for each other.

    :raises NotThere: when nobody opened the year.
    """
    if not FiscalYear.objects.select_for_update(no_key=True).filter(pk=year).first():
        raise NotThere(f"budget year {year}")


def judge(facts: ShiftFacts, actor: Actor) -> Judgement:
    """Return the level, the desk and every reason against a shift as it stands now."""
    lines = shift_lines(facts.id)
    funds = funds_left(line.line_id for line in lines)
    table = desks(today(actor.at))
    level = None if rules.unbalanced(lines) else rules.level_of(lines)
    desk = rules.desk_of(level, table, facts.ground) if level else None
    reasons = [
        *amendment_rules.waits(open_amendment(facts.year)),
        *rules.refusals(lines, funds, table, facts.ground),
        *rules.stale({one.name: one.is_current for one in facts.sheets}),
    ]
    return Judgement(lines, funds, level, desk, tuple(reasons))


def against_submission(facts: ShiftFacts, found: Judgement, actor: Actor) -> list[Reason]:
    """Return every reason why the actor may not hand a shift in now."""
    return [
        *steps.in_state(facts, ShiftState.DRAFT),
        *_may_submit(facts, found.desk.instrument if found.desk else None, actor),
        *steps.drafts_only(facts.sheets),
        *found.reasons,
    ]


def against_approval(facts: ShiftFacts, found: Judgement, actor: Actor) -> list[Reason]:
    """Return every reason why the actor may not approve a shift now, but for the letter's words."""
    writers = [one.changed_by for one in facts.sheets]
    earlier = [facts.drafted_by, facts.submitted_by, *writers]
    return [
        *steps.in_state(facts, ShiftState.SUBMITTED),
        *at_desk(facts, found.desk, actor),
        *steps.same_level(facts, found.level),
        *steps.as_handed_in(facts.sheets, {RevisionState.SUBMITTED}),
        *rules.same_person(person(actor), earlier),
        *found.reasons,
    ]


def against_force(facts: ShiftFacts, found: Judgement, actor: Actor) -> list[Reason]:
    """Return every reason why the actor may not let a shift take force now."""
    return [
        *steps.in_state(facts, ShiftState.APPROVED),
        *([] if may(actor, MAKE_VERSION) else [not_permitted()]),
        *steps.same_level(facts, found.level),
        *steps.as_handed_in(facts.sheets, {RevisionState.VERIFIED}),
        *rules.same_person(person(actor), [facts.approved_by]),
        *found.reasons,
    ]


def _may_submit(facts: ShiftFacts, desk: Instrument | None, actor: Actor) -> list[Reason]:
    """What only the PA decides is handed in by its drafter; the rest by PA or KPA, not by him."""
    if desk is Instrument.PA:
        allowed = reaches(facts, actor, DRAFT_SHIFT, SUBMIT_SHIFT)
        return [] if allowed else [not_permitted()]
    if not reaches(facts, actor, SUBMIT_SHIFT):
        return [not_permitted()]
    writers = {facts.drafted_by, *(one.changed_by for one in facts.sheets)}
    return rules.same_person(person(actor), writers)


def its_desk(facts: ShiftFacts, actor: Actor) -> list[Reason]:
    """Return the reason when a shift does not lie on the actor's desk.

    Asked by the level that it was handed in with, so that it can be sent back whatever changed.
    """
    table = desks(today(actor.at))
    desk = rules.desk_of(facts.level, table, facts.ground) if facts.level else None
    return at_desk(facts, desk, actor)


def at_desk(facts: ShiftFacts, desk: Desk | None, actor: Actor) -> list[Reason]:
    """Return the reason when the actor is not the desk that decides."""
    is_right = desk is not None and may(actor, DESK_ACTS[desk.instrument], facts.agency_id)
    return steps.wrong_desk(desk, is_right=is_right)


def reaches(facts: ShiftFacts, actor: Actor, *acts: str) -> bool:
    """Tell whether the actor may do one of the acts in every unit whose sheets are shifted."""
    units = {one.unit_id for one in facts.sheets}
    return any(all(unit in scope(actor, act) for unit in units) for act in acts)


def not_permitted() -> Reason:
    """Return the reason when no role of the actor allows the step."""
    return Reason(
        "regions.not_permitted",
        N_("Anda tidak berwenang melakukan ini."),
        mend=N_("Mintalah pejabat yang berwenang, atau usulkan penunjukan."),
    )


def person(actor: Actor) -> int:
    """Return who acts.

    :raises Refused: when nobody is signed in.
    """
    if actor.person_id is None:
        raise Refused([Reason("budget.nobody", N_("Masuklah dahulu."))])
    return actor.person_id


def refuse(reasons: Iterable[Reason]) -> None:
    """Do nothing without a reason.

    :raises Refused: with every reason.
    """
    if found := list(reasons):
        raise Refused(found)


def take(shift_id: int, step: ShiftStep, actor: Actor, why: str = "", **columns: object) -> None:
    """Write a step into the shift and into its history, for ever."""
    Shift.objects.filter(pk=shift_id).update(**columns)
    ShiftStepTaken.objects.create(
        shift_id=shift_id,
        step=step.value,
        person_id=person(actor),
        at=actor.at,
        reason=why.strip(),
    )


def step_revisions(
    facts: ShiftFacts,
    state: RevisionState,
    step: Step,
    actor: Actor,
    why: str = "",
    **columns: object,
) -> None:
    """Take a shift's revisions on together, those that nobody gave up; their history tells it."""
    ids = sorted(one.revision_id for one in facts.sheets if one.state is not RevisionState.DROPPED)
    rows = Revision.objects.filter(pk__in=ids)
    rows.update(state=state.value, version=F("version") + 1, **columns)
    RevisionStep.objects.bulk_create(
        RevisionStep(
            revision_id=one,
            step=step.value,
            by_id=actor.person_id,
            at=actor.at,
            reason=why.strip(),
        )
        for one in ids
    )
