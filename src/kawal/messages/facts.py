"""What crosses the border of messages: who is told, in which words, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kawal.kernel.words import N_


class Channel(StrEnum):
    """The ways in which a message can reach somebody."""

    APP = "app"
    EMAIL = "email"


CHANNEL_LABELS = {Channel.APP: N_("Kotak pesan"), Channel.EMAIL: N_("Surel")}


class DeliveryState(StrEnum):
    """How far one delivery has come; failed means that it will be tried again."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    GIVEN_UP = "given_up"


DELIVERY_STATE_LABELS = {
    DeliveryState.QUEUED: N_("Menunggu"),
    DeliveryState.SENT: N_("Terkirim"),
    DeliveryState.FAILED: N_("Gagal, akan dicoba lagi"),
    DeliveryState.GIVEN_UP: N_("Tidak terkirim"),
}

OPEN_STATES = (DeliveryState.QUEUED, DeliveryState.FAILED)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is told: a person (by every channel he takes), or a bare e-mail address."""

    person_id: int | None = None
    address: str | None = None

    def __post_init__(self) -> None:
        if (self.person_id is None) == (self.address is None):
            raise ValueError("a recipient is either a person or an address")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence in the reader's language: an Indonesian msgid (``N_``) and what fills its places.

    Plain ``str`` is taken as it stands. Values are shown as text: format them before.
    """

    text: str
    values: Mapping[str, str | int] = field(default_factory=dict)


Words = str | Phrase


@dataclass(frozen=True, slots=True)
class MessageFacts:
    """A message as one reader sees it, in his language; ``delivery_id`` is his copy of it."""

    delivery_id: int
    topic: str
    subject: str
    paragraphs: tuple[str, ...]
    link: str
    at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class DeliveryFacts:
    """One delivery as an operator sees it; the address is masked."""

    id: int
    key: str
    topic: str
    subject: str
    channel: Channel
    person_id: int | None
    address: str
    state: DeliveryState
    attempts: int
    at: datetime
    due_at: datetime
    last_error: str
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class AttemptFacts:
    """One try of a delivery: when, with what answer."""

    at: datetime
    ok: bool
    code: int | None
    error: str
