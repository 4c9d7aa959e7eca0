"""What a view lets through becomes a page: refused with every reason, not there, or overtaken."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import get_resolver

from kawal.kernel.refusals import NotThere, Refused, StaleDraft
from kawal.ui import pages

NOT_TYPED = frozenset({"_key", "csrfmiddlewaretoken", "version"})


class RefusalMiddleware:
    """Turns the kernel's exceptions into pages, for views that add nothing of their own to them.

    ``Refused`` is answered with 403, ``NotThere`` with 404 (so that nobody learns what lies outside
    his scope), ``StaleDraft`` with 409 and both copies.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the page for an exception of the kernel; ``None`` for every other."""
        if isinstance(error, NotThere):
            return _not_there(request)
        if isinstance(error, Refused):
            refused = {"reasons": error.reasons}
            return pages.render(request, "ui/refused.jinja", refused, status=403)
        if isinstance(error, StaleDraft):
            overtaken = {"rows": compared(request, error)}
            return pages.render(request, "ui/overtaken.jinja", overtaken, status=409)
        return None


def compared(request: HttpRequest, error: StaleDraft) -> list[tuple[str, str, str]]:
    """Return for each field its name, what this reader typed, and what is stored now."""
    typed = {name: request.POST.get(name, "") for name in request.POST if name not in NOT_TYPED}
    stored = {name: "" if value is None else str(value) for name, value in error.theirs.items()}
    return [(name, typed[name], stored.get(name, "")) for name in typed if name in stored]


def _not_there(request: HttpRequest) -> HttpResponse:
    handler: Any = get_resolver().resolve_error_handler(404)  # takes the exception too
    response: HttpResponse = handler(request, Http404())
    return response
