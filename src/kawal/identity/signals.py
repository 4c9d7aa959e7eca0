"""What happens when somebody comes or goes: the session learns whence, the access log that."""

from typing import Any

from allauth.account.signals import password_changed, password_reset
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from kawal.identity import access
from kawal.identity.backend import login_of
from kawal.identity.client import agent_of, client_address
from kawal.identity.models import Login
from kawal.identity.sessions import ORIGIN, SEEN


@receiver(user_logged_in)
def remember_origin(request: HttpRequest, user: Login, **_: Any) -> None:
    """Note in the session when, whence and with what it began."""
    at = timezone.now().timestamp()
    request.session[ORIGIN] = {
        "at": at,
        "address": client_address(request),
        "agent": agent_of(request),
    }
    request.session[SEEN] = at
    access.record(request, "sign_in.done", "login", user.pk)


@receiver(user_login_failed)
def log_failure(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """Note a failed sign-in at the login that was meant, if there is one."""
    if request is not None:
        name = credentials.get("email") or credentials.get("username") or ""
        meant = login_of(str(name))
        access.record(request, "sign_in.failed", "login", meant.pk if meant else "")


@receiver(user_logged_out)
def log_departure(request: HttpRequest, user: Login | None, **_: Any) -> None:
    """Note that somebody left."""
    if user is not None:
        access.record(user.pk, "sign_in.ended", "login", user.pk, at=timezone.now())


@receiver([password_changed, password_reset])
def log_new_password(request: HttpRequest, user: Login, **_: Any) -> None:
    """Note that a password was replaced."""
    access.record(request, "password.changed", "login", user.pk)
