"""Reads of documents: facts, checked content, issued documents, number series."""

from uuid import UUID

from kawal.documents import kinds, registry
from kawal.documents.facts import DocumentFacts, IssuedFacts, MediaType, SignatureFacts
from kawal.documents.models import Document, Issued, Series, Signature, VoidNumber, Withdrawal
from kawal.documents.signing import Sealed
from kawal.kernel.refusals import NotThere
from kawal.regions.facts import Actor


def facts_of(row: Document) -> DocumentFacts:
    """Return a document's row as facts."""
    return DocumentFacts(
        id=row.pk,
        kind=row.kind,
        sha256=row.sha256,
        size=row.size,
        media_type=MediaType(row.media_type),
        name=row.name,
        kept_by=row.kept_by_id,
        kept_at=row.kept_at,
    )


def document(document_id: UUID) -> DocumentFacts:
    """Return one document.

    :raises NotThere: when there is none.
    """
    row = Document.objects.filter(pk=document_id).first()
    if row is None:
        raise NotThere(f"document {document_id}")
    return facts_of(row)


def documents(document_ids: list[UUID]) -> dict[UUID, DocumentFacts]:
    """Return those of these documents that exist."""
    return {row.pk: facts_of(row) for row in Document.objects.filter(pk__in=document_ids)}


def readable(actor: Actor, document_id: UUID) -> DocumentFacts:
    """Return a document that this actor may read, by the word of the module that owns its kind.

    :raises NotThere: when there is none, or he may not: the same answer.
    """
    found = document(document_id)
    try:
        may_read = registry.named(found.kind).may_read(actor, document_id)
    except registry.UnknownKind:
        may_read = False  # nobody owns it any more, so nobody can say who may
    if not may_read:
        raise NotThere(f"document {document_id}")
    return found


def content(found: DocumentFacts) -> bytes:
    """Return a document's content, checked against its hash.

    :raises Damaged: when the file is gone or not what it was.
    """
    return kinds.files().read(found.sha256)


def issued(code: str) -> IssuedFacts:
    """Return an issued document, its signatures checked now.

    :raises NotThere: when there is none of that code.
    """
    row = Issued.objects.select_related("document").filter(pk=code).first()
    if row is None:
        raise NotThere(f"code {code}")
    gone = Withdrawal.objects.filter(issued=row).first()
    return IssuedFacts(
        code=row.pk,
        title=row.title,
        number=row.number,
        on=row.on,
        document=facts_of(row.document),
        issued_at=row.issued_at,
        signatures=tuple(signatures(row.document)),
        withdrawn_at=gone.at if gone else None,
        withdrawn_because=gone.reason if gone else "",
    )


def signatures(row: Document) -> list[SignatureFacts]:
    """Return a document's signatures, each checked against its hash and our keys."""
    provider = kinds.provider()
    found = []
    for one in Signature.objects.filter(document=row).order_by("pk"):
        sealed = Sealed(one.provider, one.key_id, one.signer, bytes(one.signature))
        found.append(
            SignatureFacts(
                provider=one.provider,
                key_id=one.key_id,
                signer=one.signer,
                at=one.at,
                is_valid=provider.verify(sealed, row.sha256, at=one.at),
                is_known=provider.knows(one.key_id),
            )
        )
    return found


def last_number(series: str, year: int) -> int:
    """Return the last number drawn in a series and year; 0 before the first."""
    row = Series.objects.filter(name=series, year=year).values_list("last", flat=True).first()
    return row or 0


def void_numbers(series: str, year: int) -> dict[int, str]:
    """Return the void numbers of a series and year, with the reason for each."""
    rows = VoidNumber.objects.filter(series__name=series, series__year=year).order_by("number")
    return dict(rows.values_list("number", "reason"))
