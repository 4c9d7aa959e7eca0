"""Addresses below /akun/: the sign-in library's own names, one by one, and our pages."""

from collections.abc import Callable
from typing import Any

from allauth.socialaccount.providers.openid_connect import views as oidc
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.decorators.http import require_POST

from kawal.identity import account_views
from kawal.identity import sign_in_views as pages
from kawal.identity.submissions import keyless


def _sign_in(route: str, view: Callable[..., Any], name: str) -> URLPattern:
    """Return a route without a submission key.

    These pages come from the sign-in library and guard themselves: each act needs a fresh
    password, code or signature, and doing it twice is the same as doing it once.
    """
    return path(route, keyless(view), name=name)


own = [
    path("", account_views.home, name="home"),
    path("sesi/", account_views.sessions, name="sessions"),
    path("sesi/lain/akhiri/", account_views.end_other_sessions, name="end_other_sessions"),
    path("sesi/<slug:session_id>/akhiri/", account_views.end_session, name="end_session"),
    path("data-saya/", account_views.my_data, name="my_data"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((own, "identity"))),
    _sign_in("masuk/", pages.SignIn.as_view(), "account_login"),
    _sign_in("keluar/", pages.SignOut.as_view(), "account_logout"),
    _sign_in("tertutup/", pages.Inactive.as_view(), "account_inactive"),
    _sign_in("pastikan/", pages.Reauthenticate.as_view(), "account_reauthenticate"),
    _sign_in("sandi/", pages.ChangePassword.as_view(), "account_change_password"),
    _sign_in("sandi/pertama/", pages.SetPassword.as_view(), "account_set_password"),
    _sign_in("sandi/lupa/", pages.AskForLink.as_view(), "account_reset_password"),
    _sign_in("sandi/lupa/surat/", pages.LinkAskedFor.as_view(), "account_reset_password_done"),
    _sign_in(
        "sandi/baru/selesai/",
        pages.NewPasswordDone.as_view(),
        "account_reset_password_from_key_done",
    ),
    re_path(
        r"^sandi/baru/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        keyless(pages.NewPassword.as_view()),
        name="account_reset_password_from_key",
    ),
    _sign_in("faktor/", pages.Factors.as_view(), "mfa_index"),
    _sign_in("faktor/masuk/", pages.SecondFactor.as_view(), "mfa_authenticate"),
    _sign_in("faktor/pastikan/", pages.ReauthenticateByCode.as_view(), "mfa_reauthenticate"),
    _sign_in("faktor/aplikasi/", pages.AddTOTP.as_view(), "mfa_activate_totp"),
    _sign_in("faktor/aplikasi/lepas/", pages.RemoveTOTP.as_view(), "mfa_deactivate_totp"),
    _sign_in("faktor/cadangan/", pages.Codes.as_view(), "mfa_view_recovery_codes"),
    _sign_in("faktor/cadangan/baru/", pages.NewCodes.as_view(), "mfa_generate_recovery_codes"),
    _sign_in("faktor/kunci/", pages.Passkeys.as_view(), "mfa_list_webauthn"),
    _sign_in("faktor/kunci/baru/", pages.AddPasskey.as_view(), "mfa_add_webauthn"),
    _sign_in("faktor/kunci/masuk/", pages.SignInByPasskey.as_view(), "mfa_login_webauthn"),
    _sign_in(
        "faktor/kunci/pastikan/",
        pages.ReauthenticateByPasskey.as_view(),
        "mfa_reauthenticate_webauthn",
    ),
    _sign_in("faktor/kunci/<int:pk>/nama/", pages.RenamePasskey.as_view(), "mfa_edit_webauthn"),
    _sign_in("faktor/kunci/<int:pk>/hapus/", pages.RemovePasskey.as_view(), "mfa_remove_webauthn"),
    _sign_in("kota/<slug:provider_id>/", require_POST(oidc.login), "openid_connect_login"),
    _sign_in("kota/<slug:provider_id>/kembali/", oidc.callback, "openid_connect_callback"),
]
