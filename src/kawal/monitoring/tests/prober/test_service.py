"""The whole prober against real servers and the real database."""

import time

import pytest
from django.db import connection

from kawal.messages.models import Delivery, Message
from kawal.monitoring.codes import Code
from kawal.monitoring.facts import State
from kawal.monitoring.models import Check, Incident, IncidentEvent
from kawal.monitoring.tests.desk.conftest import leaves
from kawal.monitoring.tests.prober.conftest import Site, rows, until
from kawal.monitoring.tests.servers import serving
from kawal.regions.facts import Role

UP, WARN, DOWN, UNKNOWN, PAUSED = (
    State.UP, State.WARN, State.DOWN, State.UNKNOWN, State.PAUSED,
)  # fmt: skip


def test_an_outage_is_found_told_and_ended(world, appoint):
    lina = appoint("Lina Tarigan", Role.OPERATOR_OPD, world.agency)
    agus = appoint("Agus Nasution", Role.OPERATOR_PUSAT_KENDALI)
    site = Site()
    with serving(site) as port, world.prober():
        check = world.check(world.application(public=True), port)
        announce()
        world.wait(check, UP)
        site.break_down()
        world.wait(check, DOWN)
        incident = until(lambda: Incident.objects.filter(check_row=check).first())
        assert (incident.state, incident.severity, incident.automatic) == ("open", 3, False)
        site.mend()
        world.wait(check, UP)
        incident.refresh_from_db()
    assert (incident.state, incident.automatic) == ("resolved", True)
    assert world.transitions(check) == [
        (PAUSED, UNKNOWN, Code.WAITING),
        (UNKNOWN, UP, 200),
        (UP, DOWN, 503),
        (DOWN, UP, 200),
    ]
    down, up = rows(
        "SELECT at FROM monitoring_transition WHERE check_id = %s ORDER BY at OFFSET 2", check.pk
    )
    assert (incident.opened_at, incident.resolved_at) == (down[0], up[0])
    kinds = list(IncidentEvent.objects.order_by("pk").values_list("kind", "code"))
    assert kinds == [("opened", 503), ("resolved", 200)]
    assert [leaf["facts"]["by_checks"] for leaf in leaves("incident.opened")] == [True]
    assert len(leaves("incident.resolved")) == 1
    posted = list(Message.objects.order_by("pk").values_list("topic", flat=True))
    assert posted == ["incident.opened", "incident.resolved"]
    told = set(Delivery.objects.filter(message__topic="incident.opened").values_list("person_id"))
    assert told == {(lina.person_id,), (agus.person_id,)}


def announce():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify('kawal_live', 'monitoring')")


def test_every_result_is_kept_with_its_phases(world):
    with serving(Site()) as port, world.prober():
        check = world.check(world.application(), port)
        announce()
        until(lambda: rows("SELECT count(*) FROM monitoring_result") >= [(3,)])
    found = rows(
        "SELECT state, code, ms > 0, connect >= 0, first > 0 FROM monitoring_result"
        " WHERE check_id = %s", check.pk,
    )  # fmt: skip
    assert set(found) == {(UP, 200, True, True, True)}


@pytest.mark.long
def test_a_failure_that_is_not_confirmed_changes_nothing(world):
    site = Site()
    with serving(site) as port, world.prober():
        check = world.check(world.application(), port, confirmations=3)
        announce()
        world.wait(check, UP)
        site.break_down()
        until(lambda: rows("SELECT 1 FROM monitoring_result WHERE state = 3"))
        site.mend()
        asked = site.asked
        until(lambda: site.asked >= asked + 2)
    assert [new for _, new, _ in world.transitions(check)] == [UNKNOWN, UP]
    assert not Incident.objects.exists()


@pytest.mark.long
def test_two_failing_checks_are_one_incident_that_ends_with_both(world):
    one, two = Site(), Site()
    with serving(one) as first, serving(two) as second, world.prober():
        application = world.application()
        a = world.check(application, first)
        b = world.check(application, second, name="Antarmuka")
        announce()
        world.wait(a, UP)
        world.wait(b, UP)
        one.break_down()
        world.wait(a, DOWN)
        two.break_down()
        world.wait(b, DOWN)
        one.mend()
        world.wait(a, UP)
        assert Incident.objects.get().state == "open"
        two.mend()
        world.wait(b, UP)
    incident = Incident.objects.get()
    assert incident.state == "resolved"
    kinds = [event.kind for event in incident.events.order_by("pk")]
    assert kinds == ["opened", "worsened", "resolved"]


