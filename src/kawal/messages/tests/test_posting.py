"""A message is written once, with what it tells of, to those who want it."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from kawal.kernel.refusals import NotThere, Refused
from kawal.messages import actions, queries, registry
from kawal.messages.facts import Channel, DeliveryState, Phrase, Recipient
from kawal.messages.models import Delivery, Message
from kawal.messages.tests.conftest import AT, later

pytestmark = pytest.mark.django_db


def post(*recipients, key="incident:1", topic="incident.opened", **more):
    words = {"subject": "e-PBB padam", "text": "Sejak 10:00 WIB.", "link": "/office/insiden/1/"}
    return actions.post(key=key, topic=topic, recipients=recipients, at=AT, **words | more)


def reached():
    rows = Delivery.objects.order_by("pk").values_list("person_id", "address", "channel", "state")
    return list(rows)


def test_a_person_hears_by_every_channel_and_an_address_by_mail(siti):
    assert post(Recipient(person_id=siti), Recipient(address="Dewi@contoh.example"))
    assert reached() == [
        (siti, "", "app", "sent"),
        (siti, "", "email", "queued"),
        (None, "dewi@contoh.example", "email", "queued"),
    ]


def test_posting_twice_is_one_message(siti, budi):
    assert post(Recipient(person_id=siti), Recipient(person_id=siti))
    assert not post(Recipient(person_id=budi), subject="Lain")
    assert Message.objects.get().subject == {"text": "e-PBB padam"}
    assert {person for person, *_ in reached()} == {siti}


def test_a_message_dies_with_its_transaction(siti):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        post(Recipient(person_id=siti))
        1 / 0  # noqa: B018
    assert Message.objects.count() == 0
    assert post(Recipient(person_id=siti))


def test_nothing_is_sent_to_who_turned_it_off(siti, budi):
    off = {Channel.EMAIL: False, Channel.APP: False}
    actions.choose(person_id=siti, topic="incident.opened", wanted=off, at=AT)
    post(Recipient(person_id=siti), Recipient(person_id=budi))
    assert {person for person, *_ in reached()} == {budi}


def test_a_topic_that_is_off_by_default_can_be_turned_on(siti):
    actions.choose(person_id=siti, topic="news.weekly", wanted={Channel.EMAIL: True}, at=AT)
    post(Recipient(person_id=siti), topic="news.weekly")
    assert [channel for _, _, channel, _ in reached()] == ["app", "email"]
    assert queries.choices(siti) == {
        "duty.handed": frozenset(Channel),
        "incident.opened": frozenset(Channel),
        "news.weekly": frozenset(Channel),
    }


def test_a_duty_cannot_be_turned_off_altogether(siti):
    off = {Channel.EMAIL: False, Channel.APP: False}
    with pytest.raises(Refused) as refused:
        actions.choose(person_id=siti, topic="duty.handed", wanted=off, at=AT)
    assert [reason.code for reason in refused.value.reasons] == ["messages.required"]
    assert queries.choices(siti)["duty.handed"] == frozenset(Channel)
    one = {Channel.EMAIL: False, Channel.APP: True}
    actions.choose(person_id=siti, topic="duty.handed", wanted=one, at=AT)
    assert queries.choices(siti)["duty.handed"] == {Channel.APP}


def test_an_unknown_topic_is_a_mistake_of_ours(siti):
    with pytest.raises(registry.UnknownTopic):
        post(Recipient(person_id=siti), topic="never.heard")
    with pytest.raises(registry.UnknownTopic):
        actions.choose(person_id=siti, topic="never.heard", wanted={}, at=AT)
    with pytest.raises(ValueError, match="twice"):
        registry.topic("incident.opened", "Lain")


def test_a_recipient_is_a_person_or_an_address():
    for wrong in ({}, {"person_id": 1, "address": "a@b.id"}):
        with pytest.raises(ValueError, match="either"):
            Recipient(**wrong)


def test_the_box_is_read_in_the_readers_language_and_marked(siti, budi):
    phrase = Phrase("%(count)s pesan baru dari 100%%", {"count": 3})
    post(Recipient(person_id=siti), subject=phrase, text=["Plain 100%", phrase])
    post(Recipient(person_id=siti), key="incident:2")
    with translation.override("id"):
        newest, oldest = queries.box(siti)
    assert oldest.subject == "3 pesan baru dari 100%"
    assert oldest.paragraphs == ("Plain 100%", "3 pesan baru dari 100%")
    assert (newest.link, newest.at, newest.read_at) == ("/office/insiden/1/", AT, None)
    assert queries.unread(siti) == 2
    assert actions.mark_read(person_id=budi, delivery_ids=[oldest.delivery_id], at=later(1)) == 0
    assert actions.mark_read(person_id=siti, delivery_ids=[oldest.delivery_id], at=later(1)) == 1
    assert actions.mark_read(person_id=siti, delivery_ids=[oldest.delivery_id], at=later(2)) == 0
    assert queries.message(siti, oldest.delivery_id).read_at == later(1)
    assert [one.delivery_id for one in queries.box(siti, unread_only=True)] == [newest.delivery_id]
    assert queries.box(siti, before=newest.delivery_id) == [
        queries.message(siti, oldest.delivery_id)
    ]
    with pytest.raises(NotThere):
        queries.message(budi, oldest.delivery_id)
    assert actions.mark_read(person_id=siti, delivery_ids=None, at=later(3)) == 1
    assert queries.unread(siti) == 0


def test_a_language_is_one_of_ours(siti):
    assert queries.language_of(siti) == "id"
    actions.choose_language(person_id=siti, language="en")
    assert (queries.language_of(siti), queries.languages([siti])) == ("en", {siti: "en"})
    with pytest.raises(Refused):
        actions.choose_language(person_id=siti, language="nl")
    assert queries.language_of(siti) == "en"


def test_a_delivery_can_only_be_tried_again_when_it_failed(siti):
    post(Recipient(person_id=siti))
    (found,) = queries.deliveries()
    with pytest.raises(NotThere):
        actions.retry_now(found.id, at=later(9))
    Delivery.objects.filter(pk=found.id).update(state=DeliveryState.GIVEN_UP)
    assert queries.counts()[DeliveryState.GIVEN_UP] == 1
    actions.retry_now(found.id, at=later(9))
    assert queries.delivery(found.id).state is DeliveryState.QUEUED
    assert queries.delivery(found.id).due_at == later(9)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE messages_message SET topic = 'x'",
        "DELETE FROM messages_message",
        "UPDATE messages_delivery SET state = 'sent', sent_at = NULL",
        "UPDATE messages_delivery SET address = 'a@b.id' WHERE person_id IS NOT NULL",
        "INSERT INTO messages_delivery (message_id, channel, person_id, address, state, due_at,"
        " attempts, last_error) SELECT message_id, channel, person_id, address, 'queued', due_at,"
        " 0, '' FROM messages_delivery WHERE channel = 'email'",
    ],
)
def test_the_database_holds_it(siti, statement):
    post(Recipient(person_id=siti))
    with (
        pytest.raises(DatabaseError) as refused,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert any(word in str(refused.value) for word in ("permission", "constraint", "Cannot"))
    assert len(reached()) == 2
