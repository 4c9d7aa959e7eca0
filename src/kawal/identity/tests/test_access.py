"""The private access log: who saw what, and that no line is changed or dropped young."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import InternalError, NotSupportedError, ProgrammingError, connection, transaction
from procrastinate.contrib.django import app

from kawal.identity import access, pruning
from kawal.identity.models import AccessLog, Login
from kawal.identity.tests.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kawal.identity.tests.pages")]


@pytest.fixture
def as_siti(client, siti_login):
    client.force_login(Login.objects.get(pk=siti_login.id))
    return client


def lines() -> list[tuple[str, str, str, int | None]]:
    return list(AccessLog.objects.order_by("pk").values_list("what", "kind", "object_id", "status"))


def test_a_signed_in_page_leaves_one_line(as_siti, siti, siti_login):
    as_siti.get("/see/4", headers={"X-Forwarded-For": "9.9.9.9"}, REMOTE_ADDR="10.20.30.40")
    line = AccessLog.objects.get()
    assert (line.login_id, line.person_id, line.method) == (siti_login.id, siti.id, "GET")
    assert (line.what, line.kind, line.object_id, line.status) == ("see_person", "person", "4", 200)
    assert line.address == "10.20.30.0/24"


def test_what_a_view_records_takes_the_plain_lines_place_in_one_statement(
    as_siti, django_assert_num_queries
):
    with django_assert_num_queries(3):  # the session, the login, the lines
        as_siti.get("/see-two")
    assert lines() == [("person.seen", "person", "4", 200), ("person.seen", "person", "5", 200)]


def test_a_page_that_is_not_there_is_logged_too(as_siti):
    as_siti.get("/nowhere")
    assert lines() == [("/nowhere", "", "", 404)]


def test_a_refused_act_is_logged_although_its_writes_are_gone(as_siti):
    as_siti.post("/mind", {"_key": "k" * 16})
    assert [status for *_, status in lines()] == [422]


def test_a_stranger_and_a_poll_leave_no_line(client, as_siti):
    as_siti.get("/poll")
    client.cookies.clear()
    client.get("/see")
    assert lines() == []


def test_an_access_outside_of_a_request_is_written_at_once(siti, siti_login):
    access.record(siti_login.id, "person.exported", "person", siti.id, at=NOW)
    line = AccessLog.objects.get().as_facts()
    assert (line.at, line.person_id, line.what) == (NOW, siti.id, "person.exported")


def refused(sql: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except (InternalError, ProgrammingError, NotSupportedError):
        return True
    return False


def test_the_database_refuses_to_change_a_line_or_drop_a_young_one(siti_login):
    access.record(siti_login.id, "a", at=datetime.now(UTC))
    assert refused("UPDATE identity_accesslog SET what = 'b'")
    assert refused("DELETE FROM identity_accesslog")
    assert refused("TRUNCATE identity_accesslog")
    assert [what for what, *_ in lines()] == ["a"]


def test_the_nightly_job_is_known_to_the_worker_and_prunes_as_of_its_hour(siti_login):
    now = datetime.now(UTC)
    access.record(siti_login.id, "old", at=now - timedelta(days=366))
    task = app.tasks["kawal.identity.jobs.prune.prune_identity"]
    crons = [job.cron for job in app.periodic_registry.periodic_tasks.values() if job.task is task]
    assert crons == ["17 19 * * *"]
    assert task(timestamp=int(now.timestamp()))["accesses"] == 1


def test_old_lines_are_pruned_and_the_others_stay(siti_login, settings):
    settings.ACCESS_LOG_DAYS = 365
    now = datetime.now(UTC)
    access.record(siti_login.id, "old", at=now - timedelta(days=366))
    access.record(siti_login.id, "kept", at=now - timedelta(days=364))
    assert pruning.prune(at=now)["accesses"] == 1
    assert [what for what, *_ in lines()] == ["kept"]
