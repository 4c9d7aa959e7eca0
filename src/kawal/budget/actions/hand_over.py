"""Handing a document over: from SIPD to here while it is down, and back."""

from datetime import datetime

from django.db import transaction

from kawal.budget.actions.rka_guard import locked, person, refuse
from kawal.budget.facts import HandOverFacts, Record
from kawal.budget.models import HandOver, Revision
from kawal.budget.permissions import HAND_OVER
from kawal.budget.queries.records import hand_over_facts
from kawal.budget.rules import steps as rules
from kawal.regions.facts import Actor
from kawal.regions.permissions import require
from kawal.trail import actions as trail

REVISION = "revision"


@transaction.atomic
def hand_over(
    revision_id: int,
    to: Record,
    reason: str,
    *,
    actor: Actor,
    source: str = "",
    external_id: str = "",
    as_of: datetime | None = None,
) -> HandOverFacts:
    """Give an open revision another system of record, and keep who did it, when and why.

    ``source``, ``external_id`` and ``as_of`` say what it is called there; SIPD asks for the first
    and the last.

    :raises NotThere: when there is no such revision.
    :raises Refused: with every reason.
    """
    revision, sheet = locked(revision_id)
    require(actor, HAND_OVER, sheet.unit_id)
    complete = to is not Record.SIPD or bool(source.strip() and as_of)
    refuse(rules.may_hand_over(revision, to, reason, complete=complete))
    Revision.objects.filter(pk=revision_id).update(
        record=to.value,
        source=source.strip(),
        external_id=external_id.strip(),
        as_of=as_of,
        version=revision.version + 1,
    )
    row = HandOver.objects.create(
        document_kind=REVISION,
        document_id=revision_id,
        from_record=revision.record.value,
        to_record=to.value,
        source=source.strip(),
        external_id=external_id.strip(),
        as_of=as_of,
        reason=reason.strip(),
        by_id=person(actor),
        at=actor.at,
    )
    _tell(row)
    return hand_over_facts(row)


def _tell(row: HandOver) -> None:
    facts = {
        "document": f"{row.document_kind}/{row.document_id}",
        "from": row.from_record,
        "to": row.to_record,
        "reason": row.reason,
    }
    trail.append("budget_document.handed_over", facts, at=row.at)
