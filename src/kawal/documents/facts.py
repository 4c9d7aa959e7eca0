"""What crosses the border of documents: kept files, issued documents, signatures."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class MediaType(StrEnum):
    """What a file is, by its content; nothing else is ever kept."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    WEBP = "image/webp"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    TEXT = "text/plain"


SUFFIXES = {
    MediaType.PDF: ".pdf",
    MediaType.PNG: ".png",
    MediaType.JPEG: ".jpg",
    MediaType.WEBP: ".webp",
    MediaType.XLSX: ".xlsx",
    MediaType.TEXT: ".txt",
}


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """A kept file. ``sha256`` in hexadecimal; ``size`` in bytes; ``name`` is safe to show."""

    id: UUID
    kind: str
    sha256: str
    size: int
    media_type: MediaType
    name: str
    kept_by: int | None
    kept_at: datetime


@dataclass(frozen=True, slots=True)
class SignatureFacts:
    """A signature over a document; ``is_valid`` was checked when this was read."""

    provider: str
    key_id: str
    signer: str
    at: datetime
    is_valid: bool
    is_known: bool


@dataclass(frozen=True, slots=True)
class IssuedFacts:
    """A document that anybody can check at ``/periksa/<code>``."""

    code: str
    title: str
    number: str
    on: date
    document: DocumentFacts
    issued_at: datetime
    signatures: tuple[SignatureFacts, ...] = ()
    withdrawn_at: datetime | None = None
    withdrawn_because: str = ""


@dataclass(frozen=True, slots=True)
class FileFault:
    """A kept file that is not as it was, and the documents that it belongs to."""

    code: str
    sha256: str
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FilesVerdict:
    """What checking every file found; orphans belong to no document (an upload that failed)."""

    documents: int
    files: int
    faults: tuple[FileFault, ...]
    orphans: tuple[str, ...]
