"""Where the sign-in library asks how we do it: words, letters, waits, secrets, OIDC."""

import base64
from io import BytesIO
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import loader
from django.utils import timezone
from django.utils.translation import gettext as _

from kawal.identity import failures, mails, words
from kawal.identity.backend import login_of, may_enter
from kawal.identity.client import client_address, household_of
from kawal.identity.models import Login, Session
from kawal.identity.rules import BY_ADDRESS, BY_NAME
from kawal.identity.sealing import FACTOR, seal, unseal
from kawal.identity.sessions import digest


class AccountAdapter(DefaultAccountAdapter):
    """Signing in: no sign-up, growing waits, our words, letters in the background."""

    error_messages = DefaultAccountAdapter.error_messages | words.ERRORS

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: logins are opened by the city, never by oneself."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the reader's address as the doorway saw it."""
        return client_address(request) or "0.0.0.0"  # noqa: S104 - a name for the unknown one

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt before the password is looked at.

        :raises ValidationError: while the name or the address has to wait.
        """
        at = timezone.now()
        waits = [
            failures.attempt(BY_NAME, _typed(credentials), at=at),
            failures.attempt(BY_ADDRESS, household_of(client_address(request)), at=at),
        ]
        if any(waits):
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Login | None:
        """Return the login; a right password makes the name's failures forgotten."""
        login = super().authenticate(request, **credentials)
        if not isinstance(login, Login):
            return None
        failures.forgive(BY_NAME, _typed(credentials))
        return login

    def _rollback_login_failed_rl_usage(self) -> None:
        """Do nothing: attempts are counted by us."""

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        """Do nothing: attempts are counted by us."""

    def set_password(self, user: Any, password: str) -> None:
        """Keep the new password; end the other sessions and the wait of this name."""
        user.set_password(password)
        user.must_change_password = False
        user.save(update_fields=["password", "must_change_password"])
        failures.forgive(BY_NAME, user.username)
        failures.forgive(BY_NAME, user.email)
        others = Session.objects.filter(login_id=user.pk)
        others.exclude(session_key=digest(context.request.session.session_key or "")).delete()

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Show our own sentence for what happened, where we have one."""
        text = message or words.MESSAGES.get(message_template or "")
        if text:
            messages.add_message(request, level, text, extra_tags=extra_tags)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Write to the owner that something about his login's safety was changed."""
        if what := words.NOTICES.get(template_prefix):
            address = client_address(self.request)
            mails.send_notice(user, str(what), at=timezone.now(), address=address)


def _typed(credentials: dict[str, Any]) -> str:
    return str(credentials.get("email") or credentials.get("username") or "")


class MfaAdapter(DefaultMFAAdapter):
    """Second factors: their secrets are sealed as personal data are."""

    error_messages = DefaultMFAAdapter.error_messages | words.ERRORS

    def encrypt(self, text: str) -> str:
        """Return a secret as it is kept."""
        return base64.b64encode(seal(text, context=FACTOR)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return a kept secret."""
        return unseal(base64.b64decode(encrypted_text), context=FACTOR)

    def build_totp_svg(self, url: str) -> str:
        """Return the picture for the code app, on white of its own: it is read in the dark too."""
        picture = BytesIO()
        segno.make(url, micro=False).save(picture, kind="svg", border=4, light="white")
        return picture.getvalue().decode()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """Return a name for a new passkey, until its owner gives it one."""
        return _("Kunci sandi")


class SocialAdapter(DefaultSocialAccountAdapter):
    """The city's own sign-in (OIDC): it opens logins that exist, and makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Refuse: logins are opened by the city, never by oneself."""
        return False

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Any = None,
        extra_context: Any = None,
    ) -> None:
        """Lead back to the sign-in page with a sentence; the library's own pages stay unseen.

        :raises ImmediateHttpResponse: always.
        """
        messages.error(request, _("Masuk lewat akun kota gagal. Silakan coba lagi."))
        raise ImmediateHttpResponse(redirect("account_login"))

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Join the visitor to the login that has his verified address; keep no claims of his.

        :raises ImmediateHttpResponse: when there is no such open login.
        """
        sociallogin.account.extra_data = {}
        if sociallogin.is_existing:
            sociallogin.account.save(update_fields=["extra_data"])
            login = sociallogin.user
        else:
            login = self._login_with_address(sociallogin)
        if login is None or not may_enter(login):
            raise ImmediateHttpResponse(_no_login(request))
        if not sociallogin.is_existing:
            sociallogin.connect(request, login)

    def _login_with_address(self, sociallogin: Any) -> Login | None:
        verified = [found.email for found in sociallogin.email_addresses if found.verified]
        logins = [login_of(address) for address in verified]
        return next((login for login in logins if login is not None), None)


def _no_login(request: HttpRequest) -> HttpResponse:
    context = {
        "title": _("Belum ada akun"),
        "text": _("Alamat surel Anda belum terhubung dengan akun. Hubungi pengelola sistem."),
    }
    page = loader.render_to_string("identity/submission.jinja", context, request, using="jinja2")
    return HttpResponse(page, status=403)
