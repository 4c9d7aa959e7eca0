"""A light is the worst of what counts, says why, since when and until when its data are fresh."""

import time
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import translation

from kawal.monitoring import queries
from kawal.monitoring.facts import State
from kawal.monitoring.tests.desk.conftest import NOON, TODAY, ago, an_agency


def why(light):
    return translation.gettext(light.why) % dict(light.values)


def test_an_application_is_the_worst_of_its_counting_checks(pendapatan, application, check):
    pbb = application(pendapatan, "e-PBB")
    check(pbb, State.UP, name="Halaman")
    check(pbb, State.DOWN, name="Basis data", code=53, since=ago(minutes=12))
    check(pbb, State.DOWN, name="Sertifikat", code=63, since=ago(days=9), counts=False)
    (light,) = queries.application_lights()
    assert (light.state, light.since) == (State.DOWN, ago(minutes=12))
    assert why(light) == "Basis data: Sambungan ditolak"
    assert light.counts == {
        State.UNKNOWN: 0,
        State.UP: 1,
        State.WARN: 0,
        State.DOWN: 1,
        State.PAUSED: 0,
    }


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([State.UP, State.WARN], State.WARN),
        ([State.WARN, State.UNKNOWN], State.UNKNOWN),
        ([State.UNKNOWN, State.DOWN], State.DOWN),
        ([State.UP, State.UP], State.UP),
    ],
)
def test_down_outweighs_unknown_which_outweighs_warn(
    pendapatan, application, check, states, expected
):
    pbb = application(pendapatan, "e-PBB")
    for number, state in enumerate(states):
        check(pbb, state, name=f"Pemeriksaan {number}")
    assert queries.application_light(pbb.pk).state is expected


def test_a_paused_check_decides_only_when_nothing_else_watches(pendapatan, application, check):
    pbb, bphtb = application(pendapatan, "e-PBB"), application(pendapatan, "e-BPHTB")
    check(pbb, State.UP)
    check(pbb, State.DOWN, name="Lama", enabled=False)
    check(bphtb, State.DOWN, enabled=False)
    lights = {light.name: light for light in queries.application_lights()}
    assert lights["e-PBB"].state is State.UP
    assert (lights["e-BPHTB"].state, lights["e-BPHTB"].stale_at) == (State.PAUSED, None)


def test_a_check_without_a_result_is_unknown_and_grows_stale(pendapatan, application, check):
    pbb = application(pendapatan, "e-PBB")
    check(pbb, None, interval=60, updated_at=ago(minutes=1))
    (light,) = queries.application_lights()
    assert (light.state, light.as_of, light.since) == (State.UNKNOWN, None, None)
    assert light.stale_at == ago(minutes=1) + timedelta(seconds=120)
    assert why(light) == "Halaman: Tidak diawasi pada waktu itu"


def test_retired_checks_and_applications_have_no_light(pendapatan, application, check):
    pbb, old = application(pendapatan, "e-PBB"), application(pendapatan, "Lama", retired_at=NOON)
    check(pbb, State.DOWN, retired_at=NOON)
    check(old, State.DOWN)
    assert queries.application_lights() == []
    assert queries.application_light(old.pk) is None
    assert queries.agency_lights(TODAY) == []
    assert queries.freshness() == []


def test_an_agency_names_its_most_critical_trouble(pendapatan, application, check):
    minor = application(pendapatan, "Pajak", criticality=3)
    major = application(pendapatan, "e-PBB", criticality=1)
    fine = application(pendapatan, "e-BPHTB", criticality=1)
    check(minor, State.DOWN, code=56, since=ago(hours=3))
    check(major, State.DOWN, code=503, since=ago(minutes=5))
    check(fine, State.UP)
    (light,) = queries.agency_lights(TODAY)
    assert (light.id, light.name) == (pendapatan.pk, "Badan Pendapatan Daerah")
    assert why(light) == "e-PBB: Menjawab dengan status HTTP 503 (dan 1 aplikasi lain)"
    assert (light.state, light.since) == (State.DOWN, ago(hours=3))
    assert (light.counts[State.DOWN], light.counts[State.UP]) == (2, 1)


def test_an_agency_that_runs_says_so_since_the_last_recovery(pendapatan, application, check):
    for name, days in (("e-PBB", 9), ("e-BPHTB", 2)):
        check(application(pendapatan, name), State.UP, since=ago(days=days))
    (light,) = queries.agency_lights(TODAY)
    assert (light.state, light.since) == (State.UP, ago(days=2))
    assert why(light) == "Semua aplikasi berjalan (2)"


def test_the_reason_speaks_the_readers_language_when_shown(pendapatan, application, check):
    check(application(pendapatan, "e-PBB"), State.DOWN, code=503)
    (light,) = queries.agency_lights(TODAY)
    with translation.override("en"):
        assert "503" in str(light.values["reason"])
    assert str(light.values["reason"]) == "Menjawab dengan status HTTP 503"


def test_a_closed_agency_has_no_tile(application, check, db):
    closed = an_agency("9.99.0.00.0.00.01.0000", "Dinas Lama", status="closed")
    check(application(closed, "Arsip"), State.DOWN)
    assert queries.agency_lights(TODAY) == []


def test_data_are_fresh_until_the_first_check_is_two_intervals_old(pendapatan, application, check):
    pbb = application(pendapatan, "e-PBB")
    check(pbb, State.UP, last_at=ago(seconds=10), interval=60)
    check(pbb, State.UP, name="Basis data", last_at=ago(seconds=50), interval=30)
    (fresh,) = queries.freshness()
    assert fresh.as_of == ago(seconds=10)
    assert fresh.stale_at == ago(seconds=50) + timedelta(seconds=60)
    assert fresh.old_from == ago(seconds=50)
    (light,) = queries.agency_lights(TODAY)
    assert (light.as_of, light.stale_at) == (fresh.as_of, fresh.stale_at)


def test_ten_thousand_checks_take_a_few_statements_and_little_time(
    pendapatan, pendidikan, django_assert_max_num_queries
):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO monitoring_application (agency_id, name, slug, serves, address,"
            " criticality, hours, weekly, personal_data, vendor, integration, decision,"
            " decision_why, public, version, created_at, updated_at)"
            " SELECT CASE WHEN n %% 2 = 0 THEN %s ELSE %s END, 'Aplikasi ' || n, 'a-' || n, '', '',"
            " 2, 'always', '[]', 'none', '', '', 'undecided', '', true, 1, now(), now()"
            " FROM generate_series(1, 100) n",
            [pendapatan.pk, pendidikan.pk],
        )
        cursor.execute(
            "INSERT INTO monitoring_check (application_id, kind, name, spec, interval, timeout,"
            " confirmations, recheck, counts, enabled, public, version, created_at, updated_at)"
            " SELECT a.id, 'http', 'Halaman ' || n, '{}', 60, 10, 2, 5, true, true, true, 1, now(),"
            " now() FROM monitoring_application a, generate_series(1, 100) n"
        )
        cursor.execute(
            "INSERT INTO monitoring_checkstate (check_id, state, code, detail, since, last_at,"
            " last_code, failing, memory) SELECT id, 1 + 2 * (id %% 997 = 0)::int, 200, '', now(),"
            " now(), 200, 0, '{}' FROM monitoring_check",
            [],
        )
    with django_assert_max_num_queries(3):
        began = time.perf_counter()
        lights, fresh = queries.agency_lights(TODAY), queries.freshness()
        took = time.perf_counter() - began
    assert sum(light.counts[State.DOWN] for light in lights) == 10
    assert len(fresh) == 2
    assert took < 1.0  # ten times what it takes on an idle machine
