"""The kind of document that an RKA workbook with its faults marked is kept as."""

from uuid import UUID

from kawal.documents import queries
from kawal.documents.facts import MediaType
from kawal.documents.registry import Kind, MiB
from kawal.documents.registry import register as register_kinds
from kawal.kernel.words import N_
from kawal.regions.facts import Actor

NAME = "budget.rka_marked"


def may_read(actor: Actor, document_id: UUID) -> bool:
    """Tell whether somebody may read a marked workbook: only who handed it in."""
    return actor.person_id is not None and actor.person_id == queries.document(document_id).kept_by


MARKED = Kind(
    NAME, N_("Buku kerja RKA bertanda"), may_read, frozenset({MediaType.XLSX}), 64 * MiB, 1
)


def register() -> None:
    """Make it known; called once, at start-up."""
    register_kinds(MARKED)
