"""A submission is done once: alone, twice, twice at once, changed, mended, with files."""

import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from kawal.identity import pruning
from kawal.identity.models import Login, Submission
from kawal.identity.submissions import fingerprint
from kawal.identity.tests import pages
from kawal.identity.tests.conftest import PASSWORD
from kawal.identity.tests.pages import acts

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kawal.identity.tests.pages")]
KEY = "1f0c7a9e-7d51-4a57-9a55-9d6f0f1f2a3b"


def send(client: Client, path: str = "/do", *, key: str = KEY, **fields: object):
    return client.post(path, {"_key": key, "name": "Siti"} | fields)


def test_the_same_submission_again_gets_the_same_answer_and_is_not_done_again(client):
    first, second = send(client), send(client)
    assert (first.status_code, first.headers["Location"]) == (302, "/done/1")
    assert (second.status_code, second.headers["Location"]) == (302, "/done/1")
    assert "Idempotency-Replayed" not in first.headers
    assert second.headers["Idempotency-Replayed"] == "true"
    assert acts() == 1


def test_what_was_sent_cannot_be_guessed_from_the_table_alone(client, rf, settings):
    request = rf.post("/do", {"_key": KEY, "name": "Siti"})
    ours = fingerprint(request)
    settings.SECRET_KEY = "the key of somebody who only has a copy of the database"
    assert fingerprint(request) != ours


def test_another_key_is_another_submission(client):
    assert send(client).headers["Location"] == "/done/1"
    assert send(client, key=KEY[::-1]).headers["Location"] == "/done/2"


def test_the_key_with_another_body_is_refused_and_changes_nothing(client):
    send(client)
    refused = send(client, name="Joko")
    assert refused.status_code == 409
    assert "sudah dipakai untuk isian lain" in refused.content.decode()
    assert acts() == 1


def test_the_key_at_another_address_is_refused(client):
    send(client)
    assert send(client, "/say").status_code == 409
    assert acts() == 1


@pytest.mark.parametrize("key", ["", "short", "x" * 65, "with a space in it"])
def test_a_missing_or_malformed_key_is_refused(client, key):
    refused = send(client, key=key)
    assert refused.status_code == 400
    assert "tidak membawa kunci" in refused.content.decode()
    assert acts() == 0


def test_a_program_is_refused_in_json(client):
    refused = client.post("/say", "{}", content_type="application/json")
    assert refused.status_code == 400
    assert [reason["code"] for reason in refused.json()["reasons"]] == ["submission_key_missing"]


def test_a_program_gives_the_key_in_a_header_and_gets_its_json_again(client):
    def call(body: str):
        return client.post(
            "/say", body, content_type="application/json", headers={"Idempotency-Key": f'"{KEY}"'}
        )

    first, second = call('{"a": 1}'), call('{"a": 1}')
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert (first.status_code, first.json()) == (201, {"acts": 1})
    assert second.headers["Content-Type"] == "application/json"
    assert call('{"a": 2}').status_code == 409
    assert acts() == 1


def test_two_persons_may_use_the_same_key(client, siti_login, budi):
    from kawal.identity import actions
    from kawal.identity.tests.conftest import NOW

    budi_login = actions.open_login(budi.id, "budi", at=NOW)
    for login in (siti_login, budi_login):
        client.force_login(Login.objects.get(pk=login.id))
        assert "Idempotency-Replayed" not in send(client).headers
    assert acts() == 2


def test_a_refused_form_may_be_mended_and_sent_under_its_key(client):
    assert send(client, "/mind", name="wrong").status_code == 422
    assert acts() == 0  # what the refused one wrote is gone too
    assert send(client, "/mind", name="right").status_code == 302
    assert acts() == 1


def test_a_failed_submission_leaves_nothing_and_may_be_sent_again(client):
    client.raise_request_exception = False
    assert send(client, "/crash").status_code == 500
    assert (acts(), Submission.objects.count()) == (0, 0)


def test_a_turn_aside_to_prove_oneself_is_not_kept(client):
    for _ in range(2):
        assert "Idempotency-Replayed" not in send(client, "/prove").headers
    assert (acts(), Submission.objects.count()) == (0, 0)


def test_a_delicate_act_is_done_after_a_fresh_password_under_the_same_key(client, siti_login):
    client.post("/akun/masuk/", {"login": "siti", "password": PASSWORD})
    aside = send(client, "/delicate")
    assert aside.headers["Location"] == "/akun/pastikan/?next=%2Fdelicate"
    client.post(aside.headers["Location"], {"password": PASSWORD})
    before = acts()
    for _ in range(2):
        assert send(client, "/delicate").headers["Location"] == "/done"
    assert acts() == before + 1


def test_an_answer_too_large_to_keep_is_told_to_be_done(client):
    assert send(client, "/large").status_code == 200
    again = send(client, "/large")
    assert "Sudah dikerjakan" in again.content.decode()
    assert acts() == 1


def test_a_keyless_view_is_left_alone(client):
    assert client.post("/free").status_code == 200
    assert client.post("/free").status_code == 200
    assert (acts(), Submission.objects.count()) == (2, 0)


def test_reading_needs_no_key_and_leaves_no_row(client):
    assert client.get("/see").status_code == 200
    assert not Submission.objects.exists()


def test_an_unknown_address_is_not_found_rather_than_keyless(client):
    assert client.post("/nowhere").status_code == 404


def test_files_are_part_of_the_submission(client):
    def file(content: bytes, name: str = "sk.pdf") -> SimpleUploadedFile:
        return SimpleUploadedFile(name, content)

    large = b"y" * 3_000_000  # over the size at which Django writes it to disk
    assert send(client, file=file(large)).status_code == 302
    assert send(client, file=file(large)).headers["Idempotency-Replayed"] == "true"
    assert send(client, file=file(large + b"z")).status_code == 409
    assert send(client, file=file(large, "lain.pdf")).status_code == 409
    assert acts() == 1


def test_keys_are_forgotten_after_seven_days(client):
    send(client)
    now = datetime.now(UTC)
    assert pruning.prune(at=now + timedelta(days=6))["submissions"] == 0
    assert pruning.prune(at=now + timedelta(days=8))["submissions"] == 1


def in_thread(found: list[Any], path: str) -> threading.Thread:
    def run() -> None:
        try:
            found.append(send(Client(), path))
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def waiting_for_a_lock() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE wait_event_type = 'Lock' AND query LIKE 'INSERT INTO identity_submission%%'"
        )
        return int(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_the_second_waits_and_gets_the_answer_of_the_first():
    pages.entered.clear()
    pages.may_go_on.clear()
    early: list[Any] = []
    late: list[Any] = []
    first = in_thread(early, "/slow")
    assert pages.entered.wait(10)
    second = in_thread(late, "/slow")
    while not waiting_for_a_lock():
        assert second.is_alive()
        time.sleep(0.01)
    pages.may_go_on.set()
    first.join(10)
    second.join(10)
    assert [answer.headers["Location"] for answer in early + late] == ["/done/1", "/done/1"]
    assert [answer.headers.get("Idempotency-Replayed") for answer in early + late] == [None, "true"]
    assert acts() == 1


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_done_once():
    found: list[Any] = []
    threads = [in_thread(found, "/do") for _ in range(6)]
    for thread in threads:
        thread.join(20)
    assert {answer.headers["Location"] for answer in found} == {"/done/1"}
    assert (len(found), acts()) == (6, 1)
