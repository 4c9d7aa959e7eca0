"""The pages and the API, for a WSGI server."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

from kawal.config import environment

_pages = get_wsgi_application()


def client_address(environ: dict[str, Any], *, behind_proxy: bool) -> str:
    """Return the address of the visitor.

    On the unix socket only our own stream process, or a proxy of this machine, speaks; the last
    address that it names is the one it saw itself. Earlier ones are the visitor's own claim.
    """
    direct = str(environ.get("REMOTE_ADDR") or "")
    if direct and not behind_proxy:
        return direct
    named = str(environ.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    return named or direct


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Serve one request, with the visitor's own address in it."""
    environ["REMOTE_ADDR"] = client_address(environ, behind_proxy=environment.behind_proxy())
    return _pages(environ, start_response)
