"""A kind of document, its readers, and files of each type."""

import io
import zipfile
from datetime import UTC, datetime

import pytest
from django.conf import settings

from kawal.documents import registry
from kawal.documents.facts import MediaType
from kawal.identity import actions as identity
from kawal.identity.facts import PersonDraft
from kawal.kernel.words import N_

AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
PDF = b"%PDF-1.7\n" + b"isi surat keputusan\n" * 50
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


def workbook(*more: str) -> bytes:
    """Return the least that is a workbook, with further members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in ("[Content_Types].xml", "xl/workbook.xml", *more):
            archive.writestr(name, "x")
    return made.getvalue()


@pytest.fixture(autouse=True)
def _home(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "HOME", tmp_path)


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    """Decrees: PDF and pictures up to 1 MiB, readable by whoever is signed in."""
    monkeypatch.setattr(registry, "_kinds", {})
    registry.register(
        registry.Kind(
            "test.decree",
            N_("SK"),
            may_read=lambda actor, document_id: not actor.is_anonymous,
            limit=registry.MiB,
        ),
        registry.Kind("test.open", N_("Terbuka"), may_read=lambda actor, document_id: True),
        registry.Kind(
            "test.table",
            N_("Tabel"),
            may_read=lambda actor, document_id: True,
            media_types=frozenset({MediaType.XLSX, MediaType.TEXT}),
        ),
    )


@pytest.fixture
def siti(db: None) -> int:
    """PA of Dinas Pendidikan."""
    return identity.register_person(PersonDraft(name="Siti"), at=AT).id
