"""What all pages of the desk share: who may come in, and a form that was refused."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from kawal.regions.middleware import actor_of
from kawal.regions.permissions import scope
from kawal.ui import pages

View = Callable[..., HttpResponse]
FORM_METHODS = ["GET", "POST"]
REFUSED = 422


def for_those_who(act: str) -> Callable[[View], View]:
    """Return a decorator: only who may do the act somewhere comes in; where, the view asks."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not scope(actor_of(request), act):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return login_required(never_cache(guarded))

    return decorate


def refused_status(request: HttpRequest) -> int:
    """Return the status of a page with a form: what was sent and is shown again was refused."""
    return 200 if request.method == "GET" else REFUSED


def page(request: HttpRequest, name: str, status: int = 200, **context: Any) -> HttpResponse:
    """Return one of this module's pages."""
    return pages.render(request, f"regions/{name}.jinja", context, status)
