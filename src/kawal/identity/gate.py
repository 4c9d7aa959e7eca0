"""What a signed-in person must settle first: a session's end, a new password, a second factor."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from kawal.identity import queries, registry, rules
from kawal.identity.models import Login
from kawal.identity.sessions import ORIGIN, SEEN

ACCOUNT_PAGES = "/akun/"
SEEN_EVERY = timedelta(minutes=1)


class GateMiddleware:
    """Stands behind the sign-in; the pages of one's own account stay open."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Lead aside whoever has something to settle, else let pass."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            aside = _aside(request, request.user, timezone.now())
            if aside is not None:
                return aside
        return self.get_response(request)


def _aside(request: HttpRequest, login: Login, at: datetime) -> HttpResponseBase | None:
    if _is_over(request, at):
        logout(request)
        messages.info(request, _("Sesi Anda sudah berakhir. Silakan masuk lagi."))
        return redirect("account_login")
    _note_use(request, at)
    if request.path_info.startswith(ACCOUNT_PAGES):
        return None
    if login.must_change_password:
        messages.warning(request, _("Ganti kata sandi sementara Anda dahulu."))
        return redirect("account_change_password")
    if _lacks_second_factor(request, login, at):
        messages.warning(request, _("Jabatan Anda memerlukan faktor kedua. Pasang dahulu."))
        return redirect("mfa_index")
    return None


def _is_over(request: HttpRequest, at: datetime) -> bool:
    started = request.session.get(ORIGIN, {}).get("at")
    if started is None:
        return False
    return rules.session_is_over(started_at=datetime.fromtimestamp(started, UTC), at=at)


def _note_use(request: HttpRequest, at: datetime) -> None:
    """Move the end of the session on, once a minute at most."""
    now = at.timestamp()
    if now - request.session.get(SEEN, 0) >= SEEN_EVERY.total_seconds():
        request.session[SEEN] = now


def _lacks_second_factor(request: HttpRequest, login: Login, at: datetime) -> bool:
    if not settings.SECOND_FACTOR_ENFORCED or _used_second_factor(request, login):
        return False
    return rules.needs_second_factor(
        privileged=registry.privileged(login.person_id, at),
        enforced=settings.SECOND_FACTOR_ENFORCED,
        has_one=queries.login(login.pk).has_second_factor,
    )


def _used_second_factor(request: HttpRequest, login: Login) -> bool:
    return any(step["method"] == "mfa" for step in get_authentication_records(request, login))
