"""Turns facts of messages into what their pages show."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from kawal.messages import queries, registry
from kawal.messages.facts import (
    CHANNEL_LABELS,
    DELIVERY_STATE_LABELS,
    AttemptFacts,
    Channel,
    DeliveryState,
)
from kawal.ui.formats import waktu

TONES = {
    DeliveryState.QUEUED: "info",
    DeliveryState.SENT: "good",
    DeliveryState.FAILED: "warn",
    DeliveryState.GIVEN_UP: "bad",
}


def topic_label(name: str) -> str:
    """Return a topic's name in the reader's language; the bare name when it is known no more."""
    try:
        return _(registry.named(name).label)
    except registry.UnknownTopic:
        return name


def measured() -> list[tuple[dict[str, str], float]]:
    """Return the number of deliveries in each state, as a figure for operators."""
    return [({"state": state.value}, float(n)) for state, n in queries.counts().items()]


def state_labels() -> dict[DeliveryState, str]:
    """Return the words for the states of a delivery."""
    return {state: _(label) for state, label in DELIVERY_STATE_LABELS.items()}


def choices(chosen: Mapping[str, frozenset[Channel]]) -> list[dict[str, object]]:
    """Return every topic with its channels and what this person takes."""
    options = [(channel.value, _(CHANNEL_LABELS[channel])) for channel in Channel]
    return [
        {
            "name": topic.name,
            "label": _(topic.label),
            "required": topic.required,
            "options": options,
            "values": sorted(channel.value for channel in chosen[topic.name]),
        }
        for topic in registry.topics()
    ]


def attempts(rows: Iterable[AttemptFacts]) -> list[dict[str, str]]:
    """Return attempts as the lines of a timeline, newest first."""
    lines = [
        {
            "at": waktu(row.at),
            "title": _("Diterima peladen surel") if row.ok else _("Ditolak atau gagal"),
            "text": "" if row.ok else _answer(row),
            "tone": "good" if row.ok else "warn",
        }
        for row in rows
    ]
    return lines[::-1]


def _answer(row: AttemptFacts) -> str:
    return f"{row.code} {_(row.error)}" if row.code else _(row.error)
