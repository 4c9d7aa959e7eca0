"""Turns an answer of identity into a page, and a request into who asks."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import loader

from kawal.identity.models import Login


def page(
    request: HttpRequest, name: str, context: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """Return the page ``identity/<name>.jinja`` for this reader."""
    template = f"identity/{name}.jinja"
    body = loader.render_to_string(template, dict(context or {}), request, using="jinja2")
    return HttpResponse(body, status=status)


def me(request: HttpRequest) -> Login:
    """Return the login that asks; the view has made sure that there is one."""
    login = request.user
    assert login.is_authenticated
    return login
