"""The cash plan over its desks: the PPTK drafts and hands in, PA, Sekda and BUD validate in turn.

Locks: the plan's row. A unit has one plan under way; a validated one stays, a revision follows.
"""

from collections.abc import Collection, Mapping

from django.db import transaction
from django.db.models import Max

from kawal.budget import permissions, queries
from kawal.budget.actions.cash_writing import copy_lines, put_months
from kawal.budget.facts import NIL, Months, PlanFacts, PlanState, Way
from kawal.budget.models import CashPlan, CashPlanStep, FiscalYear
from kawal.budget.queries.cash_known import known
from kawal.budget.queries.cash_plans import plan_facts
from kawal.budget.rules import cash_plans as rules
from kawal.budget.rules.cash_proposals import proposals
from kawal.kernel.refusals import NotThere, Reason, Refused, StaleDraft
from kawal.kernel.words import N_
from kawal.regions.facts import Actor
from kawal.regions.permissions import may, require

SIGNATURE = {  # the column of who took the step into a state
    PlanState.SUBMITTED: "submitted_by_id",
    PlanState.CHECKED_PA: "pa_by_id",
    PlanState.CHECKED_SEKDA: "sekda_by_id",
    PlanState.VALIDATED: "bud_by_id",
}
DESK_ACTS = {  # who may take the next step out of a state
    PlanState.DRAFT: permissions.DRAFT_CASH_PLAN,
    PlanState.SUBMITTED: permissions.VALIDATE_CASH_PLAN_PA,
    PlanState.CHECKED_PA: permissions.VALIDATE_CASH_PLAN_SEKDA,
    PlanState.CHECKED_SEKDA: permissions.VALIDATE_CASH_PLAN_BUD,
}


@transaction.atomic
def begin_plan(year: int, unit_id: int, *, actor: Actor) -> int:
    """Begin a unit's cash plan of a year, or a revision that copies the one in force.

    :raises Refused: while another is under way, and before the unit's DPA gave it ceilings.
    """
    require(actor, permissions.DRAFT_CASH_PLAN, unit_id)
    if not FiscalYear.objects.select_for_update(no_key=True).filter(pk=year).exists():
        raise NotThere(f"budget year {year}")
    enacted = sum((one.ceiling for one in queries.plan_lines(year, unit_id, None)), NIL)
    _check(rules.may_begin(queries.open_plan(year, unit_id), enacted))
    before = CashPlan.objects.filter(year=year, unit=unit_id)
    in_force = queries.plan_in_force(year, unit_id)
    row = CashPlan.objects.create(
        year_id=year,
        unit_id=unit_id,
        number=(before.aggregate(last=Max("number"))["last"] or 0) + 1,
        based_on_id=in_force.id if in_force else None,
        changed_at=actor.at,
        changed_by_id=actor.person_id,
    )
    if in_force:
        copy_lines(in_force.id, row.pk)
    return row.pk


@transaction.atomic
def save_plan(plan_id: int, months: Mapping[int, Months], *, read: int, actor: Actor) -> int:
    """Write the twelve months of some lines, in rupiah by line id; other lines stay.

    ``read`` is the plan's version that the writer saw; the new one is returned.

    :raises StaleDraft: when somebody wrote since.
    :raises Refused: with every reason.
    """
    plan = _draft(plan_id, read, actor)
    own = {line.line_id for line in queries.plan_lines(plan.year, plan.unit_id, plan.id)}
    _check(rules.mistakes(months, own))
    return _write(plan, months, actor)


@transaction.atomic
def propose_plan(
    plan_id: int, ways: Collection[Way], *, read: int, actor: Actor, replace: bool = False
) -> int:
    """Fill in what contracts, last year or the sheets' months let expect; return the new version.

    Lines that already plan their ceiling stay unless ``replace``; so do lines about which none
    of the ways knows anything.

    :raises StaleDraft: when somebody wrote since.
    :raises Refused: when it is no draft, or the person may not.
    """
    plan = _draft(plan_id, read, actor)
    lines = queries.plan_lines(plan.year, plan.unit_id, plan.id)
    chosen = [line for line in lines if replace or line.difference]
    return _write(plan, proposals(chosen, ways, known(plan.year, plan.unit_id, lines)), actor)


