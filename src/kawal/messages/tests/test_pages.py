"""The message box, its choices and the operators' log, as people meet them."""

import uuid
from datetime import date

import pytest
from django.test import Client

from kawal.identity import actions as identity
from kawal.messages import actions, queries
from kawal.messages.facts import Channel, DeliveryState, Recipient
from kawal.messages.models import Attempt, Delivery
from kawal.messages.tests.conftest import AT, later
from kawal.regions.facts import Acting, Actor, AppointmentFacts, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_of(monkeypatch):
    """Sign a person in, with the roles that the test gives him."""

    def sign_in(person_id, *roles):
        login = identity.open_login(
            person_id,
            f"login{person_id}",
            at=AT,
            password="kuda-laut-berenang-7",
            must_change_password=False,
        )
        held = tuple(
            AppointmentFacts(1, person_id, role, None, Acting.DEFINITIVE, date(2026, 1, 1), None)
            for role in roles
        )
        actor = Actor(person_id, login.id, held, later(60))
        monkeypatch.setattr("kawal.regions.middleware._actor", lambda request, at: actor)
        client = Client()
        from kawal.identity.models import Login

        client.force_login(Login.objects.get(pk=login.id))
        return client

    return sign_in


def send(client, path, **fields):
    return client.post(path, fields | {"_key": str(uuid.uuid4())})


def post(person_id, key="incident:1"):
    actions.post(
        key=key,
        topic="incident.opened",
        recipients=[Recipient(person_id=person_id)],
        subject="e-PBB <padam>",
        text="Sejak 10.00 WIB.",
        link="/office/insiden/1/",
        at=AT,
    )


def test_who_is_not_signed_in_is_sent_to_the_door():
    for path in ("", "1/", "pilihan/", "pengiriman/", "pengiriman/1/"):
        answer = Client().get(f"/office/pesan/{path}")
        assert answer.status_code == 302
        assert f"next=/office/pesan/{path}" in answer["Location"]


def test_a_person_reads_his_messages_and_marks_them(siti, budi, client_of):
    client = client_of(siti)
    assert "Tidak ada pesan." in client.get("/office/pesan/").content.decode()
    post(siti)
    post(budi, key="incident:2")
    page = client.get("/office/pesan/").content.decode()
    assert page.count("e-PBB &lt;padam&gt;") == 1
    (message,) = queries.box(siti)
    path = f"/office/pesan/{message.delivery_id}/"
    assert "Sejak 10.00 WIB." in client.get(path).content.decode()
    assert queries.unread(siti) == 1
    answer = send(client, "/office/pesan/tandai/", pesan=message.delivery_id)
    assert answer["Location"] == "/office/pesan/"
    assert queries.unread(siti) == 0
    assert "e-PBB" not in client.get("/office/pesan/?tampil=baru").content.decode()
    (other,) = queries.box(budi)
    assert client.get(f"/office/pesan/{other.delivery_id}/").status_code == 404
    send(client, "/office/pesan/tandai/", pesan=other.delivery_id)
    assert queries.unread(budi) == 1


def test_a_long_box_goes_on(siti, client_of):
    for number in range(51):
        post(siti, key=f"incident:{number}")
    client = client_of(siti)
    first = client.get("/office/pesan/").content.decode()
    oldest_shown = queries.box(siti)[-1].delivery_id
    assert f"?sebelum={oldest_shown}" in first
    rest = client.get(f"/office/pesan/?sebelum={oldest_shown}").content.decode()
    assert rest.count("e-PBB") == 1
    send(client, "/office/pesan/tandai/")
    assert queries.unread(siti) == 0


def test_a_person_chooses_channels_and_language(siti, client_of):
    client = client_of(siti)
    page = client.get("/office/pesan/pilihan/").content.decode()
    assert "Insiden dibuka" in page
    fields = {"incident.opened": ["app"], "duty.handed": ["app", "email"], "bahasa": "en"}
    assert send(client, "/office/pesan/pilihan/", **fields).status_code == 302
    assert queries.choices(siti) == {
        "incident.opened": {Channel.APP},
        "duty.handed": {Channel.APP, Channel.EMAIL},
        "news.weekly": frozenset(),
    }
    assert queries.language_of(siti) == "en"


def test_a_duty_turned_off_is_refused_and_nothing_is_kept(siti, client_of):
    client = client_of(siti)
    answer = send(client, "/office/pesan/pilihan/", bahasa="en")
    assert answer.status_code == 403
    assert queries.language_of(siti) == "id"
    assert queries.choices(siti)["incident.opened"] == frozenset(Channel)


def failed(person_id):
    post(person_id)
    row = Delivery.objects.get(channel=Channel.EMAIL)
    row.state, row.attempts, row.last_error = DeliveryState.GIVEN_UP, 1, "no such user"
    row.save()
    Attempt.objects.create(delivery=row, at=AT, ok=False, code=550, error="no such user")
    return row.pk


def test_an_operator_sees_why_and_tries_again(siti, budi, client_of):
    delivery_id = failed(siti)
    client = client_of(budi, Role.PENGELOLA_SISTEM)
    page = client.get("/office/pesan/pengiriman/?status=given_up").content.decode()
    assert "no such user" in page
    assert "Siti" in page
    assert "siti@" not in page
    path = f"/office/pesan/pengiriman/{delivery_id}/"
    assert "550 no such user" in client.get(path).content.decode()
    assert send(client, f"{path}coba-lagi/")["Location"] == path
    assert queries.delivery(delivery_id).state is DeliveryState.QUEUED
    assert send(client, f"{path}coba-lagi/").status_code == 404


def test_an_auditor_sees_but_does_not_touch(siti, budi, client_of):
    delivery_id = failed(siti)
    client = client_of(budi, Role.AUDITOR)
    path = f"/office/pesan/pengiriman/{delivery_id}/"
    assert "Coba lagi sekarang" not in client.get(path).content.decode()
    assert send(client, f"{path}coba-lagi/").status_code == 403
    assert queries.delivery(delivery_id).state is DeliveryState.GIVEN_UP


def test_others_see_no_deliveries(siti, client_of):
    delivery_id = failed(siti)
    client = client_of(siti)
    assert client.get("/office/pesan/pengiriman/").status_code == 403
    assert client.get(f"/office/pesan/pengiriman/{delivery_id}/").status_code == 403
