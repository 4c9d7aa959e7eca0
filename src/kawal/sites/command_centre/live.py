"""What the stream sends to every wall: the fragments as they are, and how fresh their data are."""

from collections.abc import Callable, Mapping

from django.utils import timezone

from kawal.monitoring import queries as monitoring
from kawal.sites.command_centre.painting import Painting
from kawal.ui import live


def painter() -> Callable[[live.News], Mapping[str, str]]:
    """Return what paints the wall, with a memory of its own between two paints."""
    painting = Painting()
    return lambda news: painting.fragments(timezone.now(), news)


def pulse() -> Mapping[str, object]:
    """Return what each tile's age is told by (see ``live.ages``)."""
    return live.ages("opd", monitoring.freshness())


def register() -> None:
    """Offer the wall to the stream."""
    live.register(live.Topic("wall", painter(), pulse))