@transaction.atomic
def submit_plan(plan_id: int, *, actor: Actor) -> PlanState:
    """Hand the plan to the PA.

    :raises Refused: with every reason; also when a line's months are not its ceiling.
    """
    plan = _locked(plan_id, actor)
    require(actor, permissions.DRAFT_CASH_PLAN, plan.unit_id)
    _check(rules.may_submit(plan, queries.plan_lines(plan.year, plan.unit_id, plan.id)))
    return _step(plan, actor)


@transaction.atomic
def validate_plan(plan_id: int, *, actor: Actor) -> PlanState:
    """Validate the plan at the desk where it lies: PA, then Sekda, then BUD; return its state.

    :raises Refused: with every reason; nobody takes two successive steps.
    """
    plan = _locked(plan_id, actor)
    person = _person(actor)
    if plan.state in DESK_ACTS and plan.state is not PlanState.DRAFT:
        require(actor, DESK_ACTS[plan.state], plan.unit_id)
    lines = queries.plan_lines(plan.year, plan.unit_id, plan.id)
    _check(rules.may_validate(plan, lines, person))
    return _step(plan, actor)


@transaction.atomic
def return_plan(plan_id: int, reason: str, *, actor: Actor) -> None:
    """Send the plan back to its drafter; all signatures on it fall.

    :raises Refused: with every reason; only the desk where it lies may.
    """
    plan = _locked(plan_id, actor)
    if plan.state in DESK_ACTS and plan.state is not PlanState.DRAFT:
        require(actor, DESK_ACTS[plan.state], plan.unit_id)
    _check(rules.may_return(plan, reason))
    CashPlan.objects.filter(pk=plan_id).update(
        state=PlanState.DRAFT.value,
        version=plan.version + 1,
        changed_at=actor.at,
        changed_by_id=_person(actor),
        **dict.fromkeys(SIGNATURE.values()),
    )
    _note(plan_id, "returned", actor, reason.strip())


@transaction.atomic
def drop_plan(plan_id: int, *, actor: Actor) -> None:
    """Give up a draft; the plan in force stays.

    :raises Refused: when it is no draft.
    """
    plan = _locked(plan_id, actor)
    require(actor, permissions.DRAFT_CASH_PLAN, plan.unit_id)
    _check(rules.may_change(plan))
    CashPlan.objects.filter(pk=plan_id).update(state=PlanState.DROPPED.value)
    _note(plan_id, PlanState.DROPPED.value, actor)


def _locked(plan_id: int, actor: Actor) -> PlanFacts:
    """Lock the plan's row; what lies outside the actor's sight is not there."""
    row = CashPlan.objects.select_for_update().filter(pk=plan_id).first()
    if row is None or not may(actor, permissions.SEE_CASH_PLAN, row.unit_id):
        raise NotThere(f"cash plan {plan_id}")
    return plan_facts(row)


def _draft(plan_id: int, read: int, actor: Actor) -> PlanFacts:
    plan = _locked(plan_id, actor)
    require(actor, permissions.DRAFT_CASH_PLAN, plan.unit_id)
    _check(rules.may_change(plan))
    if plan.version != read:
        raise StaleDraft(read=read, current=plan.version, theirs={"changed_at": plan.changed_at})
    return plan


def _write(plan: PlanFacts, months: Mapping[int, Months], actor: Actor) -> int:
    put_months(plan.id, months)
    CashPlan.objects.filter(pk=plan.id).update(
        version=plan.version + 1, changed_at=actor.at, changed_by_id=actor.person_id
    )
    return plan.version + 1


def _step(plan: PlanFacts, actor: Actor) -> PlanState:
    to = rules.next_state(plan)
    when = {"validated_at": actor.at} if to is PlanState.VALIDATED else {}
    CashPlan.objects.filter(pk=plan.id).update(
        state=to.value, **{SIGNATURE[to]: _person(actor)}, **when
    )
    _note(plan.id, to.value, actor)
    return to


def _note(plan_id: int, step: str, actor: Actor, reason: str = "") -> None:
    CashPlanStep.objects.create(
        plan_id=plan_id, step=step, by_id=_person(actor), at=actor.at, reason=reason
    )


def _person(actor: Actor) -> int:
    if actor.person_id is None:
        raise Refused([Reason("budget.nobody", N_("Masuklah dahulu."))])
    return actor.person_id


def _check(reasons: list[Reason]) -> None:
    if reasons:
        raise Refused(reasons)
