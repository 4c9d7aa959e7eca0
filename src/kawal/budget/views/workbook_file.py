"""Hands a workbook out."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from kawal.documents.facts import MediaType


def as_workbook(name: str, write: Callable[[Path], object]) -> HttpResponse:
    """Return a workbook as a download, written aside first: whole or not at all."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "buku.xlsx"
        write(path)
        answer = HttpResponse(path.read_bytes(), content_type=MediaType.XLSX.value)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["Cache-Control"] = "private, no-store"
    return answer
