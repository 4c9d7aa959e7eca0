"""Mail goes out at least once, and every answer of the server is kept."""

import ssl
import threading
import time
from datetime import timedelta

import pytest
import trustme
from django.conf import settings
from django.test import override_settings

from kawal.messages import actions, courier, mail, queries
from kawal.messages.facts import Channel, DeliveryState, Phrase, Recipient
from kawal.messages.models import Attempt, Delivery
from kawal.messages.tests.conftest import AT, later
from kawal.messages.tests.post_office import PostOffice, free_port

SENDER = "Kawal <kawal@binjai.example>"
pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    with PostOffice() as opened:
        yield opened


def post(*addresses, key="incident:1", at=AT, **more):
    words = {"subject": "e-PBB padam", "text": ["Sejak 10.00 WIB.", "Penyebab: galat 500."]}
    recipients = [a if isinstance(a, Recipient) else Recipient(address=a) for a in addresses]
    actions.post(key=key, topic="incident.opened", recipients=recipients, at=at, **words | more)


class Round:
    """A courier whose clock the test sets; it goes out and comes home."""

    def __init__(self, url, hands=4):
        self.now = AT
        self.courier = courier.Courier(mail.server(url, SENDER), lambda: self.now, hands)

    def go(self, seconds=0.0):
        self.now = later(seconds)
        self.courier.take_up()
        until = time.monotonic() + 20
        while self.courier.out and time.monotonic() < until:
            self.courier.bring_home(0.1)
        assert self.courier.out == 0
        return states()


def states():
    rows = Delivery.objects.filter(channel=Channel.EMAIL).order_by("pk")
    return [(row.state, row.attempts) for row in rows]


def test_a_mail_arrives_with_its_words_and_its_link(office, siti):
    post(Recipient(person_id=siti), link="/office/insiden/1/")
    assert Round(office.url).go() == [("sent", 1)]
    (sent,) = office.clerk.taken
    assert office.clerk.recipients == ["siti@binjai.example"]
    assert sent["Subject"] == "[DEMO] e-PBB padam"
    assert sent["From"] == SENDER
    assert sent["Auto-Submitted"] == "auto-generated"
    assert sent.get_content_type() == "text/plain"
    assert office.clerk.text().rstrip("\n") == (
        "Sejak 10.00 WIB.\n\nPenyebab: galat 500.\n\n"
        f"{settings.BASE_URL}/office/insiden/1/\n\n"
        f"-- \nAtur pesan yang Anda terima: {settings.BASE_URL}/office/pesan/pilihan/"
    )
    (found,) = queries.deliveries()
    assert (found.state, found.sent_at, found.last_error) == (DeliveryState.SENT, AT, "")
    assert [(a.ok, a.code, a.at) for a in queries.attempts(found.id)] == [(True, 250, AT)]
    assert Round(office.url).go(9) == [("sent", 1)]
    assert len(office.clerk.taken) == 1


def test_each_reader_is_written_to_in_his_language(office, siti, monkeypatch):
    english = {"%(count)s gangguan": "%(count)s outages"}
    monkeypatch.setattr(
        queries.translation,
        "gettext",
        lambda text: (
            english.get(text, text) if queries.translation.get_language() == "en" else text
        ),
    )
    phrase = Phrase("%(count)s gangguan", {"count": 2})
    post(Recipient(person_id=siti), "dewi@contoh.example", subject=phrase, text=phrase)
    actions.choose_language(person_id=siti, language="en")
    Round(office.url).go()
    subjects = dict(
        zip(office.clerk.recipients, [m["Subject"] for m in office.clerk.taken], strict=True)
    )
    assert subjects == {
        "siti@binjai.example": "[DEMO] 2 outages",
        "dewi@contoh.example": "[DEMO] 2 gangguan",
    }


@override_settings(DEPLOYMENT="live")
def test_a_live_deployment_needs_no_mark_and_a_subject_stays_one_line(office):
    post("dewi@contoh.example", subject="satu\r\nBcc: joko@contoh.example")
    Round(office.url).go()
    assert office.clerk.taken[0]["Subject"] == "satu Bcc: joko@contoh.example"
    assert office.clerk.taken[0]["Bcc"] is None


