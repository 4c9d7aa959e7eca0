"""The public sees what was opened and is public: states, days and incidents, and nothing else."""

import json

import pytest
from django.utils import timezone

from kawal.monitoring.facts import IncidentState, Severity, State
from kawal.monitoring.tests.desk.browser import text_of
from kawal.monitoring.tests.desk.conftest import (  # noqa: F401 - the world of these tests
    NOON,
    TODAY,
    ago,
    application,
    check,
    incident,
    pendapatan,
)
from kawal.regions.models import PublicOpening
from kawal.sites.portal import status_live


@pytest.fixture
def services(pendapatan, application, check, incident):  # noqa: F811
    now = timezone.now()
    pbb = application(pendapatan, "e-PBB", public=True, serves="Tagihan PBB")
    inside = application(pendapatan, "SP2D Daring")
    check(pbb, State.DOWN, name="Basis data 10.1.2.3", code=503, last_at=now)
    check(inside, State.DOWN, last_at=now)
    incident(pbb, "Tidak bisa membayar", severity=Severity.CRITICAL, opened_at=now)
    incident(inside, "Rahasia dapur", opened_at=now)
    return pbb


@pytest.fixture
def opened(incident):  # noqa: F811
    from kawal.identity.models import Person

    PublicOpening.objects.create(
        module="monitoring",
        decree="Keputusan 1/2026",
        decree_date=TODAY,
        opened_by_id=Person.objects.first().pk,
        opened_at=NOON,
    )


def test_before_the_decree_nothing_is_shown(client, services):
    text = text_of(client.get("/status/"))
    assert "Belum dibuka untuk umum" in text
    assert "e-PBB" not in text
    assert client.get("/status.json").status_code == 404
    assert client.get("/status/insiden.atom").status_code == 404
    assert status_live.fragments("id") == {}
    assert status_live.pulse() == {}


def test_only_public_services_and_their_incidents_are_shown(client, services, opened):
    text = text_of(client.get("/status/"))
    for words in ("1 layanan terganggu", "e-PBB", "Tagihan PBB", "Tidak bisa membayar"):
        assert words in text
    for words in ("SP2D Daring", "Rahasia dapur", "10.1.2.3", "Pengawas"):
        assert words not in text
    assert "Keputusan 1/2026" in text


def test_the_same_is_data_and_a_feed(client, services, opened):
    data = json.loads(client.get("/status.json").content)
    assert [(one["name"], one["state"]) for one in data["services"]] == [("e-PBB", "down")]
    assert [(one["title"], one["severity"]) for one in data["incidents"]] == [
        ("Tidak bisa membayar", "critical")
    ]
    feed = client.get("/status/insiden.atom").content.decode()
    assert "<title>e-PBB: Terbuka</title>" in feed
    assert "Rahasia" not in feed


def test_the_stream_sends_each_language_its_words(services, opened):
    ours, theirs = status_live.fragments("id"), status_live.fragments("en")
    element = f"state-{services.pk}"
    assert set(ours) == {"summary", "incidents", element}
    assert "Terganggu" in ours[element]
    assert "Down" in theirs[element]
    assert set(status_live.pulse()["fresh"]) == {f"app-{services.pk}"}


def test_old_data_say_so_without_a_script(client, pendapatan, application, check, opened):  # noqa: F811
    check(application(pendapatan, "e-PBB", public=True), State.UP, last_at=ago(days=9))
    assert "data-stale>" in client.get("/status/").content.decode()


def test_an_ended_incident_tells_its_cause(client, services, opened, incident):  # noqa: F811
    now = timezone.now()
    ended = {"state": IncidentState.RESOLVED, "resolved_at": now, "cause": "Cakram penuh"}
    incident(services, "Lambat", opened_at=now, **ended)
    assert "Penyebab: Cakram penuh" in text_of(client.get("/status/"))
