"""Gives every request its actor: who acts, by which appointments, at which instant."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from kawal.regions import queries
from kawal.regions.facts import Actor


class ActorMiddleware:
    """Set ``request.actor``; read only when somebody asks, and then once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request with its actor set."""
        at = timezone.now()
        request.actor = SimpleLazyObject(lambda: _actor(request, at))  # type: ignore[attr-defined]
        return self.get_response(request)


def _actor(request: HttpRequest, at: datetime) -> Actor:
    login = request.user
    if not login.is_authenticated:
        return queries.actor(None, None, at)
    return queries.actor(login.person_id, login.pk, at)


def actor_of(request: HttpRequest) -> Actor:
    """Return the request's actor, for views."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
