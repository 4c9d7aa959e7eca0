"""Incidents are opened, taken, given, ended and opened again; refused, nothing moves."""

import psycopg
import pytest
from django.db import connection

from kawal.kernel.refusals import NotThere, Refused
from kawal.monitoring import actions, queries
from kawal.monitoring.facts import EventKind, IncidentState, Severity, State
from kawal.monitoring.models import Incident
from kawal.monitoring.tests.desk.conftest import NOON, leaves, told
from kawal.regions.facts import Role, Scope

ALL = Scope(everything=True)


@pytest.fixture
def pbb(pendapatan, application):
    return application(pendapatan, "e-PBB", public=True)


def codes(error):
    return [reason.code for reason in error.value.reasons]


def opened(pbb, actor, **changes):
    values = {"title": "Tidak bisa bayar", "severity": Severity.CRITICAL}
    return actions.open_incident(pbb.pk, actor=actor, **(values | changes))


def test_opening_by_hand_tells_the_operators_and_the_public_log(pbb, lina, agus, joko):
    incident = opened(pbb, lina, text="Bank melapor")
    assert (incident.state, incident.opened_by_id, incident.check_id) == (
        IncidentState.OPEN,
        lina.person_id,
        None,
    )
    (event,) = queries.timeline(incident.id)
    assert (event.kind, event.by_id, event.text) == (
        EventKind.OPENED,
        lina.person_id,
        "Bank melapor",
    )
    assert told() == [("incident.opened", {lina.person_id, agus.person_id})]
    (leaf,) = leaves("incident.opened")
    assert leaf["facts"] == {
        "application": pbb.pk,
        "agency_code": "5.02.0.00.0.00.02.0000",
        "name": "e-PBB",
        "incident": incident.id,
        "severity": 1,
        "opened_at": "2026-11-24T05:00:00.000000Z",
        "by_checks": False,
    }


def test_an_application_kept_from_the_public_is_not_named_in_the_log(pendapatan, application, lina):
    opened(application(pendapatan, "SP2D Daring"), lina)
    (leaf,) = leaves("incident.opened")
    assert "name" not in leaf["facts"]


def test_an_officer_of_another_agency_moves_nothing(pbb, lina, joko):
    incident = opened(pbb, lina)
    acts = [
        lambda: opened(pbb, joko),
        lambda: actions.acknowledge_incident(incident.id, actor=joko),
        lambda: actions.assign_incident(incident.id, joko.person_id, actor=joko),
        lambda: actions.comment_incident(incident.id, text="Halo semua", actor=joko),
        lambda: actions.resolve_incident(incident.id, cause="Sudah baik", actor=joko),
        lambda: actions.reopen_incident(incident.id, why="Belum baik", actor=joko),
    ]
    before = (queries.incident(incident.id, ALL), queries.timeline(incident.id), len(leaves()))
    for act in acts:
        with pytest.raises(Refused) as refused:
            act()
        assert codes(refused) == ["regions.not_permitted"]
    after = (queries.incident(incident.id, ALL), queries.timeline(incident.id), len(leaves()))
    assert after == before


def test_an_auditor_reads_and_does_nothing(pbb, lina, auditor):
    incident = opened(pbb, lina)
    with pytest.raises(Refused):
        actions.acknowledge_incident(incident.id, actor=auditor)


def test_taking_says_who_and_in_which_role(pbb, lina, agus):
    incident = opened(pbb, lina)
    taken = actions.acknowledge_incident(incident.id, actor=agus)
    assert (taken.state, taken.acknowledged_by_id, taken.assignee_id, taken.acknowledged_at) == (
        IncidentState.ACKNOWLEDGED,
        agus.person_id,
        agus.person_id,
        NOON,
    )
    (leaf,) = leaves("incident.acknowledged")
    assert leaf["facts"]["role"] == "OPERATOR_PUSAT_KENDALI"
    assert [topic for topic, _ in told()] == ["incident.opened", "incident.acknowledged"]
    with pytest.raises(Refused) as refused:
        actions.acknowledge_incident(incident.id, actor=lina)
    assert codes(refused) == ["incident.taken"]
    assert queries.incident(incident.id, ALL).assignee_id == agus.person_id


