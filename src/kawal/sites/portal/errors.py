"""The pages that say what went wrong and the way on, for people and for fragments."""

from collections.abc import Iterable
from dataclasses import dataclass

import structlog
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_
from kawal.ui import pages

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Fault:
    """What an answer of one status says: Indonesian msgids."""

    title: str
    lead: str


FAULTS = {
    400: Fault(
        N_("Permintaan ini tidak dapat dibaca."),
        N_(
            "Mungkin alamat atau isiannya terpotong. Muat ulang halaman sebelumnya, lalu coba lagi."
        ),
    ),
    403: Fault(
        N_("Halaman ini bukan wewenang Anda."),
        N_("Masuk dengan akun yang berwenang, atau minta pejabat yang berwenang membukanya."),
    ),
    404: Fault(
        N_("Halaman ini tidak ada."),
        N_("Mungkin alamatnya salah tulis, halamannya sudah pindah, atau belum dibuka untuk umum."),
    ),
    500: Fault(
        N_("Kawal sedang bermasalah."),
        N_("Kesalahan ini sudah tercatat. Tidak ada isian Anda yang tersimpan setengah jalan."),
    ),
}


def page(request: HttpRequest, status: int, reasons: Iterable[Reason] = ()) -> HttpResponse:
    """Return the page of a status; to htmx only the message, for it to swap in."""
    fault = FAULTS[status]
    context = {
        "title": _(fault.title),
        "lead": _(fault.lead),
        "code": status,
        "reasons": tuple(reasons),
        "request_id": getattr(request, "id", "") or request.headers.get("X-Request-ID", ""),
    }
    is_fragment = bool(getattr(request, "htmx", False))
    template = "portal/fault_fragment.jinja" if is_fragment else "portal/fault.jinja"
    try:
        return pages.render(request, template, context, status)
    except Exception as error:
        # The database may be away, or the request too broken for menus: then without them. The
        # trace would hold the address asked for, which may be a key.
        log.warning("fault_page_failed", status=status, error=type(error).__name__)
        return pages.render(request, "portal/bare.jinja", context, status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400."""
    return page(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    return page(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that does not carry its token: its page is too old, or not ours."""
    return page(request, 403, [OLD_FORM])


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404."""
    return page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500."""
    return page(request, 500)


OLD_FORM = Reason(
    "form_too_old",
    N_("Formulir ini sudah terlalu lama terbuka, atau tidak berasal dari Kawal."),
    mend=N_("Buka halamannya lagi, lalu kirim ulang."),
)
