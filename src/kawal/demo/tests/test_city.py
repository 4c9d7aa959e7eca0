"""The filled city, as the modules themselves tell of it."""

import json
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.auth import authenticate

from kawal.demo import city, heartbeats, history
from kawal.demo.facts import people
from kawal.demo.facts.applications import APPLICATIONS
from kawal.demo.facts.jobs import JOBS, NUMBERS
from kawal.demo.filling.past import SEED
from kawal.identity import queries as identity
from kawal.kernel.refusals import Refused
from kawal.monitoring import queries as monitoring
from kawal.monitoring.facts import Decision
from kawal.monitoring.models import Watcher
from kawal.regions import queries
from kawal.regions.facts import Acting, Role
from kawal.trail import queries as trail

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def seconds(django_db_setup, django_db_blocker):
    """Fill once for all tests of this file; leave a fresh database behind."""
    with django_db_blocker.unblock():
        started = time.process_time()
        assert city.fill(AT, size=None) is True
        took = time.process_time() - started
    yield took
    with django_db_blocker.unblock():
        django_db_setup.renew()


def person(key):
    return identity.find_people(people.BY_KEY[key].email)[0]


def agency(short):
    from kawal.demo.facts.agencies import BY_SHORT

    return queries.agency_by_code(BY_SHORT[short].code, TODAY)


def inventory():
    return monitoring.applications_of(one.id for one in queries.agencies(TODAY))


def test_it_is_filled_within_its_time(seconds):
    assert seconds < 30


def test_a_second_filling_changes_nothing():
    before = (trail.head(), len(queries.agencies(TODAY)), len(identity.all_logins()))
    assert city.fill(AT) is False
    assert (trail.head(), len(queries.agencies(TODAY)), len(identity.all_logins())) == before


@pytest.mark.parametrize("kind", ["rehearsal", "live"])
def test_there_is_no_demo_city_elsewhere(settings, kind):
    settings.DEPLOYMENT = kind
    with pytest.raises(Refused) as refused:
        city.fill(AT)
    assert [reason.code for reason in refused.value.reasons] == ["demo.elsewhere"]


def test_the_city_is_binjai_and_says_that_it_is_a_demo():
    found = queries.city()
    assert (found.region_code, found.name, found.zone) == ("12.75", "Kota Binjai", "Asia/Jakarta")
    assert found.deployment == "demo"
    assert len(queries.regions_below("12.75", TODAY)) == 42


def test_agencies_and_units_hang_together():
    found = queries.agencies(TODAY)
    assert len(found) == 80
    assert sum(one.parent_id is None for one in found) == 34
    assert agency("Kel. Pahlawan").parent_id == agency("Binjai Utara").id
    assert len(queries.units_of(agency("Binjai Utara").id, TODAY)) == 9


@pytest.mark.parametrize(
    ("key", "role", "short"),
    [
        ("walikota", Role.KEPALA_DAERAH, None),
        ("sekda", Role.SEKDA, None),
        ("siti", Role.PA, "Disdik"),
        ("budi", Role.KUASA_BUD, None),
        ("rina", Role.PPK_SKPD, "Disdik"),
        ("lurah", Role.LURAH, "Kel. Pahlawan"),
        ("joko", Role.OPERATOR_OPD, "Dishub"),
        ("operator", Role.OPERATOR_PUSAT_KENDALI, None),
        ("admin2", Role.PENGELOLA_SISTEM, None),
    ],
)
def test_the_named_people_hold_their_posts(key, role, short):
    place = agency(short).id if short else None
    assert person(key).id in queries.holders(role, place, TODAY)


def test_every_agency_has_its_head_and_its_operator():
    for one in queries.agencies(TODAY):
        head = Role.KPA if one.parent_id else Role.PA
        assert len(queries.holders(head, one.id, TODAY)) == 1, one.name
        if one.parent_id is None:
            assert len(queries.holders(Role.OPERATOR_OPD, one.id, TODAY)) == 1, one.name


def test_one_head_only_stands_in_and_the_auditors_time_is_boxed():
    plt = queries.appointments_of(queries.holders(Role.PA, agency("Dispora").id, TODAY)[0], TODAY)
    assert plt[0].acting is Acting.PLT
    boxed = queries.appointments_of(person("auditor").id, TODAY)
    assert [(one.role, one.valid_until) for one in boxed] == [(Role.AUDITOR, date(2027, 1, 23))]


def test_dewi_holds_nothing():
    assert queries.appointments_of(person("dewi").id, TODAY) == []


def test_each_demo_login_opens_with_the_printed_password(rf):
    printed = city.logins()
    assert len(printed) == len(identity.demo_logins()) == 18
    _, username, password = printed[0]
    login = authenticate(rf.post("/"), username=username, password=password)
    assert login.username == "walikota"
    assert login.is_demo


def test_offices_are_closed_on_a_friday_noon_and_on_christmas():
    calendar = queries.calendar()
    assert not calendar.is_working_day(date(2026, 12, 25))
    assert calendar.is_working_day(date(2026, 11, 24))
    friday_noon = datetime(2026, 11, 27, 5, 0, tzinfo=UTC)
    assert calendar.seconds_within(friday_noon, friday_noon.replace(hour=6)) == 0


def test_every_application_is_in_the_inventory_and_watched():
    found = inventory()
    assert len(found) == 105
    assert all(one.officer_id for one in found)
    page = [c for one in found for c in monitoring.checks_of(one.id) if c.name == "Halaman depan"]
    assert len(page) == 105


def test_decisions_name_where_an_application_goes():
    by_name = {one.name: one for one in inventory()}
    merged = by_name["Lapor Jalan"]
    assert merged.decision is Decision.MERGE
    assert merged.merge_into_id == by_name["e-Masyarakat (e-Mas)"].id
    assert by_name["e-Tani"].decision is Decision.RETIRE
    assert by_name["e-Warung"].decision is Decision.UNDECIDED


def test_technicians_get_an_address_for_each_job(settings):
    given = json.loads(heartbeats.given_file(Path(settings.HOME)).read_text())
    assert set(given) == {one.code for one in (*JOBS, *NUMBERS)}
    assert all(path.startswith(("/ping/", "/push/")) for path in given.values())
    assert len(set(given.values())) == len(given)


def test_all_that_can_be_public_is_opened_by_a_simulated_decree():
    opened = queries.opened_modules()
    assert {"monitoring", "regions"} <= {one.module for one in opened}
    assert all("SIMULASI" in one.decree for one in opened)


def test_the_invented_past_counts_as_any_imported_history():
    always = [one for one in APPLICATIONS if one.hours == "always"]
    worst = max(always, key=lambda one: _down(one.code))
    [found] = [one.id for one in inventory() if one.name == worst.name]
    Watcher.objects.create(name="prober", started_at=AT, alive_at=AT, watermark=AT)
    begin = AT - timedelta(days=92)
    [counted] = monitoring.uptimes(begin, AT, at=AT, application_ids=[found])
    assert counted.down == _down(worst.code) > 3600
    assert counted.up + counted.down == history.DAYS * 86_400 + 1


def _down(code):
    spans = (one.end - one.start for one in history.outages(SEED, code, AT))
    return sum(spans, timedelta()).total_seconds()