def test_it_is_given_only_to_who_may_act_on_it_and_he_is_told(pbb, lina, agus, joko):
    incident = opened(pbb, lina)
    with pytest.raises(Refused) as refused:
        actions.assign_incident(incident.id, joko.person_id, actor=agus)
    assert codes(refused) == ["incident.assignee_not_permitted"]
    given = actions.assign_incident(incident.id, lina.person_id, text="Tolong", actor=agus)
    assert (given.assignee_id, given.state) == (lina.person_id, IncidentState.OPEN)
    assert told()[-1] == ("incident.assigned", {lina.person_id})
    assert queries.timeline(incident.id)[-1].person_id == lina.person_id
    taken = actions.acknowledge_incident(incident.id, actor=agus)
    assert taken.assignee_id == lina.person_id


def test_a_failing_check_keeps_it_open(pbb, check, incident, lina):
    row = incident(pbb, check_row=check(pbb, State.DOWN))
    with pytest.raises(Refused) as refused:
        actions.resolve_incident(row.pk, cause="Cakram penuh", actor=lina)
    assert codes(refused) == ["incident.still_failing"]
    assert queries.incident(row.pk, ALL).state is IncidentState.OPEN
    assert leaves("incident.resolved") == []


def test_it_ends_with_its_cause_and_is_opened_again_for_nobody(pbb, lina, agus):
    incident = actions.acknowledge_incident(opened(pbb, lina).id, actor=lina)
    ended = actions.resolve_incident(incident.id, cause="Cakram penuh", actor=lina)
    assert (ended.state, ended.cause, ended.resolved_by_id, ended.automatic) == (
        IncidentState.RESOLVED,
        "Cakram penuh",
        lina.person_id,
        False,
    )
    again = actions.reopen_incident(incident.id, why="Mati lagi", actor=agus)
    assert (again.state, again.reopened, again.acknowledged_at, again.resolved_at) == (
        IncidentState.OPEN,
        1,
        None,
        None,
    )
    kinds = [event.kind for event in queries.timeline(incident.id)]
    assert kinds == [
        EventKind.OPENED,
        EventKind.ACKNOWLEDGED,
        EventKind.RESOLVED,
        EventKind.REOPENED,
    ]
    assert [topic for topic, _ in told()] == [
        "incident.opened",
        "incident.acknowledged",
        "incident.resolved",
        "incident.opened",
    ]
    published = sorted(str(leaf["kind"]) for leaf in leaves())
    assert published == [
        "incident.acknowledged",
        "incident.opened",
        "incident.reopened",
        "incident.resolved",
    ]


def test_the_budget_user_above_a_unit_may_act_and_its_operators_hear(
    appoint, pendidikan, sekolah, application, agus
):
    siti = appoint("Siti Rahmawati", Role.PA, pendidikan)
    joko = appoint("Joko Prasetyo", Role.OPERATOR_OPD, pendidikan)
    incident = opened(application(sekolah, "e-Rapor"), siti)
    assert incident.agency_id == sekolah.pk
    assert told() == [("incident.opened", {joko.person_id, agus.person_id})]


def test_what_is_not_there_is_not_there(lina):
    with pytest.raises(NotThere):
        actions.acknowledge_incident(4711, actor=lina)


def test_the_officer_in_charge_hears_too(pendapatan, application, appoint, lina):
    budi = appoint("Budi Santoso", Role.KPA, pendapatan)
    opened(application(pendapatan, "e-PBB", officer_id=budi.person_id), lina)
    assert told() == [("incident.opened", {budi.person_id, lina.person_id})]


@pytest.mark.django_db(transaction=True)
def test_the_screens_are_told_when_it_is_committed(pbb, lina):
    parameters = connection.get_connection_params()
    wanted = {key: parameters[key] for key in ("dbname", "user", "password", "host", "port")}
    with psycopg.connect(**wanted, autocommit=True) as line:
        line.execute("LISTEN kawal_live")
        opened(pbb, lina)
        heard = [one.payload for one in line.notifies(timeout=5, stop_after=1)]
    assert heard == ["monitoring"]


def test_each_step_raises_the_version(pbb, lina):
    incident = opened(pbb, lina, severity=Severity.LOW)
    actions.comment_incident(incident.id, text="Vendor dihubungi", actor=lina)
    actions.acknowledge_incident(incident.id, actor=lina)
    assert Incident.objects.get(pk=incident.id).version == 3
