"""Lists, days and months: exact counts, inside the reader's scope only."""

from datetime import date, timedelta

import pytest

from kawal.kernel.refusals import NotThere
from kawal.monitoring import queries
from kawal.monitoring.facts import EventKind, IncidentState, Severity, State
from kawal.monitoring.models import IncidentEvent, Transition
from kawal.monitoring.overviews import ApplicationFilter, CheckFilter, IncidentFilter
from kawal.monitoring.tests.desk.conftest import NOON, TODAY, a_person, ago
from kawal.regions.facts import Scope
from kawal.ui.jinja import said

ALL = Scope(everything=True)


def names(page):
    return [row.facts.name for row in page]


def test_the_inventory_shows_the_worst_first_and_counts(pendapatan, application, check, incident):
    pbb, pajak = application(pendapatan, "e-PBB"), application(pendapatan, "Pajak")
    application(pendapatan, "Tanpa pengawasan")
    check(pajak, State.UP)
    check(pbb, State.DOWN)
    check(pbb, State.UP, name="Basis data")
    incident(pbb)
    page = queries.applications(ApplicationFilter(), ALL)
    rows = [(row.facts.name, row.state, row.checks, row.open_incidents) for row in page]
    assert rows == [
        ("e-PBB", State.DOWN, 2, 1),
        ("Pajak", State.UP, 1, 0),
        ("Tanpa pengawasan", None, 0, 0),
    ]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (ApplicationFilter(text="pajak"), ["e-PBB", "Pajak"]),
        (ApplicationFilter(state=State.DOWN), ["e-PBB"]),
        (ApplicationFilter(sort="-name"), ["Pajak", "e-Rapor", "e-PBB"]),
        (ApplicationFilter(sort="criticality"), ["e-PBB", "e-Rapor", "Pajak"]),
        (ApplicationFilter(decision="keep"), ["e-Rapor"]),
        (ApplicationFilter(retired=True), ["Lama"]),
        (ApplicationFilter(text="tidak ada"), []),
    ],
)
def test_the_inventory_is_filtered_and_sorted(
    pendapatan, pendidikan, application, check, asked, expected
):
    pbb = application(pendapatan, "e-PBB", criticality=1, serves="Tagihan pajak bumi")
    application(pendapatan, "Pajak", criticality=4)
    application(pendidikan, "e-Rapor", criticality=2, decision="keep", decision_why="Dipakai")
    application(pendidikan, "Lama", retired_at=NOON)
    check(pbb, State.DOWN)
    assert names(queries.applications(asked, ALL)) == expected


def test_the_inventory_stays_inside_the_scope(pendapatan, pendidikan, application):
    application(pendapatan, "e-PBB")
    rapor = application(pendidikan, "e-Rapor")
    mine = Scope(agency_ids=frozenset({pendidikan.pk}))
    assert names(queries.applications(ApplicationFilter(), mine)) == ["e-Rapor"]
    assert queries.application_names(mine) == [(rapor.pk, "e-Rapor")]
    other = Scope(agency_ids=frozenset({pendapatan.pk}))
    with pytest.raises(NotThere):
        queries.application(rapor.pk, other)
    assert names(queries.applications(ApplicationFilter(), Scope())) == []


def test_a_page_holds_25_and_a_page_too_far_is_the_last(pendapatan, application):
    for number in range(27):
        application(pendapatan, f"Aplikasi {number:02}")
    page = queries.applications(ApplicationFilter(sort="name"), ALL, page=9)
    assert (names(page), page.number) == (["Aplikasi 25", "Aplikasi 26"], 2)


def test_checks_in_trouble_come_first_and_are_filtered(pendapatan, application, check):
    pbb = application(pendapatan, "e-PBB")
    check(pbb, State.UP, name="Halaman")
    check(pbb, State.DOWN, name="Basis data")
    check(pbb, None, name="Baru")
    check(pbb, State.DOWN, name="Dijeda", enabled=False)
    page = queries.checks(CheckFilter(), ALL)
    assert [(one.name, one.state) for one in page] == [
        ("Basis data", State.DOWN),
        ("Baru", State.UNKNOWN),
        ("Halaman", State.UP),
        ("Dijeda", State.PAUSED),
    ]
    only = {
        state: [one.name for one in queries.checks(CheckFilter(state=state), ALL)]
        for state in State
    }
    assert only == {
        State.UNKNOWN: ["Baru"],
        State.UP: ["Halaman"],
        State.WARN: [],
        State.DOWN: ["Basis data"],
        State.PAUSED: ["Dijeda"],
    }
    assert queries.checks(CheckFilter(sort="-name"), ALL)[0].name == "Halaman"


