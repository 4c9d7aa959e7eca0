"""Passwords: replaced by their owner, set by a mailed link, never weak, never twice the same."""

import re
import smtplib
import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.test import Client

from kawal.identity import actions, mails
from kawal.identity.facts import PersonDraft
from kawal.identity.models import Login, Session
from kawal.identity.tests.conftest import NOW, PASSWORD

pytestmark = pytest.mark.django_db
NEW = "gajah-naik-sepeda-4"


class Letterbox:
    """A mail server on loopback that keeps what it is given."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 kept"


@pytest.fixture
def post(settings) -> Iterator[Letterbox]:
    box = Letterbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.DEFAULT_FROM_EMAIL = "kawal@binjai.example"
    settings.BASE_URL = "http://testserver"
    yield box
    assert mails.settled()
    server.stop()


def change(client, old=PASSWORD, new=NEW, again=None):
    form = {"oldpassword": old, "password1": new, "password2": again or new}
    return client.post("/akun/sandi/", form)


def test_the_owner_replaces_it_and_his_other_sessions_end(as_siti, siti_login):
    other = Client()
    other.post("/akun/masuk/", {"login": "siti", "password": PASSWORD})
    assert change(as_siti).status_code == 302
    assert as_siti.get("/akun/").status_code == 200
    assert other.get("/akun/").status_code == 302
    assert Session.objects.filter(login_id=siti_login.id).count() == 1
    assert Login.objects.get().check_password(NEW)


@pytest.mark.parametrize(
    ("form", "fault"),
    [
        ({"old": "wrong"}, "Kata sandi sekarang salah."),
        ({"again": "another-one-entirely"}, "Kedua kata sandi tidak sama."),
        ({"new": PASSWORD}, "Yang baru harus berbeda"),
        ({"new": "short"}, "12"),
        ({"new": "1234567890123"}, "angka"),
        ({"new": "sitirahmawati"}, "mirip"),
        ({"new": "administrator"}, "umum"),
    ],
)
def test_each_fault_is_said_and_nothing_changes(as_siti, form, fault):
    refused = change(as_siti, **form)
    assert (refused.status_code, fault in refused.content.decode()) == (422, True)
    assert Login.objects.get().check_password(PASSWORD)


def test_a_temporary_password_must_be_replaced_first(client, siti_login):
    actions.set_password(siti_login.id, "sementara-panjang-1")
    client.post("/akun/masuk/", {"login": "siti", "password": "sementara-panjang-1"})
    assert client.get("/ui/").headers["Location"] == "/akun/sandi/"
    assert change(client, "sementara-panjang-1", "sementara-panjang-1").status_code == 422
    assert client.get("/ui/").headers["Location"] == "/akun/sandi/"
    change(client, "sementara-panjang-1")
    assert client.get("/ui/").status_code == 200


def test_a_shared_demo_login_keeps_its_password(client, siti, settings):
    demo = settings.DEMO_PASSWORD
    actions.open_login(
        siti.id, "demo.siti", at=NOW, password=demo, is_demo=True, must_change_password=False
    )
    client.post("/akun/masuk/", {"login": "demo.siti", "password": demo})
    assert change(client, demo).headers["Location"] == "/akun/"
    assert Login.objects.get().check_password(demo)


def ask(client, address="siti@binjai.example"):
    answer = client.post("/akun/sandi/lupa/", {"email": address})
    assert answer.headers["Location"] == "/akun/sandi/lupa/surat/"
    assert mails.settled()


@pytest.mark.django_db(transaction=True)
def test_a_mailed_link_sets_a_new_password_once(client, siti_login, post):
    ask(client, "SITI@binjai.example")
    (letter,) = post.letters
    assert letter["To"] == "siti@binjai.example"
    assert letter["Subject"] == "Kata sandi baru untuk Kawal"
    text = letter.get_content()
    assert "Yth. Dra. Siti Rahmawati, M.Pd.," in text
    (link,) = re.findall(r"siti: http://testserver(/akun/sandi/baru/\S+)", text)
    form = client.get(link).headers["Location"]
    assert "set-password" in form
    done = client.post(form, {"password1": NEW, "password2": NEW})
    assert done.headers["Location"] == "/akun/sandi/baru/selesai/"
    assert Login.objects.get().check_password(NEW)
    assert "Tautan tidak berlaku" in Client().get(link).content.decode()
    assert mails.settled()
    assert [letter["Subject"] for letter in post.letters][1:] == [
        "Keamanan akun Anda: kata sandi diganti lewat tautan surel"
    ]


@pytest.mark.django_db(transaction=True)
def test_a_strangers_and_a_closed_logins_address_get_no_letter(client, siti_login, post):
    actions.close_login(siti_login.id, at=NOW)
    ask(client)
    ask(client, "nobody@binjai.example")
    assert post.letters == []


@pytest.mark.django_db(transaction=True)
def test_the_letter_is_in_the_readers_language(client, siti_login, post):
    client.get("/akun/sandi/lupa/?lang=en")
    ask(client)
    assert post.letters[0]["Subject"] == "A new password for Kawal"


def test_asking_looks_nobody_up_while_the_reader_waits(client, siti_login, monkeypatch):
    asked: list[tuple[Any, ...]] = []
    monkeypatch.setattr(mails, "later", lambda job, *args: asked.append(args))
    for address in ("siti@binjai.example", "nobody@binjai.example"):
        client.post("/akun/sandi/lupa/", {"email": address})
    assert asked == [("siti@binjai.example",), ("nobody@binjai.example",)]


def test_a_dead_mail_server_is_logged_and_harms_nobody(as_siti, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.EMAIL_HOST, settings.EMAIL_PORT = closed.getsockname()
        assert change(as_siti).status_code == 302
        assert mails.settled()
    with pytest.raises((OSError, smtplib.SMTPException)):
        mails.send(
            "siti@binjai.example",
            "s",
            "notice",
            {"name": "", "username": "", "what": "", "at": NOW, "address": ""},
        )


@pytest.mark.django_db(transaction=True)
def test_a_reset_by_link_ends_the_wait_after_failures(client, siti_login, post):
    for _ in range(6):
        client.post("/akun/masuk/", {"login": "siti", "password": "wrong"})
    ask(client)
    (link,) = re.findall(r"http://testserver(/akun/sandi/baru/\S+)", post.letters[0].get_content())
    client.post(client.get(link).headers["Location"], {"password1": NEW, "password2": NEW})
    assert client.post("/akun/masuk/", {"login": "siti", "password": NEW}).status_code == 302


def test_two_persons_may_not_share_an_address(siti):
    from kawal.kernel.refusals import Refused

    with pytest.raises(Refused) as refused:
        actions.register_person(PersonDraft(name="Joko", email="siti@binjai.example"), at=NOW)
    assert [reason.code for reason in refused.value.reasons] == ["email_taken"]
