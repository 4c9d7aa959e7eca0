"""Tables of messages: the outbox, one delivery for each reader and channel, and what they chose."""

from django.db import models
from django.db.models import Q

from kawal.kernel.append_only import append_only
from kawal.messages.facts import OPEN_STATES, Channel, DeliveryState


class Message(models.Model):
    """Something to tell, written with the transaction that it tells of.

    ``subject`` is one phrase, ``body`` a list of them: ``{"text": msgid, "values": {...}}``.
    """

    key = models.CharField(max_length=200, unique=True)
    topic = models.CharField(max_length=60)
    subject = models.JSONField()
    body = models.JSONField()
    link = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()


class Delivery(models.Model):
    """One message on its way to one reader by one channel.

    ``claim`` names the courier's turn that is sending it and ``claimed_until`` when others may
    take it over: a courier killed in the middle loses nothing.
    """

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=[(c.value, c.value) for c in Channel])
    person = models.ForeignKey(
        "identity.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    address = models.EmailField(blank=True)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in DeliveryState])
    due_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    claim = models.UUIDField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["message", "channel", "person"],
                condition=Q(person__isnull=False),
                name="messages_delivery_one_a_person",
            ),
            models.UniqueConstraint(
                fields=["message", "channel", "address"],
                condition=Q(person__isnull=True),
                name="messages_delivery_one_an_address",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, address="")
                | Q(person__isnull=True, channel=Channel.EMAIL) & ~Q(address=""),
                name="messages_delivery_person_or_address",
            ),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.SENT, sent_at__isnull=False)
                | ~Q(state=DeliveryState.SENT) & Q(sent_at__isnull=True),
                name="messages_delivery_sent_has_its_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(channel=Channel.EMAIL, state__in=OPEN_STATES),
                name="messages_delivery_due",
            ),
            models.Index(
                fields=["person", "id"],
                condition=Q(channel=Channel.APP, read_at__isnull=True),
                name="messages_delivery_unread",
            ),
        ]


class Attempt(models.Model):
    """One try of a delivery and its outcome; an outcome is never rewritten."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ok = models.BooleanField()
    code = models.PositiveSmallIntegerField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        triggers = append_only()


class Subscription(models.Model):
    """What a person chose for a topic and a channel; without a row the topic's own rule holds."""

    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+")
    topic = models.CharField(max_length=60)
    channel = models.CharField(max_length=10, choices=[(c.value, c.value) for c in Channel])
    wanted = models.BooleanField()
    chosen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "topic", "channel"], name="messages_subscription_once"
            )
        ]


class Reader(models.Model):
    """The language in which a person is written to."""

    person = models.OneToOneField(
        "identity.Person", on_delete=models.PROTECT, related_name="+", primary_key=True
    )
    language = models.CharField(max_length=5)