@pytest.mark.long
def test_the_same_failure_soon_after_reopens_its_incident(world):
    site = Site()
    with serving(site) as port, world.prober():
        check = world.check(world.application(), port)
        announce()
        world.wait(check, UP)
        for _ in range(2):
            site.break_down()
            world.wait(check, DOWN)
            site.mend()
            world.wait(check, UP)
    incident = Incident.objects.get()
    assert (incident.state, incident.reopened) == ("resolved", 1)
    kinds = [event.kind for event in incident.events.order_by("pk")]
    assert kinds == ["opened", "resolved", "reopened", "resolved"]


def test_pausing_amending_and_retiring_take_effect_without_a_restart(world):
    site, other = Site(), Site()
    with serving(site) as port, serving(other) as elsewhere, world.prober():
        check = world.check(world.application(), port)
        announce()
        world.wait(check, UP)
        change(check, enabled=False)
        world.wait(check, PAUSED)
        asked = site.asked
        change(check, enabled=True, spec={"url": f"http://127.0.0.1:{elsewhere}/"})
        world.wait(check, UP)
        assert (site.asked, other.asked >= 1) == (asked, True)
        change(check, retired_at=check.created_at)
        world.wait(check, PAUSED)
    codes = [code for _, _, code in world.transitions(check)]
    assert codes == [Code.WAITING, 200, Code.PAUSED, Code.RESUMED, 200, Code.PAUSED]


def change(check, **values):
    check.refresh_from_db()
    Check.objects.filter(pk=check.pk).update(version=check.version + 1, **values)
    announce()


def test_what_was_missed_while_nobody_watched_is_unknown(world):
    with serving(Site()) as port:
        check = world.check(world.application(), port)
        with world.prober():
            world.wait(check, UP)
        (alive,) = rows("SELECT alive_at FROM monitoring_watcher WHERE name = 'prober'")[0]
        time.sleep(4.5)
        with world.prober():
            until(lambda: len(world.transitions(check)) == 4)
    assert [(new, code) for _, new, code in world.transitions(check)] == [
        (UNKNOWN, Code.WAITING), (UP, 200), (UNKNOWN, Code.NOT_WATCHED), (UP, 200),
    ]  # fmt: skip
    (since,) = rows("SELECT at FROM monitoring_transition WHERE code = %s", int(Code.NOT_WATCHED))[
        0
    ]
    assert abs((since - alive).total_seconds()) < 1.5


@pytest.mark.long
def test_an_address_inside_is_unknown_until_it_is_allowed(world):
    from kawal.monitoring.models import AllowedNetwork

    AllowedNetwork.objects.all().delete()
    site = Site()
    with serving(site) as port, world.prober():
        check = world.check(world.application(), port)
        announce()
        until(lambda: rows("SELECT 1 FROM monitoring_result WHERE code = 12"))
        assert site.asked == 0
        AllowedNetwork.objects.create(
            network="127.0.0.1/32", first_port=port, last_port=port, why="uji",
            at=check.created_at,
        )  # fmt: skip
        announce()
        world.wait(check, UP)


@pytest.mark.long
def test_a_second_prober_waits_for_the_first(world):
    with serving(Site()) as port:
        check = world.check(world.application(), port)
        with world.prober() as first:
            world.wait(check, UP)
            with world.prober() as second:
                time.sleep(1)
                assert (first.engine.done > 0, second.engine.done) == (True, 0)


@pytest.mark.parametrize("spec", [{}, {"url": "file:///etc/passwd"}, {"url": 7}])
def test_a_spec_that_cannot_be_read_stops_nobody_else(world, spec):
    with serving(Site()) as port:
        application = world.application()
        bad = world.check(application, name="Rusak", spec=spec)
        good = world.check(application, port)
        with world.prober():
            world.wait(good, UP)
            until(lambda: world.transitions(bad))
    assert world.transitions(bad) == [(PAUSED, UNKNOWN, Code.BAD_SPEC)]
