"""What surrounds every page: city, kind of deployment, menus, messages, language and theme."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.messages import get_messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.utils.translation import gettext as _

from kawal.ui import navigation, place, preferences

LANGUAGES = {"id": "Indonesia", "en": "English"}  # each by its own name


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a switch, with the address that makes it."""

    value: str
    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Shell:
    """The surroundings of one page for one reader."""

    city: str
    deployment: str
    language: str
    theme: str
    languages: tuple[Choice, ...]
    themes: tuple[Choice, ...]
    sections: tuple[navigation.Section, ...]
    account: tuple[navigation.Link, ...]
    messages: tuple[Message, ...]

    @property
    def section(self) -> navigation.Section | None:
        """Return the section that the page belongs to; nothing where no menu holds a line."""
        return next((part for part in self.sections if part.current), None)


def _choices(
    request: HttpRequest, field: str, labels: dict[str, str], now: str
) -> tuple[Choice, ...]:
    """Return links to this same page, each asking for another value."""
    query = request.GET.copy()
    found = []
    for value, label in labels.items():
        query[field] = value
        found.append(Choice(value, label, f"?{query.urlencode()}", value == now))
    return tuple(found)


def of(request: HttpRequest, section: str = "") -> Shell:
    """Return the surroundings of a page; reading the messages consumes them."""
    language, theme = preferences.language_of(request), preferences.theme_of(request)
    themes = {theme: _(label) for theme, label in preferences.THEMES.items()}
    return Shell(
        city=place.current().name,
        deployment=settings.DEPLOYMENT,
        language=language,
        theme=theme,
        languages=_choices(request, "lang", LANGUAGES, language),
        themes=_choices(request, "theme", themes, theme),
        sections=navigation.sections(request, section),
        account=navigation.links(request, "account"),
        messages=tuple(get_messages(request)),
    )
