"""Live pages: what a topic shows now, and the tickets that open its stream.

A page registers its topic; the stream process renders it when something has changed and sends the
fragments that differ. The ticket is signed here and read there without the database.
"""

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.core import signing

CHANNEL = "kawal_live"  # PostgreSQL's NOTIFY channel: "something that screens show has changed"
SALT = "kawal.ui.live"
TICKET_LIFE = 120  # seconds in which a stream may be opened with a ticket

News = Set[str] | None  # what was announced since the last paint; None: anything may have changed


@dataclass(frozen=True, slots=True)
class Topic:
    """What one kind of page shows live.

    ``render`` takes the news and returns all of the page's fragments as HTML by element id; one
    thread asks it, one after the other, so it may keep what the news does not touch. ``pulse``
    returns what a beat carries (small: seconds and counts). ``is_public`` lets a stream open
    without a ticket. ``pace``: seconds between two paints at the least; the first change after a
    silence is painted at once.
    """

    name: str
    render: Callable[[News], Mapping[str, str]]
    pulse: Callable[[], Mapping[str, object]]
    is_public: bool = False
    pace: float = 0.1


class Fresh(Protocol):
    """How old something's data are: its latest, and when and from what it counts as stale."""

    @property
    def id(self) -> int: ...
    @property
    def as_of(self) -> datetime: ...
    @property
    def stale_at(self) -> datetime: ...
    @property
    def old_from(self) -> datetime: ...


def ages(prefix: str, found: Iterable[Fresh]) -> dict[str, object]:
    """Return a pulse: by element id (``prefix-id``) the three times in epoch seconds.

    An element grows stale by what is due first, and then says how old that is.
    """
    fresh = {
        f"{prefix}-{one.id}": [
            round(at.timestamp()) for at in (one.as_of, one.stale_at, one.old_from)
        ]
        for one in found
    }
    return {"fresh": fresh}


_topics: dict[str, Topic] = {}


def register(topic: Topic) -> None:
    """Add a topic at start-up.

    :raises ValueError: when the name is taken.
    """
    if topic.name in _topics:
        raise ValueError(f"live topic {topic.name!r} is registered twice")
    _topics[topic.name] = topic


def topics() -> Mapping[str, Topic]:
    """Return all registered topics by name."""
    return _topics


def ticket(topic: str) -> str:
    """Return a ticket that opens the stream of a topic for the next two minutes."""
    return signing.dumps(topic, salt=SALT)


def may_open(topic: str, offered: str) -> bool:
    """Tell whether a stream of the topic may be opened with the ticket offered."""
    known = _topics.get(topic)
    if known is None:
        return False
    if known.is_public:
        return True
    try:
        return bool(signing.loads(offered, salt=SALT, max_age=TICKET_LIFE) == topic)
    except signing.BadSignature:
        return False
