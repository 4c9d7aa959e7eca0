"""Who kept a document first, and when that changed."""

from kawal.budget.facts import HandOverFacts, Record
from kawal.budget.models import HandOver


def hand_overs(document_kind: str, document_id: int) -> list[HandOverFacts]:
    """Return the hand-overs of a document, the first one first."""
    rows = HandOver.objects.filter(document_kind=document_kind, document_id=document_id)
    return [hand_over_facts(row) for row in rows.order_by("pk")]


def hand_over_facts(row: HandOver) -> HandOverFacts:
    """Return a hand-over's row as facts."""
    return HandOverFacts(
        row.document_kind,
        row.document_id,
        Record(row.from_record),
        Record(row.to_record),
        row.reason,
        row.by_id,
        row.at,
        row.source,
        row.external_id,
        row.as_of,
    )