def test_incidents_put_what_nobody_took_first(pendapatan, application, incident):
    pbb = application(pendapatan, "e-PBB")
    siti = a_person("Siti")
    taken = {"acknowledged_at": ago(minutes=5), "acknowledged_by_id": siti}
    incident(pbb, "Kecil", severity=Severity.LOW)
    incident(pbb, "Besar", severity=Severity.CRITICAL)
    incident(pbb, "Ditangani", state=IncidentState.ACKNOWLEDGED, **taken)
    for title, days in (("Dulu", 9), ("Kemarin", 1)):
        ended = {"state": IncidentState.RESOLVED, "resolved_at": ago(days=days - 0.5)}
        incident(pbb, title, severity=Severity.CRITICAL, opened_at=ago(days=days), **ended)
    titles = [one.title for one in queries.incidents(IncidentFilter(), ALL)]
    assert titles == ["Besar", "Kecil", "Ditangani", "Kemarin", "Dulu"]
    unresolved = queries.incidents(IncidentFilter(state="unresolved", sort="opened"), ALL)
    assert {one.title for one in unresolved} == {"Besar", "Kecil", "Ditangani"}
    assert [one.title for one in queries.open_incidents(ALL)] == ["Besar", "Ditangani", "Kecil"]
    with pytest.raises(NotThere):
        queries.incident(unresolved[0].id, Scope(agency_ids=frozenset({pendapatan.pk + 1})))


def test_the_feed_names_no_person_and_tells_nothing_twice(pendapatan, application, check, incident):
    pbb = application(pendapatan, "e-PBB")
    page, data = check(pbb, State.DOWN), check(pbb, State.WARN, name="Basis data")
    row = incident(pbb, "Halaman mati", check_row=page, opened_at=ago(minutes=9))
    for one, at, new in ((page, ago(minutes=9), State.DOWN), (data, ago(minutes=7), State.WARN)):
        Transition.objects.create(
            check_row=one, at=at, old=State.UP, new=new, code=606, noted_at=at
        )
    siti = a_person("Siti Rahmawati")
    for kind, minutes in ((EventKind.ACKNOWLEDGED, 6), (EventKind.COMMENTED, 5)):
        IncidentEvent.objects.create(
            incident=row, at=ago(minutes=minutes), kind=kind, by_id=siti, text="Telepon 0812"
        )
    feed = queries.latest_events(10)
    assert [(said(one.what), one.state) for one in feed] == [
        ("Catatan", State.WARN),
        ("Diterima untuk ditangani setelah 3 menit", State.WARN),
        ("Basis data: Menjawab terlalu lambat", State.WARN),
        ("Insiden dibuka: Halaman mati", State.DOWN),
    ]
    assert [one.incident_id for one in feed] == [row.pk, row.pk, None, row.pk]
    assert len(queries.latest_events(2)) == 2


def test_the_day_is_counted_in_the_citys_own_hours(pendapatan, application, incident):
    pbb = application(pendapatan, "e-PBB")
    siti = a_person("Siti")
    midnight = NOON - timedelta(hours=12)  # 00.00 WIB
    taken = {"acknowledged_by_id": siti, "state": IncidentState.RESOLVED}
    for opened, taken_at, ended in ((1, 61, 3600), (100, 400, 500), (200, 210, 900)):
        incident(
            pbb,
            opened_at=midnight + timedelta(seconds=opened),
            acknowledged_at=midnight + timedelta(seconds=taken_at),
            resolved_at=midnight + timedelta(seconds=ended),
            **taken,
        )
    incident(pbb, opened_at=midnight - timedelta(seconds=1))
    day = queries.day_summary(TODAY, NOON)
    assert (day.opened, day.acknowledged, day.resolved, day.open_now) == (3, 3, 3, 1)
    assert day.to_acknowledge == 60.0
    empty = queries.day_summary(TODAY - timedelta(days=9), NOON)
    assert (empty.opened, empty.to_acknowledge, empty.as_of) == (0, None, None)


def test_an_agencys_month_has_its_own_incidents_only(pendapatan, pendidikan, application, incident):
    pbb, rapor = application(pendapatan, "e-PBB"), application(pendidikan, "e-Rapor")
    taken = {"acknowledged_by_id": a_person("Siti"), "state": IncidentState.RESOLVED}
    incident(
        pbb,
        opened_at=ago(days=3),
        acknowledged_at=ago(days=3) + timedelta(minutes=4),
        resolved_at=ago(days=2),
        **taken,
    )
    incident(pbb, opened_at=ago(days=1))
    incident(pbb, opened_at=ago(days=40))
    incident(rapor)
    month = queries.agency_month(pendapatan.pk, TODAY, NOON)
    assert (month.month, month.opened, month.resolved, month.still_open) == (
        date(2026, 11, 1),
        2,
        1,
        1,
    )
    assert (month.to_acknowledge, month.to_resolve) == (240.0, 86_400.0)
