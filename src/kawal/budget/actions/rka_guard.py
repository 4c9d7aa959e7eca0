"""What every write of a revision begins with: the row locked, the version read, the right to it."""

from django.db.models import F

from kawal.budget.facts import RevisionFacts, SheetFacts, Step
from kawal.budget.models import Revision, RevisionStep
from kawal.budget.queries.locks import lock_reasons
from kawal.budget.queries.sheets import revision_facts, sheet_facts
from kawal.budget.rules import steps as rules
from kawal.identity import queries as identity
from kawal.kernel.refusals import NotThere, Reason, Refused, StaleDraft
from kawal.regions.facts import Actor
from kawal.regions.permissions import require


def locked(revision_id: int) -> tuple[RevisionFacts, SheetFacts]:
    """Lock a revision's row, the first in the order of locks, and return it with its sheet.

    :raises NotThere: when there is none.
    """
    rows = Revision.objects.select_for_update(of=("self",))
    row = rows.select_related("sheet__activity").filter(pk=revision_id).first()
    if row is None:
        raise NotThere(f"revision {revision_id}")
    return revision_facts(row), sheet_facts(row.sheet)


def to_write(
    revision_id: int, act: str, actor: Actor, *, read: int
) -> tuple[RevisionFacts, SheetFacts]:
    """Lock a revision whose content is about to be written by somebody who may.

    :raises NotThere: when there is none.
    :raises Refused: without the right to it, or when it is no draft of ours, or locked.
    :raises StaleDraft: when somebody saved since version ``read``.
    """
    revision, sheet = locked(revision_id)
    require(actor, act, sheet.unit_id)
    refuse(rules.may_write(revision) + lock_reasons(sheet.id))
    is_current(revision, read)
    return revision, sheet


def is_current(revision: RevisionFacts, read: int | None) -> None:
    """Do nothing when the version that somebody read is the newest, or none is named.

    :raises StaleDraft: otherwise.
    """
    if read is None or read == revision.version:
        return
    name = identity.names([revision.changed_by]) if revision.changed_by else {}
    theirs = {"changed_by": name.get(revision.changed_by or 0), "changed_at": revision.changed_at}
    raise StaleDraft(read=read, current=revision.version, theirs=theirs)


def written(revision: RevisionFacts, actor: Actor) -> int:
    """Note who wrote the content last and when, and return the revision's new version."""
    rows = Revision.objects.filter(pk=revision.id)
    rows.update(version=F("version") + 1, changed_at=actor.at, changed_by_id=actor.person_id)
    return revision.version + 1


def record_step(revision_id: int, step: Step, actor: Actor, reason: str = "") -> None:
    """Keep a step for ever."""
    RevisionStep.objects.create(
        revision_id=revision_id, step=step.value, by_id=actor.person_id, at=actor.at, reason=reason
    )


def person(actor: Actor) -> int:
    """Return who acts.

    :raises Refused: when nobody is signed in.
    """
    if actor.person_id is None:
        raise Refused([rules.NOBODY])
    return actor.person_id


def refuse(reasons: list[Reason]) -> None:
    """Do nothing when there is no reason.

    :raises Refused: with every reason.
    """
    if reasons:
        raise Refused(reasons)
