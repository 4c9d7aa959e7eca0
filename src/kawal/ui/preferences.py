"""Language and theme: chosen by a link, kept in a cookie, working without JavaScript."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from kawal.kernel.words import N_
from kawal.ui import place

THEMES = {"auto": N_("Ikut perangkat"), "light": N_("Terang"), "dark": N_("Gelap")}
LANGUAGE_COOKIE = "kawal_language"
THEME_COOKIE = "kawal_theme"
YEAR = 365 * 24 * 3600


def _choice(request: HttpRequest, field: str, cookie: str, allowed: tuple[str, ...]) -> str:
    """Return what the address asks for, else what the cookie remembers, else the first."""
    wishes = (request.GET.get(field, ""), request.COOKIES.get(cookie, ""))
    return next((wish for wish in wishes if wish in allowed), allowed[0])


def language_of(request: HttpRequest) -> str:
    """Return the language to answer in: Indonesian unless the reader has chosen another."""
    return _choice(request, "lang", LANGUAGE_COOKIE, tuple(code for code, _ in settings.LANGUAGES))


def theme_of(request: HttpRequest) -> str:
    """Return the theme to answer in: the system's unless the reader has chosen another."""
    return _choice(request, "theme", THEME_COOKIE, tuple(THEMES))


class PreferencesMiddleware:
    """Answer in the reader's language; remember the language and theme that an address asks for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set the language for the length of the request."""
        language = language_of(request)
        request.LANGUAGE_CODE = language
        with translation.override(language), place.held():
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Cookie",))
        self._remember(request, response, "lang", LANGUAGE_COOKIE, language)
        self._remember(request, response, "theme", THEME_COOKIE, theme_of(request))
        return response

    def _remember(
        self, request: HttpRequest, response: HttpResponse, field: str, cookie: str, value: str
    ) -> None:
        if request.GET.get(field) == value:
            response.set_cookie(
                cookie,
                value,
                max_age=YEAR,
                samesite="Lax",
                httponly=True,
                secure=settings.SESSION_COOKIE_SECURE,
            )
