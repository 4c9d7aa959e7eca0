"""Makes PDFs with typst: a module's template, data as JSON, nothing from outside."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import segno

import kawal
from kawal.documents.typesetting import typeset

ROOT = Path(kawal.__file__).parent


class NoTemplate(LookupError):
    """There is no such template."""


def render(template: str, data: Mapping[str, Any], *, at: datetime | None = None) -> bytes:
    """Return a PDF/A from ``<module>/<name>``: the file ``<module>/typst/<name>.typ``.

    ``data`` is what JSON can hold; the template reads it as ``kawal.data``. Templates see files of
    this package only, no network, and the fonts that come with typst, so that the same data gives
    the same bytes everywhere. ``at`` is the moment that the file says it was made.

    :raises NoTemplate: when the module has no such template.
    :raises Untypeset: when a long one fails in its process.
    """
    module, _, name = template.partition("/")
    source = ROOT / module / "typst" / f"{name}.typ"
    if source.parent.parent.parent != ROOT or not source.is_file():
        raise NoTemplate(template)
    packages = ROOT / "documents" / "typst"
    stamp = int((at or datetime(2000, 1, 1, tzinfo=UTC)).timestamp())
    return typeset(source, ROOT, packages, json.dumps(data, ensure_ascii=False), stamp)


def qr(address: str) -> str:
    """Return a QR code as an SVG, for a template's data."""
    drawn = BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", border=2, xmldecl=False)
    return drawn.getvalue().decode()
