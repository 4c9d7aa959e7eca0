"""The wall shows the state as it is, says why and how old it is, and names no person."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from kawal.identity import actions as identity
from kawal.identity.facts import PersonDraft
from kawal.monitoring import queries as monitoring
from kawal.monitoring.codes import Code
from kawal.monitoring.facts import State
from kawal.monitoring.models import Application, Check, CheckState, Incident
from kawal.regions.models import Agency, AgencyVersion
from kawal.sites.command_centre import access, actions, live, queries, snapshot
from kawal.sites.command_centre.models import Screen
from kawal.sites.command_centre.painting import Painting

NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)


def an_agency(code: str, name: str, short: str) -> Agency:
    agency = Agency.objects.create(recorded_at=NOON)
    AgencyVersion.objects.create(
        agency=agency, code=code, name=name, short=short, kind="skpd", status="active",
        valid_from=date(2026, 1, 1), legal_basis="Perda 4/2016", recorded_at=NOON,
    )  # fmt: skip
    return agency


def an_application(agency: Agency, name: str, state: State, code: int) -> Application:
    application = Application.objects.create(
        agency=agency, name=name, slug=name.lower(), created_at=NOON, updated_at=NOON
    )
    check = Check.objects.create(
        application=application, kind="http", name="Halaman muka", interval=60,
        created_at=NOON, updated_at=NOON,
    )  # fmt: skip
    CheckState.objects.create(
        check_row=check, state=state, code=code, since=NOON - timedelta(hours=1), last_at=NOON
    )
    return application


@pytest.fixture
def disdik(db: None) -> Agency:
    """An agency all of whose applications run."""
    agency = an_agency("1.01.0.00.0.00.01.0000", "Dinas Pendidikan", "DISDIK")
    an_application(agency, "PPDB", State.UP, Code.OK)
    return agency


@pytest.fixture
def dpmptsp(db: None) -> Agency:
    """An agency in trouble, with an incident that nobody has taken."""
    agency = an_agency("2.18.0.00.0.00.01.0000", "Dinas Penanaman Modal", "DPMPTSP")
    application = an_application(agency, "e-Perizinan", State.DOWN, 500)
    Incident.objects.create(
        application=application, check_row=application.checks.get(), title="e-Perizinan HTTP 500",
        severity=1, opened_at=NOON - timedelta(minutes=43),
    )  # fmt: skip
    return agency


@pytest.fixture
def screen(db: None) -> Client:
    """The browser of a room, paired."""
    found = actions.ask_to_read(address="", at=datetime.now(UTC))
    assert found
    by = identity.register_person(PersonDraft(name="Tiur Simbolon"), at=NOON).id
    Screen.objects.filter(pk=found[0].id).update(
        name="Aula", paired_at=NOON, paired_by_id=by, expires_at=datetime(2099, 1, 1, tzinfo=UTC)
    )
    client = Client()
    client.cookies[access.COOKIE] = found[1]
    return client


def test_each_agency_has_its_light_and_the_reason(disdik: Agency, dpmptsp: Agency):
    wall = snapshot.wall(NOON)
    seen = [(t.short, t.state, t.bad, t.total) for t in wall.tiles]
    assert seen == [("DISDIK", State.UP, 0, 1), ("DPMPTSP", State.DOWN, 1, 1)]
    assert wall.tiles[1].why == "e-Perizinan: Menjawab dengan status HTTP 500"
    assert wall.counts == {"up": 1, "down": 1}


def test_an_agency_without_a_data_source_has_no_tile(disdik: Agency):
    an_agency("5.01.0.00.0.00.01.0000", "Inspektorat", "INSPEKTORAT")
    assert [tile.short for tile in snapshot.wall(NOON).tiles] == ["DISDIK"]


def test_what_nobody_has_taken_waits_for_a_decision(dpmptsp: Agency):
    wall = snapshot.wall(NOON)
    assert wall.needs_total == 1
    assert wall.needs[0].whose == "DPMPTSP"
    assert wall.needs[0].since == NOON - timedelta(minutes=43)
    assert wall.needs[0].next


def test_a_fragment_is_the_same_until_something_happens(disdik: Agency, dpmptsp: Agency):
    paint = live.painter()
    before = paint(None)
    CheckState.objects.update(last_at=NOON + timedelta(seconds=60))
    after = paint(None)
    tile = f"opd-{disdik.pk}"
    assert after[tile] == before[tile]
    CheckState.objects.update(state=State.UP, code=0)
    assert paint(None)[f"opd-{dpmptsp.pk}"] != before[f"opd-{dpmptsp.pk}"]


def test_what_the_news_names_is_painted_like_the_whole(disdik: Agency, dpmptsp: Agency):
    paint = live.painter()
    paint(None)
    broken = Application.objects.get(name="PPDB")
    CheckState.objects.filter(check_row__application=broken).update(state=State.DOWN, code=500)
    news = {json.dumps({"kind": "applications", "ids": [broken.pk]})}
    assert paint(news) == live.painter()(None)
    assert "PPDB" in paint(set())[f"opd-{disdik.pk}"]


def test_what_the_news_does_not_name_is_not_read(disdik: Agency, dpmptsp: Agency):
    paint = live.painter()
    before = paint(None)
    CheckState.objects.update(state=State.WARN, code=0)
    other = Application.objects.get(name="e-Perizinan").pk
    after = paint({json.dumps({"kind": "applications", "ids": [other]})})
    assert after[f"opd-{disdik.pk}"] == before[f"opd-{disdik.pk}"]
    assert after[f"opd-{dpmptsp.pk}"] != before[f"opd-{dpmptsp.pk}"]


@pytest.mark.parametrize("news", [{"monitoring"}, {'{"kind":"applications","ids":[]}'}, {"7"}])
def test_news_that_names_nothing_may_mean_everything(disdik: Agency, news: set[str]):
    paint = live.painter()
    paint(None)
    CheckState.objects.update(state=State.DOWN, code=500)
    assert paint(news) == live.painter()(None)


def test_an_agency_whose_last_application_is_retired_loses_its_tile(
    disdik: Agency, dpmptsp: Agency
):
    paint = live.painter()
    paint(None)
    gone = Application.objects.get(name="PPDB")
    Application.objects.filter(pk=gone.pk).update(retired_at=NOON)
    after = paint({json.dumps({"kind": "applications", "ids": [gone.pk]})})
    assert f"opd-{disdik.pk}" not in after
    assert f"opd-{dpmptsp.pk}" in after


def test_the_beat_says_when_each_light_grows_stale(disdik: Agency):
    noon = round(NOON.timestamp())
    assert live.pulse() == {"fresh": {f"opd-{disdik.pk}": [noon, noon + 120, noon]}}


def test_a_stranger_sees_a_code_and_nothing_of_the_wall(client: Client, dpmptsp: Agency):
    page = client.get("/wall/")
    assert page.status_code == 401
    text = page.content.decode()
    assert "DPMPTSP" not in text
    code = Screen.objects.get().code
    assert f"{code[:3]}-{code[3:]}" in text
    assert client.get("/wall/").status_code == 401
    assert Screen.objects.count() == 1
    assert client.get("/wall/karcis/").status_code == 403


@pytest.mark.parametrize("path", ["/wall/", "/wall/perlu-keputusan/", "/wall/karcis/"])
def test_a_paired_screen_reads(screen: Client, dpmptsp: Agency, path: str):
    page = screen.get(path)
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]


def test_a_light_leads_to_its_cause_in_two_steps(screen: Client, dpmptsp: Agency):
    wall = screen.get("/wall/").content.decode()
    first = f"/wall/opd/{dpmptsp.pk}/"
    assert f'href="{first}"' in wall
    agency = screen.get(first).content.decode()
    second = f"/wall/aplikasi/{Application.objects.get().pk}/"
    assert f'href="{second}"' in agency
    cause = screen.get(second).content.decode()
    assert "Halaman muka" in cause
    assert "Menjawab dengan status HTTP 500" in cause


def test_the_wall_names_no_person(screen: Client, dpmptsp: Agency):
    by = Screen.objects.get().paired_by_id
    Incident.objects.update(state="acknowledged", acknowledged_at=NOON, acknowledged_by_id=by)
    pages = [
        "/wall/",
        f"/wall/opd/{dpmptsp.pk}/",
        f"/wall/aplikasi/{Application.objects.get().pk}/",
    ]
    for path in pages:
        assert "Tiur" not in screen.get(path).content.decode()


@pytest.mark.parametrize("path", ["/wall/opd/999999/", "/wall/aplikasi/999999/"])
def test_what_is_not_there_is_said_so(screen: Client, path: str):
    assert screen.get(path).status_code == 404


def test_when_a_screen_last_read_is_kept(screen: Client):
    screen.get("/wall/karcis/")
    paired = queries.paired_screens()[0]
    assert paired.last_seen_at is not None


def test_the_day_s_availability_is_counted_once_a_minute_and_anew_on_a_new_day(
    disdik: Agency, monkeypatch: pytest.MonkeyPatch
):
    counted: list[date] = []
    summary = monitoring.day_summary

    def counting(on: date, at: datetime, *, with_uptime: bool = True):
        if with_uptime:
            counted.append(on)
        return summary(on, at, with_uptime=with_uptime)

    monkeypatch.setattr(monitoring, "day_summary", counting)
    painting, today = Painting(), date(2026, 11, 24)
    for seconds in (0, 15, 45, 60, 75):
        painting.fragments(NOON + timedelta(seconds=seconds), None)
    painting.fragments(NOON + timedelta(seconds=180), {"monitoring"})
    assert counted == [today, today]
    painting.fragments(datetime(2026, 11, 24, 16, 59, 59, tzinfo=UTC), None)
    painting.fragments(datetime(2026, 11, 24, 17, 0, 1, tzinfo=UTC), {"monitoring"})  # midnight
    assert counted == [today, today, today, date(2026, 11, 25)]
