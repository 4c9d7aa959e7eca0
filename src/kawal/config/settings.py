"""Django's settings: everything from the environment, safe by default."""

from typing import Any

from csp.constants import NONE, SELF

from kawal.config import environment, keys, logs
from kawal.config.sign_in import *  # noqa: F403 - one subject of settings in a file of its own
from kawal.ui.catalogues.places import locale_paths

HOME = environment.home()
DEPLOYMENT = environment.deployment()
DEBUG = False
PORT = environment.port()
BASE_URL = environment.base_url()
ALLOWED_HOSTS = environment.hosts()
CSRF_TRUSTED_ORIGINS = [BASE_URL] if BASE_URL.startswith("https://") else []
SMTP_URL = environment.mail_server()
MAIL_FROM = environment.mail_from()
SECRET_KEY = keys.django_secret(HOME)
KEY_RING = keys.ring(HOME)  # seals personal data; never in the database or its backup

INSTALLED_APPS = [
    "kawal.config",
    "kawal.sites.command_centre",
    "kawal.sites.office",
    "kawal.sites.portal",
    "kawal.treasury",
    "kawal.budget",
    "kawal.ledger",
    "kawal.monitoring",
    "kawal.nomenclature",
    "kawal.messages",
    "kawal.documents",
    "kawal.regions",
    "kawal.identity",
    "kawal.trail",
    "kawal.ui",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "pgtrigger",
    "procrastinate.contrib.django",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "kawal.config.requests.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kawal.ui.preferences.PreferencesMiddleware",
    "kawal.config.words.WordsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kawal.identity.gate.GateMiddleware",
    "kawal.regions.middleware.ActorMiddleware",
    "kawal.ui.refusals.RefusalMiddleware",
    "kawal.identity.access.AccessMiddleware",
    "kawal.identity.submissions.SubmissionMiddleware",  # innermost: a transaction round the view
]

ROOT_URLCONF = "kawal.config.urls"
CSRF_FAILURE_VIEW = "kawal.sites.portal.errors.csrf_failure"
WSGI_APPLICATION = "kawal.config.wsgi.application"

_database = environment.database("app")
if _database is None:
    _database = environment.Database("kawal", "kawal_app", "", "", 5432)
DATABASES: dict[str, Any] = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _database.name,
        "USER": _database.user,
        "PASSWORD": _database.password,
        "HOST": _database.host,
        "PORT": _database.port,
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"application_name": "kawal", "connect_timeout": 10, **dict(_database.tls)},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": False,
        "DIRS": [],
        "OPTIONS": {"environment": "kawal.ui.jinja.environment"},
    },
    {
        # Only for the libraries' own mails; our pages are Jinja2.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
            ]
        },
    },
]

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = locale_paths()
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

LOGGING = logs.logging_config(logs.kind())
logs.configure_structlog()

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True  # straight from the modules: nothing is collected
WHITENOISE_MAX_AGE = 3600  # pages name each file with the hash of its content
WHITENOISE_IMMUTABLE_FILE_TEST = r"/vendor/"  # whose folders carry the version

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BASE_URL.startswith("https://")
SESSION_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if BASE_URL.startswith("https://") else 0
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if environment.behind_proxy() else None
)
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
ACCESS_LOG_DAYS = environment.days("KAWAL_ACCESS_LOG_DAYS", 365, least=90)
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
SILENCED_SYSTEM_CHECKS: list[str] = []

if DEPLOYMENT == "live" and not BASE_URL.startswith("https://"):
    raise environment.Misconfigured("A live deployment needs KAWAL_URL to begin with https://")
