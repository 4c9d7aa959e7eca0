"""Downloads of kept files, and the public check of issued documents."""

import hashlib
import logging
import re
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kawal.documents import queries, rules
from kawal.documents.facts import DocumentFacts
from kawal.documents.storage import Damaged
from kawal.identity import access
from kawal.kernel.refusals import NotThere
from kawal.regions.middleware import actor_of
from kawal.ui import pages

CHUNK = 256 * 1024
LONGEST_UPLOAD = 50 * 1024 * 1024
_log = logging.getLogger(__name__)


@require_safe
def download(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Hand a document to one who may read it."""
    found = queries.readable(actor_of(request), document_id)
    access.record(request, "documents.download", found.kind, found.id)
    return as_file(found)


def as_file(found: DocumentFacts) -> HttpResponse:
    """Return a document as a file that no browser opens as a page of ours."""
    try:
        content = queries.content(found)
    except Damaged:
        _log.error("kept file %s is missing or damaged", found.sha256)
        return HttpResponse(
            _("Berkas ini rusak atau hilang; laporkan kepada pengelola."), status=500
        )
    response = HttpResponse(content, content_type=found.media_type.value)
    response["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a code, and go to its page."""
    typed = request.GET.get("kode", "")
    code = rules.typed_code(typed)
    if typed and rules.CODE.fullmatch(code):
        return redirect("documents:check", code)
    return pages.render(request, "documents/ask.jinja", {"typed": typed, "wrong": bool(typed)})


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Show what a code stands for; compare a file, or a hash, with it."""
    mended = rules.typed_code(code)
    if mended != code and rules.CODE.fullmatch(mended):
        return redirect("documents:check", mended)
    try:
        found = queries.issued(code)
    except NotThere:
        return pages.render(request, "documents/unknown.jinja", {"code": code}, status=404)
    offered = _offered(request) if request.method == "POST" else ""
    context = {
        "issued": found,
        "offered": offered,
        "matches": offered == found.document.sha256,
        "asked": request.method == "POST",
        "is_sound": all(one.is_valid for one in found.signatures),
        "may_read": _may_read(request, found.document),
    }
    return pages.render(request, "documents/check.jinja", context)


@require_safe
def issued_file(request: HttpRequest, code: str) -> HttpResponse:
    """Hand out an issued document where its kind is for this reader."""
    found = queries.issued(code)
    return as_file(queries.readable(actor_of(request), found.document.id))


def _may_read(request: HttpRequest, found: DocumentFacts) -> bool:
    try:
        queries.readable(actor_of(request), found.id)
    except NotThere:
        return False
    return True


def _offered(request: HttpRequest) -> str:
    """Return the hash of the file that was offered, else the hash that was typed; never kept."""
    upload = request.FILES.get("berkas")
    if upload is None:
        typed = re.sub(r"\s", "", request.POST.get("sha256", "")).lower()
        return typed if re.fullmatch(r"[0-9a-f]{64}", typed) else ""
    digest, size = hashlib.sha256(), 0
    for chunk in upload.chunks(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest() if 0 < size <= LONGEST_UPLOAD else ""
