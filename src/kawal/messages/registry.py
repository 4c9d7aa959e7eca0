"""The topics that people are written about: each module registers its own at start-up."""

from dataclasses import dataclass

from kawal.messages.facts import Channel


class UnknownTopic(LookupError):
    """No module registered such a topic."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What a message is about. ``label`` is an Indonesian name marked with ``N_``.

    ``channels`` reach a person who has chosen nothing. Of a topic that is ``required`` he cannot
    turn the last channel off: it is his duty to know.
    """

    name: str
    label: str
    channels: frozenset[Channel] = frozenset(Channel)
    required: bool = False


_topics: dict[str, Topic] = {}


def topic(
    name: str,
    label: str,
    *,
    channels: frozenset[Channel] = frozenset(Channel),
    required: bool = False,
) -> Topic:
    """Make a topic known and return it; the same one twice is nothing new.

    :raises ValueError: when another topic has that name.
    """
    new = Topic(name, label, channels, required)
    if _topics.setdefault(name, new) != new:
        raise ValueError(f"topic {name!r} is registered twice")
    return new


def named(name: str) -> Topic:
    """Return a topic.

    :raises UnknownTopic: when it was never registered.
    """
    try:
        return _topics[name]
    except KeyError:
        raise UnknownTopic(name) from None


def topics() -> list[Topic]:
    """Return every topic, by name."""
    return [_topics[name] for name in sorted(_topics)]