def test_a_server_that_is_not_there_is_tried_again_with_patience():
    post("dewi@contoh.example")
    travel = Round(f"smtp://127.0.0.1:{free_port()}")
    assert travel.go() == [("failed", 1)]
    (found,) = queries.deliveries()
    assert "ConnectionRefusedError" in found.last_error
    assert timedelta(seconds=24) <= found.due_at - AT <= timedelta(seconds=36)
    assert travel.go(10) == [("failed", 1)]
    assert travel.go(40) == [("failed", 2)]


def test_mail_that_waited_for_its_server_arrives_when_it_is_back():
    post("dewi@contoh.example")
    office = PostOffice()
    Round(office.url).go()
    with office:
        assert Round(office.url).go(60) == [("sent", 2)]
    assert [attempt.ok for attempt in Attempt.objects.order_by("pk")] == [False, True]


@pytest.mark.parametrize(
    ("answer", "state"),
    [("450 mailbox busy", "failed"), ("550 no such user", "given_up"), ("552 full", "given_up")],
)
@pytest.mark.parametrize("where", ["answers", "at_data"])
def test_a_refusal_is_kept_and_only_a_final_one_ends_it(office, where, answer, state):
    getattr(office.clerk, where)["dewi@contoh.example"] = answer
    post("dewi@contoh.example", "rina@contoh.example")
    assert Round(office.url).go() == [(state, 1), ("sent", 1)]
    found = queries.deliveries()[1]
    code, text = int(answer[:3]), answer[4:]
    assert found.last_error == text
    assert [(a.ok, a.code, a.error) for a in queries.attempts(found.id)] == [(False, code, text)]


def test_an_operator_can_have_a_given_up_mail_tried_again(office):
    office.clerk.answers["dewi@contoh.example"] = "550 no such user"
    post("dewi@contoh.example")
    travel = Round(office.url)
    assert travel.go() == [("given_up", 1)]
    assert travel.go(90_000) == [("given_up", 1)]
    office.clerk.answers.clear()
    actions.retry_now(queries.deliveries()[0].id, at=later(90_001))
    assert travel.go(90_001) == [("sent", 2)]


def test_after_two_days_it_is_given_up():
    post("dewi@contoh.example")
    travel = Round(f"smtp://127.0.0.1:{free_port()}")
    Delivery.objects.update(attempts=40)
    assert travel.go(48 * 3600 - 1) == [("failed", 41)]
    Delivery.objects.update(due_at=AT)
    assert travel.go(48 * 3600 + 1) == [("given_up", 42)]


def test_a_stalled_conversation_blocks_nobody_else(office, monkeypatch):
    monkeypatch.setattr(mail, "PATIENCE_SECONDS", 3)
    office.clerk.stalls["dewi@contoh.example"] = 6
    post("dewi@contoh.example", *(f"warga{n}@contoh.example" for n in range(12)))
    travel = Round(office.url, hands=3)
    travel.courier.take_up()
    while travel.courier.out > 1 or len(office.clerk.recipients) < 12:
        travel.courier.bring_home(0.02)
        travel.courier.take_up()
    assert states() == [("queued", 0)] + [("sent", 1)] * 12
    assert travel.go(1)[0] == ("failed", 1)
    assert "timed out" in queries.deliveries()[-1].last_error.lower()


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_a_wrong_password_is_tried_again_and_never_shown():
    with PostOffice(password="benar") as office:
        post("dewi@contoh.example")
        wrong = office.url.replace("//", "//kawal:r4hasia-sekali@")
        assert Round(wrong).go() == [("failed", 1)]
        (found,) = queries.deliveries()
        assert found.last_error
        assert "r4hasia" not in found.last_error
        assert queries.attempts(found.id)[0].code == 535
        right = office.url.replace("//", "//kawal:benar@")
        assert Round(right).go(60) == [("sent", 2)]


@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls"])
def test_mail_is_handed_to_none_but_the_server_that_proves_its_name(scheme, monkeypatch, tmp_path):
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    options = {"ssl_context": context} if scheme == "smtps" else {"tls_context": context}
    with PostOffice(hostname="localhost", **options) as office:
        url = office.url.replace("smtp://127.0.0.1", f"{scheme}://localhost")
        post("dewi@contoh.example")
        assert Round(url).go() == [("failed", 1)]
        assert "CERTIFICATE_VERIFY_FAILED" in queries.deliveries()[0].last_error
        authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        assert Round(url).go(60) == [("sent", 2)]


