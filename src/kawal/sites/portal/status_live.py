"""What the stream sends to the status page, in each language: states as they are, and their age."""

from collections.abc import Callable, Mapping
from functools import partial

from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.utils import timezone, translation

from kawal.monitoring import presenters
from kawal.monitoring import queries as monitoring
from kawal.regions import queries as regions
from kawal.sites.portal import status
from kawal.ui import live

TOPICS = {"id": "status", "en": "status-en"}
PACE = 2.0  # seconds: the public may look by the thousand, and reads no faster


def fragments(language: str, _news: live.News = None) -> Mapping[str, str]:
    """Return each fragment by its element's id; nothing while the city keeps it closed."""
    if not regions.is_open("monitoring"):
        return {}
    with translation.override(language):
        found = status.status(timezone.now())
        backend = engines["jinja2"]
        assert isinstance(backend, Jinja2)
        template = backend.env.get_template("portal/status_parts.jinja")
        parts = template.make_module({"presenters": presenters})
        painted = {name: str(_macro(parts, name)(found)) for name in ("summary", "incidents")}
        states = {
            f"state-{one.facts.id}": str(_macro(parts, "state")(one)) for one in found.services
        }
    return painted | states


def _macro(parts: object, name: str) -> Callable[..., object]:
    macro: Callable[..., object] = getattr(parts, name)
    return macro


def pulse() -> Mapping[str, object]:
    """Return what each application's age is told by (see ``live.ages``)."""
    return live.ages("app", monitoring.public_freshness()) if regions.is_open("monitoring") else {}


def register() -> None:
    """Offer the page to the stream, once a language."""
    for language, topic in TOPICS.items():
        paint = partial(fragments, language)
        live.register(live.Topic(topic, paint, pulse, is_public=True, pace=PACE))
