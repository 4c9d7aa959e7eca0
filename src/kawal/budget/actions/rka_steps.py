"""The steps of a revision: handed in, sent back, verified, given up; each by another person."""

from django.db import transaction
from django.db.models import F

from kawal.budget.actions.rka_checks import hold_ceilings
from kawal.budget.actions.rka_guard import is_current, locked, person, record_step, refuse
from kawal.budget.facts import RevisionFacts, RevisionState, SheetFacts, Step
from kawal.budget.models import LineNote, Revision
from kawal.budget.permissions import DRAFT_RKA, SUBMIT_RKA, VERIFY_RKA
from kawal.budget.queries.findings import findings
from kawal.budget.queries.locks import lock_reasons
from kawal.budget.queries.shifts import held_reasons
from kawal.budget.rules import steps as rules
from kawal.kernel.refusals import Reason
from kawal.regions.facts import Actor
from kawal.regions.permissions import may, require
from kawal.regions.queries import today


@transaction.atomic
def submit(revision_id: int, *, actor: Actor, read: int | None = None) -> None:
    """Hand a draft in to the TAPD, as PA of the agency or KPA of the unit.

    :raises NotThere, StaleDraft: as every write.
    :raises Refused: with every reason of the rules of RKA; the draft stays as it was.
    """
    revision, sheet = locked(revision_id)
    require(actor, SUBMIT_RKA, sheet.unit_id)
    who = person(actor)
    is_current(revision, read)
    reasons = rules.may_submit(revision, who) + held_reasons([revision_id])
    reasons += lock_reasons(sheet.id)
    refuse(reasons + _findings(revision, sheet, actor))
    _take(revision_id, RevisionState.SUBMITTED, submitted_at=actor.at, submitted_by_id=who)
    record_step(revision_id, Step.SUBMITTED, actor)


@transaction.atomic
def send_back(revision_id: int, reason: str, *, actor: Actor) -> None:
    """Send a submitted or verified revision back to its drafter, and say why.

    :raises Refused: when it was not submitted, or without a reason.
    """
    revision, sheet = locked(revision_id)
    require(actor, VERIFY_RKA, sheet.unit_id)
    refuse(rules.may_send_back(revision, reason) + held_reasons([revision_id]))
    _take(
        revision_id,
        RevisionState.DRAFT,
        submitted_at=None,
        submitted_by=None,
        verified_at=None,
        verified_by=None,
    )
    record_step(revision_id, Step.SENT_BACK, actor, reason.strip())


@transaction.atomic
def verify(revision_id: int, *, actor: Actor, read: int | None = None) -> None:
    """Verify a revision as the TAPD: from now on a version may take it up.

    :raises Refused: with every reason; while a note is open; to who drafted or submitted it.
    """
    revision, sheet = locked(revision_id)
    require(actor, VERIFY_RKA, sheet.unit_id)
    who = person(actor)
    is_current(revision, read)
    notes = LineNote.objects.filter(revision=revision_id, answered_at=None).count()
    reasons = rules.may_verify(revision, who, open_notes=notes) + held_reasons([revision_id])
    refuse(reasons + _findings(revision, sheet, actor))
    _take(revision_id, RevisionState.VERIFIED, verified_at=actor.at, verified_by_id=who)
    record_step(revision_id, Step.VERIFIED, actor)


@transaction.atomic
def drop(revision_id: int, reason: str, *, actor: Actor) -> None:
    """Give a draft up for ever; what was sealed before stays in force.

    :raises Refused: when it is no draft, or without a reason.
    """
    revision, sheet = locked(revision_id)
    if not may(actor, SUBMIT_RKA, sheet.unit_id):
        require(actor, DRAFT_RKA, sheet.unit_id)
    refuse(rules.may_drop(revision, reason) + held_reasons([revision_id]))
    _take(revision_id, RevisionState.DROPPED)
    record_step(revision_id, Step.DROPPED, actor, reason.strip())


def _findings(revision: RevisionFacts, sheet: SheetFacts, actor: Actor) -> list[Reason]:
    hold_ceilings(sheet)
    return findings(revision.id, sheet, today(actor.at))


def _take(revision_id: int, state: RevisionState, **values: object) -> None:
    Revision.objects.filter(pk=revision_id).update(
        state=state.value, version=F("version") + 1, **values
    )
