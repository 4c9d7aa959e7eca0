"""The sign-in library's pages, each routed by hand with a template of ours; there is no sign-up."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from kawal.identity import queries


class Page:
    """Renders with our engine; a form with faults answers 422."""

    template_engine: str | None = "jinja2"

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the form again, with what is wrong."""
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        if response.status_code == 200:
            response.status_code = 422
        return response


class FixedInDemo(Page):
    """A page that changes a login's safety; the demo's shared logins stay as they are."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead a demo login back instead of changing it."""
        if request.method == "POST" and getattr(request.user, "is_demo", False):
            messages.info(request, _("Akun demo dipakai bersama, jadi keamanannya tetap."))
            return redirect("identity:home")
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response


def _demo_rows() -> list[list[str]]:
    """Return name and person of each demo login."""
    logins = queries.demo_logins()
    names = queries.names(login.person_id for login in logins)
    return [[login.username, names[login.person_id]] for login in logins]


class SignIn(Page, account.LoginView):
    """Name and password, a passkey, or the city's own sign-in."""

    template_name = "identity/sign_in.jinja"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the other ways in, and in a demo the logins that may be tried."""
        is_demo = settings.DEPLOYMENT == "demo"
        return super().get_context_data(**kwargs) | {
            "providers": get_adapter().list_providers(self.request),
            "demo_rows": _demo_rows() if is_demo else [],
            "demo_password": settings.DEMO_PASSWORD if is_demo else "",
        }


class SignOut(Page, account.LogoutView):
    """Asks, then ends the session."""

    template_name = "identity/sign_out.jinja"


class Reauthenticate(Page, account.ReauthenticateView):
    """The password again."""

    template_name = "identity/reauthenticate.jinja"


class ChangePassword(FixedInDemo, account.PasswordChangeView):
    """A new password for the old one."""

    template_name = "identity/password.jinja"


class SetPassword(FixedInDemo, account.PasswordSetView):
    """A password where there was none."""

    template_name = "identity/password.jinja"


class AskForLink(Page, account.PasswordResetView):
    """Asks for the address to which a link is mailed."""

    template_name = "identity/ask_for_link.jinja"


class LinkAskedFor(Page, account.PasswordResetDoneView):
    """Says that a letter is coming, if the address is known."""

    template_name = "identity/link_asked_for.jinja"


class NewPassword(Page, account.PasswordResetFromKeyView):
    """The mailed link leads here."""

    template_name = "identity/new_password.jinja"


class NewPasswordDone(Page, account.PasswordResetFromKeyDoneView):
    """The new password stands."""

    template_name = "identity/new_password_done.jinja"


class Inactive(Page, account.AccountInactiveView):
    """A login that is closed."""

    template_name = "identity/inactive.jinja"


class SecondFactor(Page, mfa.AuthenticateView):
    """The code or the key, after the password."""

    template_name = "identity/second_factor.jinja"

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the page again, with what is wrong."""
        response: HttpResponse = mfa.AuthenticateView.form_invalid(self, form)
        response.status_code = 422
        return response


class ReauthenticateByCode(Page, mfa.ReauthenticateView):
    """The code again."""

    template_name = "identity/reauthenticate.jinja"


class Factors(Page, mfa.IndexView):
    """One's second factors."""

    template_name = "identity/factors.jinja"


class AddTOTP(FixedInDemo, totp.ActivateTOTPView):
    """A code app, shown as a picture and as text."""

    template_name = "identity/add_totp.jinja"


class RemoveTOTP(FixedInDemo, totp.DeactivateTOTPView):
    """Takes the code app away."""

    template_name = "identity/remove_factor.jinja"


class Codes(Page, recovery.ViewRecoveryCodesView):
    """The recovery codes that are left."""

    template_name = "identity/codes.jinja"


class NewCodes(FixedInDemo, recovery.GenerateRecoveryCodesView):
    """New recovery codes for the old ones."""

    template_name = "identity/new_codes.jinja"


class Passkeys(Page, webauthn.ListWebAuthnView):
    """One's passkeys."""

    template_name = "identity/passkeys.jinja"


class AddPasskey(FixedInDemo, webauthn.AddWebAuthnView):
    """A new passkey."""

    template_name = "identity/add_passkey.jinja"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Keep the form with its faults, which the library would drop."""
        found: dict[str, Any] = super().get_context_data(**kwargs)
        return found | {"form": kwargs.get("form") or self.get_form()}


class RenamePasskey(FixedInDemo, webauthn.EditWebAuthnView):
    """Another name for a passkey."""

    template_name = "identity/rename_passkey.jinja"


class RemovePasskey(FixedInDemo, webauthn.RemoveWebAuthnView):
    """Takes a passkey away."""

    template_name = "identity/remove_factor.jinja"


class SignInByPasskey(webauthn.LoginWebAuthnView):
    """Gives the browser its question, and takes its answer."""


class ReauthenticateByPasskey(Page, webauthn.ReauthenticateWebAuthnView):
    """The passkey again."""

    template_name = "identity/reauthenticate_passkey.jinja"
