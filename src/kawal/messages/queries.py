"""Reads of messages: a person's box, his choices, the operators' log of deliveries."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.db.models import Count, QuerySet
from django.utils import translation

from kawal.kernel.refusals import NotThere
from kawal.messages import registry, rules
from kawal.messages.facts import (
    AttemptFacts,
    Channel,
    DeliveryFacts,
    DeliveryState,
    MessageFacts,
)
from kawal.messages.models import Attempt, Delivery, Reader, Subscription


def said(stored: Mapping[str, object]) -> str:
    """Return a kept phrase in the language now active."""
    text = str(stored["text"])
    values = stored.get("values")
    if not isinstance(values, dict):
        return text
    return translation.gettext(text) % values


def box(
    person_id: int, *, unread_only: bool = False, before: int | None = None, limit: int = 50
) -> list[MessageFacts]:
    """Return a person's messages in the language now active, newest first."""
    rows = _box(person_id).select_related("message").order_by("-pk")
    if unread_only:
        rows = rows.filter(read_at=None)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return [_message(row) for row in rows[:limit]]


def message(person_id: int, delivery_id: int) -> MessageFacts:
    """Return one message of a person's box.

    :raises NotThere: when it is not his, or there is none.
    """
    row = _box(person_id).select_related("message").filter(pk=delivery_id).first()
    if row is None:
        raise NotThere(f"message {delivery_id}")
    return _message(row)


def unread(person_id: int) -> int:
    """Return how many messages wait unread in a person's box."""
    return _box(person_id).filter(read_at=None).count()


def choices(person_id: int) -> dict[str, frozenset[Channel]]:
    """Return the channels by which a person hears of each topic: his own choice or the rule."""
    chosen: dict[str, dict[Channel, bool]] = {}
    rows = Subscription.objects.filter(person=person_id)
    for name, channel, wanted in rows.values_list("topic", "channel", "wanted"):
        chosen.setdefault(name, {})[Channel(channel)] = wanted
    return {
        topic.name: rules.channels(topic, chosen.get(topic.name, {})) for topic in registry.topics()
    }


def language_of(person_id: int) -> str:
    """Return the language in which a person is written to."""
    row = Reader.objects.filter(person=person_id).values_list("language", flat=True).first()
    return row or settings.LANGUAGE_CODE


def languages(person_ids: Iterable[int]) -> dict[int, str]:
    """Return the languages that these persons chose; who chose none is absent."""
    rows = Reader.objects.filter(person__in=set(person_ids))
    return dict(rows.values_list("person_id", "language"))


def deliveries(
    *, state: DeliveryState | None = None, before: int | None = None, limit: int = 50
) -> list[DeliveryFacts]:
    """Return e-mail deliveries for operators, newest first; addresses are masked."""
    rows = Delivery.objects.filter(channel=Channel.EMAIL).select_related("message")
    if state is not None:
        rows = rows.filter(state=state)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return [_delivery(row) for row in rows.order_by("-pk")[:limit]]


def delivery(delivery_id: int) -> DeliveryFacts:
    """Return one e-mail delivery.

    :raises NotThere: when there is none.
    """
    rows = Delivery.objects.filter(channel=Channel.EMAIL).select_related("message")
    row = rows.filter(pk=delivery_id).first()
    if row is None:
        raise NotThere(f"delivery {delivery_id}")
    return _delivery(row)


def attempts(delivery_id: int) -> list[AttemptFacts]:
    """Return every try of a delivery, in order."""
    rows = Attempt.objects.filter(delivery=delivery_id).order_by("pk")
    return [AttemptFacts(*row) for row in rows.values_list("at", "ok", "code", "error")]


def counts() -> dict[DeliveryState, int]:
    """Return how many e-mail deliveries stand in each state."""
    rows = Delivery.objects.filter(channel=Channel.EMAIL).values("state").annotate(n=Count("pk"))
    found = {DeliveryState(row["state"]): row["n"] for row in rows}
    return {state: found.get(state, 0) for state in DeliveryState}


def _box(person_id: int) -> "QuerySet[Delivery]":
    return Delivery.objects.filter(person=person_id, channel=Channel.APP)


def _message(row: Delivery) -> MessageFacts:
    return MessageFacts(
        delivery_id=row.pk,
        topic=row.message.topic,
        subject=said(row.message.subject),
        paragraphs=tuple(said(one) for one in row.message.body),
        link=row.message.link,
        at=row.message.at,
        read_at=row.read_at,
    )


def _delivery(row: Delivery) -> DeliveryFacts:
    return DeliveryFacts(
        id=row.pk,
        key=row.message.key,
        topic=row.message.topic,
        subject=said(row.message.subject),
        channel=Channel(row.channel),
        person_id=row.person_id,
        address=rules.masked(row.address),
        state=DeliveryState(row.state),
        attempts=row.attempts,
        at=row.message.at,
        due_at=row.due_at,
        last_error=row.last_error,
        sent_at=row.sent_at,
    )