def test_a_reader_without_an_address_is_given_up_and_says_why(budi, siti):
    post(Recipient(person_id=budi))
    assert Round(f"smtp://127.0.0.1:{free_port()}").go() == [("given_up", 1)]
    assert queries.deliveries()[0].last_error == courier.NO_ADDRESS
    assert queries.unread(budi) == 1


def test_two_couriers_never_take_the_same_mail(office):
    post(*(f"warga{n}@contoh.example" for n in range(6)))
    one, two = courier.claim(AT, 4), courier.claim(AT, 4)
    assert len(one), len(two) == (4, 2)
    assert not {e.delivery_id for e in one} & {e.delivery_id for e in two}
    assert courier.claim(later(299), 9) == []


def test_a_courier_killed_while_sending_loses_nothing_and_the_copy_is_recognised(office):
    post("dewi@contoh.example")
    (lost,) = courier.claim(AT, 9)
    server = mail.server(office.url, SENDER)
    assert server.hand_over(lost.mail).ok
    assert Round(office.url).go(301) == [("sent", 1)]
    first, second = (taken["Message-ID"] for taken in office.clerk.taken)
    assert first == second == f"<{lost.mail.id}>"
    courier.record(lost, mail.Outcome(True, 250), at=later(302))
    courier.record(lost, mail.Outcome(False, error="late"), at=later(303))
    assert states() == [("sent", 1)]
    assert queries.deliveries()[0].sent_at == later(301)


def test_an_answer_that_comes_after_the_claim_ran_out_does_not_disturb_the_next_try(office):
    post("dewi@contoh.example")
    (slow,) = courier.claim(AT, 9)
    courier.claim(later(301), 9)
    courier.record(slow, mail.Outcome(False, error="late"), at=later(302))
    assert states() == [("queued", 0)]
    courier.record(slow, mail.Outcome(True, 250), at=later(303))
    assert states() == [("sent", 1)]


def test_a_deployment_without_a_mail_server_writes_files(tmp_path):
    post("dewi@contoh.example", subject="Halo é")
    assert Round(f"folder:{tmp_path}/mail").go() == [("sent", 1)]
    (file,) = (tmp_path / "mail").glob("*.eml")
    assert b"To: dewi@contoh.example\r\n" in file.read_bytes()
    assert f"Message-ID: <{file.stem}>".encode() in file.read_bytes()


def test_a_folder_that_cannot_be_written_is_tried_again(tmp_path):
    (tmp_path / "mail").write_text("in the way")
    post("dewi@contoh.example")
    assert Round(f"folder:{tmp_path}/mail").go() == [("failed", 1)]


@pytest.mark.parametrize("url", ["http://mail.id", "smtp://", "mailto://x"])
def test_an_address_of_no_mail_server_is_a_mistake(url):
    with pytest.raises(ValueError, match="smtps"):
        mail.server(url, SENDER)


def test_the_kinds_of_mail_server():
    assert mail.server("", SENDER) is None
    full = mail.server("smtp+starttls://kawal:p%40ss@mail.id", SENDER)
    assert (full.mode, full.port, full.user, full.password) == ("starttls", 587, "kawal", "p@ss")
    assert mail.server("smtps://mail.id", SENDER).port == 465


@pytest.mark.django_db(transaction=True)
def test_the_loop_delivers_survives_a_lost_database_and_ends_when_told(office, monkeypatch):
    from django.db import DatabaseError

    monkeypatch.setattr(courier, "RETRY_SECONDS", 0.01)
    real, failures = courier.claim, [DatabaseError("gone")]

    def claim(at, limit):
        if failures:
            raise failures.pop()
        return real(at, limit)

    monkeypatch.setattr(courier, "claim", claim)
    post("dewi@contoh.example")
    stop = threading.Event()
    with override_settings(SMTP_URL=office.url, MAIL_FROM=SENDER):
        worker = threading.Thread(target=courier.run, args=(stop, lambda: later(1)))
        worker.start()
        until = time.monotonic() + 10
        while not office.clerk.taken and time.monotonic() < until:
            time.sleep(0.02)
        stop.set()
        worker.join(10)
    assert not worker.is_alive()
    assert states() == [("sent", 1)]


def test_without_a_server_the_loop_just_waits():
    post("dewi@contoh.example")
    stop = threading.Event()
    with override_settings(SMTP_URL=""):
        worker = threading.Thread(target=courier.run, args=(stop,))
        worker.start()
        stop.set()
        worker.join(5)
    assert not worker.is_alive()
    assert states() == [("queued", 0)]
