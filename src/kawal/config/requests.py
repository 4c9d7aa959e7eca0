"""Each request has an id, answers with it, and leaves one line in the log."""

import re
import time
import uuid
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from kawal.config import metrics

HEADER = "X-Request-ID"
_WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")
NONE = "(no such page)"
STATIC = "/static/"
_QUIET = frozenset({"healthz", "readyz", "metrics"})

log = structlog.get_logger(__name__)


def request_id(request: HttpRequest) -> str:
    """Return the id that the proxy in front gave, when it is well-formed; else a fresh one."""
    given = request.headers.get(HEADER, "")
    return given if _WELL_FORMED.fullmatch(given) else uuid.uuid4().hex


def route_of(request: HttpRequest) -> str:
    """Return the route that served a request; never its path, which may hold a key or a token."""
    if match := getattr(request, "resolver_match", None):
        return f"/{match.route}"
    return STATIC if request.path_info.startswith(settings.STATIC_URL) else NONE


class RequestMiddleware:
    """The outermost middleware: the id is on every line that is logged while it is served."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Serve the request, count it, log it; the path and the query are never logged."""
        begun, number = time.perf_counter(), request_id(request)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=number)
        try:
            response = self.get_response(request)
            response[HEADER] = number
            self._note(request, response.status_code, time.perf_counter() - begun)
            return response
        finally:
            structlog.contextvars.clear_contextvars()

    def _note(self, request: HttpRequest, status: int, seconds: float) -> None:
        route = route_of(request)
        metrics.served(request.method or "", route, status, seconds)
        if route.lstrip("/") not in _QUIET:
            log.info(
                "request",
                method=request.method,
                route=route,
                status=status,
                ms=round(seconds * 1000, 1),
            )
