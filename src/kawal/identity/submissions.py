"""Every unsafe request carries a key, and the same submission is done once and answered alike.

The row of the key and all that the request writes are one transaction: either both are there or
neither. Of two at once the second waits at the unique index until the first has committed, and then
gets its answer; when the first failed, the second does the work itself. An answer of 400 or more is
rolled back with the row, so a mended form may be sent again under the key it had; so is a turn
aside to the sign-in.
"""

import hashlib
import hmac
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar, cast

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template import loader
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext as _

from kawal.identity.models import Submission
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_

FIELD = "_key"
HEADER = "Idempotency-Key"
FORM = re.compile(r"[!-~]{16,64}")
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
NOT_PART_OF_IT = frozenset({FIELD, "csrfmiddlewaretoken"})
ASIDE = ("/akun/masuk/?next=", "/akun/pastikan/", "/akun/faktor/pastikan/")
KEPT_BODY = 64 * 1024

MISSING = Reason(
    "submission_key_missing",
    N_("Kiriman ini tidak membawa kunci"),
    mend=N_("Buka halamannya lagi, lalu kirim dari formulirnya."),
)
OTHER_BODY = Reason(
    "submission_key_reused",
    N_("Kunci kiriman ini sudah dipakai untuk isian lain"),
    mend=N_("Buka halamannya lagi supaya mendapat kunci baru, lalu kirim."),
)

View = TypeVar("View", bound=Callable[..., Any])


def keyless(view: View) -> View:
    """Mark a view that takes submissions without a key: say at the call why that is safe."""
    view.keyless = True  # type: ignore[attr-defined]
    return view


class SubmissionMiddleware:
    """Stands innermost, so that only the view itself runs inside the transaction."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let safe requests pass; do the others once."""
        if request.method in SAFE or _is_keyless(request):
            return self.get_response(request)
        key = given_key(request)
        if not FORM.fullmatch(key):
            return _refuse(request, MISSING, 400)
        return self._once(request, key, fingerprint(request), timezone.now())

    def _once(self, request: HttpRequest, key: str, body: bytes, at: datetime) -> HttpResponseBase:
        login_id = getattr(request.user, "pk", None)
        with transaction.atomic():
            mine = _claim(login_id, key, body, at)
            if mine is None:
                return _answered(request, login_id, key, body)
            response = self.get_response(request)
            if _is_undone(response):
                transaction.set_rollback(True)
            else:
                _remember(mine, response)
        return response


def _is_undone(response: HttpResponseBase) -> bool:
    """Tell whether nothing was done: a refusal, a fault, or a turn aside to prove oneself first."""
    if response.status_code >= 400:
        return True
    return response.headers.get("Location", "").startswith(ASIDE)


def _is_keyless(request: HttpRequest) -> bool:
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return True  # there is nothing here to do, let alone twice
    return bool(getattr(view, "keyless", False))


def given_key(request: HttpRequest) -> str:
    """Return the key of the header, else that of the form, else nothing."""
    if header := request.headers.get(HEADER):
        return header.strip().strip('"')
    return request.POST.get(FIELD, "") if _is_form(request) else ""


def _is_form(request: HttpRequest) -> bool:
    return request.content_type in {
        "application/x-www-form-urlencoded",
        "multipart/form-data",
    }


def fingerprint(request: HttpRequest) -> bytes:
    """Return 32 bytes that tell one submission from another: place, fields and files.

    The key and the token against forgery are no part of it. Files are read in chunks. A secret
    outside of the database goes in: who holds a copy of the table could otherwise try every NIK
    against what was sent.
    """
    found = hmac.new(settings.SECRET_KEY.encode(), b"kawal submission 1", "sha256")
    for part in _parts(request):
        found.update(len(part).to_bytes(8, "big") + part)
    return found.digest()


def _parts(request: HttpRequest) -> Iterator[bytes]:
    yield f"{request.method} {request.get_full_path()} {request.content_type}".encode()
    if not _is_form(request):
        yield request.body
        return
    for name in sorted(set(request.POST) - NOT_PART_OF_IT):
        for value in request.POST.getlist(name):
            yield f"{name}={value}".encode()
    for name in sorted(request.FILES):
        for file in request.FILES.getlist(name):
            yield f"{name}@{file.name}".encode()
            yield _digest(file)


def _digest(file: Any) -> bytes:
    found = hashlib.sha256()
    for chunk in file.chunks():
        found.update(chunk)
    file.seek(0)
    return found.digest()


def _claim(login_id: int | None, key: str, body: bytes, at: datetime) -> int | None:
    """Write the submission's row and return its id; ``None`` when it is already there.

    While another request with the same key is at work, the statement waits for it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO identity_submission"
            " (login_id, key, fingerprint, created_at, location, content_type)"
            " VALUES (%s, %s, %s, %s, '', '') ON CONFLICT DO NOTHING RETURNING id",
            [login_id, key, body, at],
        )
        row = cursor.fetchone()
    return row[0] if row else None


def _remember(submission_id: int, response: HttpResponseBase) -> None:
    """Keep the answer beside the key: status, place, and a body that is small."""
    body = response.content if isinstance(response, HttpResponse) else None
    Submission.objects.filter(pk=submission_id).update(
        status=response.status_code,
        location=response.headers.get("Location", ""),
        content_type=response.headers.get("Content-Type", "")[:100],
        body=body if body is not None and len(body) <= KEPT_BODY else None,
    )


def _answered(
    request: HttpRequest, login_id: int | None, key: str, body: bytes
) -> HttpResponseBase:
    """Return the kept answer to this same submission, or the refusal of another one."""
    owner = Q(login=None) if login_id is None else Q(login_id=login_id)
    row = Submission.objects.get(owner, key=key)
    if bytes(row.fingerprint) != body:
        return _refuse(request, OTHER_BODY, 409)
    answer = Answer(row.status or 200, row.location, row.content_type, row.body)
    return answer.response(request)


@dataclass(frozen=True, slots=True)
class Answer:
    """A kept answer."""

    status: int
    location: str
    content_type: str
    body: bytes | memoryview | None

    def response(self, request: HttpRequest) -> HttpResponse:
        """Return it again, marked; where its body was too large, a page that says it is done."""
        if self.body is None:
            done = _page(request, _("Sudah dikerjakan"), _("Kiriman yang sama sudah diterima."))
            response = HttpResponse(done, status=self.status)
        else:
            response = HttpResponse(
                bytes(self.body), status=self.status, content_type=self.content_type or None
            )
        if self.location:
            response.headers["Location"] = self.location
        response.headers["Idempotency-Replayed"] = "true"
        return response


def _refuse(request: HttpRequest, reason: Reason, status: int) -> HttpResponse:
    title, mend = _(reason.text), _(reason.mend)
    if wants_json(request):
        said = {"code": reason.code, "text": title, "mend": mend}
        return JsonResponse({"reasons": [said]}, status=status)
    return HttpResponse(_page(request, title, mend), status=status)


def wants_json(request: HttpRequest) -> bool:
    """Tell whether a program asks: it sends or prefers JSON."""
    if request.content_type == "application/json":
        return True
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def _page(request: HttpRequest, title: str, text: str) -> str:
    context = {"title": title, "text": text}
    return cast(
        str, loader.render_to_string("identity/submission.jinja", context, request, using="jinja2")
    )
