"""Turns an answer into a page: the one way in which views render."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import loader


def render(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Return the page ``<module>/<name>.jinja`` for this reader.

    A fragment asked for by htmx is a template of its own; the page includes the same one.
    """
    body = loader.render_to_string(template, dict(context or {}), request, using="jinja2")
    return HttpResponse(body, status=status)
