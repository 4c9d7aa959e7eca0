"""Writes of documents: keep a file, draw or void a number, issue a document and withdraw it."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from typing import Any, BinaryIO

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse

from kawal.documents import kinds, pdf, queries, registry, rules
from kawal.documents.facts import DocumentFacts, IssuedFacts
from kawal.documents.models import Document, Issued, Series, Signature, VoidNumber, Withdrawal
from kawal.kernel.refusals import NotThere, Reason, Refused
from kawal.kernel.words import N_
from kawal.trail import actions as trail

PROOF = N_("Keaslian dokumen ini dapat diperiksa dengan kode atau alamat berikut.")


def keep(stream: BinaryIO, *, name: str, kind: str, by: int | None, at: datetime) -> DocumentFacts:
    """Keep a file for ever and return its facts; its type is read from its content.

    The row lives with the caller's transaction. The file does not: when that fails, it stays on
    the disk as an orphan, which ``kawal verify files`` lists.

    :raises UnknownKind: when no module registered the kind.
    :raises Refused: with every reason, when it is empty, too big, or not of the kind's types.
    """
    known, files = registry.named(kind), kinds.files()
    taken = files.take(stream, known.limit)
    try:
        if reasons := rules.refusals(known, size=taken.size, media_type=taken.media_type):
            raise Refused(reasons)
        assert taken.media_type is not None  # refused otherwise
        files.settle(taken)
    finally:
        taken.path.unlink(missing_ok=True)
    row = Document.objects.create(
        kind=kind,
        sha256=taken.sha256,
        size=taken.size,
        media_type=taken.media_type,
        name=rules.clean_name(name, taken.media_type),
        kept_by_id=by,
        kept_at=at,
    )
    return queries.facts_of(row)


_DRAW = """
INSERT INTO documents_series (name, year, last) VALUES (%s, %s, 1)
ON CONFLICT (name, year) DO UPDATE SET last = documents_series.last + 1 RETURNING last
"""


def draw_number(series: str, year: int) -> int:
    """Return the next number of a series in a year, counted from 1 without a gap.

    Belongs last into the caller's transaction: the series is locked until that ends, and a
    transaction that fails gives its number back.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a number is drawn in the transaction of what it numbers")
    with connection.cursor() as cursor:
        cursor.execute(_DRAW, [series, year])
        return int(cursor.fetchone()[0])


@transaction.atomic
def void_number(series: str, year: int, number: int, *, reason: str, by: int, at: datetime) -> None:
    """Keep that a drawn number is not used, and why; it is never drawn again.

    :raises NotThere: when it was never drawn.
    :raises Refused: when it is void already, or no reason is given.
    """
    row = Series.objects.filter(name=series, year=year, last__gte=number).first()
    if row is None or number < 1:
        raise NotThere(f"{series} {year} {number}")
    reasons = []
    if VoidNumber.objects.filter(series=row, number=number).exists():
        reasons.append(Reason("documents.void", N_("Nomor ini sudah dibatalkan."), at="number"))
    if not reason.strip():
        reasons.append(Reason("documents.reason", N_("Sebutkan alasannya."), at="reason"))
    if reasons:
        raise Refused(reasons)
    VoidNumber.objects.create(series=row, number=number, reason=reason, by_id=by, at=at)


@transaction.atomic
def issue(
    template: str,
    data: Mapping[str, Any],
    *,
    kind: str,
    title: str,
    on: date,
    by: int | None,
    at: datetime,
    number: str = "",
) -> IssuedFacts:
    """Make a PDF from a template, keep it, sign it, publish its hash, and return what was issued.

    The PDF carries a code (as a QR and in letters) with which anybody can check it at
    ``/periksa/<code>``. ``title`` and ``number`` are public.

    :raises Refused: when title or number may not be published.
    """
    code = rules.code_of(secrets.token_bytes(8))
    address = f"{settings.BASE_URL}{reverse('documents:check', args=[code])}"
    proof = {"code": code, "address": address, "qr": pdf.qr(address), "words": PROOF}
    content = pdf.render(template, {**data, "proof": proof}, at=at)
    kept = keep(BytesIO(content), name=f"{title}.pdf", kind=kind, by=by, at=at)
    return _publish(kept, code=code, title=title, number=number, on=on, at=at)


def _publish(
    kept: DocumentFacts, *, code: str, title: str, number: str, on: date, at: datetime
) -> IssuedFacts:
    Issued.objects.create(
        code=code, document_id=kept.id, title=title, number=number, on=on, issued_at=at
    )
    sign(kept, at=at)
    facts = {"code": code, "kind": kept.kind, "title": title, "number": number or None}
    trail.append(kinds.ISSUED.name, facts | {"on": on, "sha256": kept.sha256}, at=at)
    return queries.issued(code)


def sign(document: DocumentFacts, *, at: datetime) -> None:
    """Seal a kept document with this installation's key."""
    sealed = kinds.provider().sign(document.sha256, at=at)
    Signature.objects.create(
        document_id=document.id,
        provider=sealed.provider,
        key_id=sealed.key_id,
        signer=sealed.signer,
        signature=sealed.signature,
        at=at,
    )


@transaction.atomic
def withdraw(code: str, *, reason: str, by: int, at: datetime) -> None:
    """Keep, and publish, that an issued document no longer counts; it stays to be seen.

    :raises NotThere: when there is none of that code.
    :raises Refused: when it is withdrawn already, or the reason may not be published.
    """
    found = queries.issued(code)
    if found.withdrawn_at is not None:
        text = N_("Dokumen ini sudah ditarik.")
        raise Refused([Reason("documents.withdrawn", text, at="code")])
    trail.append(kinds.WITHDRAWN.name, {"code": code, "reason": reason}, at=at)
    Withdrawal.objects.create(issued_id=code, reason=reason, by_id=by, at=at)
