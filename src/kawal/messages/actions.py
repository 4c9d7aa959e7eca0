"""Writes of messages: post one, read it, choose what to be told, try a delivery again."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction

from kawal.kernel.refusals import NotThere, Reason, Refused
from kawal.kernel.words import N_
from kawal.messages import registry, rules
from kawal.messages.facts import Channel, DeliveryState, Phrase, Recipient, Words
from kawal.messages.models import Delivery, Reader, Subscription

_OUTBOX = """
INSERT INTO messages_message (key, topic, subject, body, link, at)
VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (key) DO NOTHING RETURNING id
"""


@transaction.atomic
def post(
    *,
    key: str,
    topic: str,
    recipients: Iterable[Recipient],
    subject: Words,
    text: Words | Sequence[Words],
    at: datetime,
    link: str = "",
) -> bool:
    """Tell somebody something, with the caller's transaction; tell whether it was new.

    ``key`` names the occasion: posting it twice is one message, and the second call changes
    nothing. ``text`` is one paragraph or several. ``link`` is an address on this site (``/...``).
    Nothing is sent here and nobody is notified: the courier finds it.

    :raises UnknownTopic: when no module registered the topic.
    """
    known = registry.named(topic)
    body = [text] if isinstance(text, str | Phrase) else list(text)
    words = [json.dumps(_stored(subject)), json.dumps([_stored(one) for one in body])]
    with connection.cursor() as cursor:
        cursor.execute(_OUTBOX, [key, topic, *words, link, at])
        row = cursor.fetchone()
    if row is None:
        return False
    Delivery.objects.bulk_create(_deliveries(row[0], known, set(recipients), at))
    return True


def _stored(words: Words) -> dict[str, object]:
    """Return words as they are kept; plain text has no values, so its ``%`` stays a ``%``."""
    if isinstance(words, str):
        return {"text": words}
    return {"text": words.text, "values": dict(words.values)}


def _deliveries(
    message_id: int, topic: registry.Topic, recipients: set[Recipient], at: datetime
) -> list[Delivery]:
    people = sorted(r.person_id for r in recipients if r.person_id is not None)
    choices: dict[int, dict[Channel, bool]] = {person_id: {} for person_id in people}
    rows = Subscription.objects.filter(person__in=people, topic=topic.name)
    for person_id, channel, wanted in rows.values_list("person_id", "channel", "wanted"):
        choices[person_id][Channel(channel)] = wanted
    made = [
        _delivery(message_id, channel, at, person_id=person_id)
        for person_id in people
        for channel in sorted(rules.channels(topic, choices[person_id]))
    ]
    addresses = sorted({r.address.lower() for r in recipients if r.address})
    return made + [_delivery(message_id, Channel.EMAIL, at, address=one) for one in addresses]


def _delivery(
    message_id: int,
    channel: Channel,
    at: datetime,
    *,
    person_id: int | None = None,
    address: str = "",
) -> Delivery:
    """Return a delivery not yet saved; the message box has it as soon as it is committed."""
    arrived = channel is Channel.APP
    return Delivery(
        message_id=message_id,
        channel=channel,
        person_id=person_id,
        address=address,
        state=DeliveryState.SENT if arrived else DeliveryState.QUEUED,
        due_at=at,
        sent_at=at if arrived else None,
    )


def mark_read(*, person_id: int, delivery_ids: Iterable[int] | None, at: datetime) -> int:
    """Mark messages of this person's box as read (all of them for ``None``); return how many."""
    rows = Delivery.objects.filter(person=person_id, channel=Channel.APP, read_at=None)
    if delivery_ids is not None:
        rows = rows.filter(pk__in=list(delivery_ids))
    return rows.update(read_at=at)


@transaction.atomic
def choose(*, person_id: int, topic: str, wanted: dict[Channel, bool], at: datetime) -> None:
    """Keep by which channels a person wants to hear of a topic.

    :raises UnknownTopic: when there is no such topic.
    :raises Refused: when nothing is left of a topic that he must hear of.
    """
    known = registry.named(topic)
    if known.required and not any(wanted.values()):
        text = N_("Topik ini wajib diterima melalui sedikitnya satu saluran.")
        raise Refused([Reason("messages.required", text, at=topic)])
    for channel, is_wanted in wanted.items():
        Subscription.objects.update_or_create(
            person_id=person_id,
            topic=topic,
            channel=channel,
            defaults={"wanted": is_wanted, "chosen_at": at},
        )


def choose_language(*, person_id: int, language: str) -> None:
    """Keep in which language a person is written to.

    :raises Refused: when we do not speak it.
    """
    if language not in dict(settings.LANGUAGES):
        raise Refused(
            [Reason("messages.language", N_("Bahasa ini tidak tersedia."), at="language")]
        )
    Reader.objects.update_or_create(person_id=person_id, defaults={"language": language})


def retry_now(delivery_id: int, *, at: datetime) -> None:
    """Let the courier try a failed or given-up delivery at once.

    :raises NotThere: when there is none that failed.
    """
    failed = [DeliveryState.FAILED, DeliveryState.GIVEN_UP]
    rows = Delivery.objects.filter(pk=delivery_id, channel=Channel.EMAIL, state__in=failed)
    if not rows.update(state=DeliveryState.QUEUED, due_at=at, claimed_until=None, claim=None):
        raise NotThere(f"delivery {delivery_id}")
