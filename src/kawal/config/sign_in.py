"""Settings of signing in: passwords, sessions, second factors, letters, the city's own sign-in."""

from typing import Any

from kawal.config import sign_in_environment as given
from kawal.config.environment import mail_from

AUTH_USER_MODEL = "identity.Login"
AUTHENTICATION_BACKENDS = ["kawal.identity.backend.Backend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "identity:home"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
PASSWORD_RESET_TIMEOUT = 2 * 3600
_VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{_VALIDATORS}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATORS}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATORS}.NumericPasswordValidator"},
    {
        "NAME": f"{_VALIDATORS}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "email", "full_name")},
    },
]

SESSION_ENGINE = "kawal.identity.sessions"
SESSION_COOKIE_AGE = 60 * given.idle_minutes()  # a session unused for so long ends
CACHES = {
    "default": {  # in the database, so that all processes count sign-ins together
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "identity_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

ACCOUNT_ADAPTER = "kawal.identity.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_USER_MODEL_EMAIL_FIELD = None  # the address is the person's
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]  # nobody signs up; checks ask
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_FORMS = {
    "login": "kawal.identity.forms.SignInForm",
    "change_password": "kawal.identity.forms.ChangePasswordForm",
    "set_password": "kawal.identity.forms.SetPasswordForm",
    "reset_password": "kawal.identity.forms.AskForLinkForm",
    "reset_password_from_key": "kawal.identity.forms.NewPasswordForm",
    "reauthenticate": "kawal.identity.forms.ConfirmPasswordForm",
}
ACCOUNT_RATE_LIMITS = {
    # Waiting after wrong passwords is identity.failures; these stop floods. Whole offices share
    # an address, so the limits by address are wide.
    "login": "300/m/ip",
    "login_failed": "300/m/ip,5/5m/key",  # the key is a login at its second factor
    "reset_password": "60/m/ip,3/10m/key",
    "reset_password_from_key": "60/m/ip",
}

MFA_ADAPTER = "kawal.identity.adapters.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # clocks differ by half a minute; identity.forms takes a code once
MFA_TOTP_ISSUER = "Kawal"
MFA_FORMS = {
    "authenticate": "kawal.identity.forms.CodeForm",
    "reauthenticate": "kawal.identity.forms.ConfirmCodeForm",
    "activate_totp": "kawal.identity.forms.ActivateTOTPForm",
    "add_webauthn": "kawal.identity.forms.AddPasskeyForm",
}
DEMO_PASSWORD = "kota-contoh-terbuka"  # noqa: S105 - shown on the demo's sign-in page
SECOND_FACTOR_ENFORCED = given.second_factor_enforced()

_OIDC = given.oidc()
SOCIALACCOUNT_ADAPTER = "kawal.identity.adapters.SocialAdapter"
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {
    "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [_OIDC] if _OIDC else []}
}

_POST = given.smtp()
EMAIL_FILE_PATH = given.mail_folder() or None
_KIND = "smtp" if _POST else "filebased" if EMAIL_FILE_PATH else "dummy"
EMAIL_BACKEND = f"django.core.mail.backends.{_KIND}.EmailBackend"
if _POST:
    EMAIL_HOST, EMAIL_PORT = _POST.host, _POST.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _POST.user, _POST.password
    EMAIL_USE_SSL, EMAIL_USE_TLS = _POST.security == "tls", _POST.security == "starttls"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = mail_from()
