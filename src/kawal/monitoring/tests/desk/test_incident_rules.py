"""Every reason against an act on an incident, and the severity that it starts with."""

from dataclasses import replace

import pytest

from kawal.monitoring import incident_rules as rules
from kawal.monitoring.facts import (
    ApplicationFacts,
    CheckFacts,
    Criticality,
    Decision,
    IncidentFacts,
    IncidentState,
    Kind,
    PersonalData,
    ServiceHours,
    Severity,
    State,
)
from kawal.monitoring.tests.desk.conftest import NOON

INCIDENT = IncidentFacts(
    id=1,
    application_id=1,
    application="e-PBB",
    agency_id=1,
    title="Halaman mati",
    severity=Severity.HIGH,
    state=IncidentState.OPEN,
    opened_at=NOON,
    check_id=7,
)
TAKEN = replace(INCIDENT, state=IncidentState.ACKNOWLEDGED, assignee_id=3)
ENDED = replace(INCIDENT, state=IncidentState.RESOLVED)
CHECK = CheckFacts(
    id=7,
    application_id=1,
    kind=Kind.HTTP,
    name="Halaman",
    spec={},
    interval=60,
    timeout=10,
    confirmations=2,
    recheck=5,
    counts=True,
    enabled=True,
    public=True,
    version=1,
    state=State.DOWN,
)


def application(**changes):
    values = {
        "id": 1,
        "agency_id": 1,
        "name": "e-PBB",
        "slug": "e-pbb",
        "officer_id": None,
        "serves": "",
        "users": None,
        "users_on": None,
        "address": "",
        "criticality": Criticality.HIGH,
        "hours": ServiceHours.ALWAYS,
        "weekly": (),
        "spbe": None,
        "personal_data": PersonalData.NONE,
        "vendor": "",
        "contract_ends": None,
        "cost": None,
        "last_login_on": None,
        "last_data_at": None,
        "integration": "",
        "decision": Decision.UNDECIDED,
        "merge_into_id": None,
        "decision_why": "",
        "public": False,
        "version": 1,
    }
    return ApplicationFacts(**(values | changes))


def codes(reasons):
    return [reason.code for reason in reasons]


@pytest.mark.parametrize(
    ("criticality", "users", "expected"),
    [
        (Criticality.CRITICAL, 10, Severity.CRITICAL),
        (Criticality.CRITICAL, 99_999, Severity.CRITICAL),
        (Criticality.MEDIUM, 4_999, Severity.MEDIUM),
        (Criticality.MEDIUM, 5_000, Severity.HIGH),
        (Criticality.LOW, None, Severity.LOW),
        (Criticality.LOW, 5_000, Severity.MEDIUM),
    ],
)
def test_many_users_make_it_one_step_worse(criticality, users, expected):
    assert rules.severity_of(criticality, users, 5_000) is expected


@pytest.mark.parametrize(
    ("incident", "expected"),
    [(INCIDENT, []), (TAKEN, ["incident.taken"]), (ENDED, ["incident.ended"])],
)
def test_only_what_nobody_took_is_taken(incident, expected):
    assert codes(rules.acknowledgement_refusals(incident)) == expected


@pytest.mark.parametrize(
    ("incident", "assignee", "may_respond", "expected"),
    [
        (TAKEN, 4, True, []),
        (TAKEN, 3, True, ["incident.same_assignee"]),
        (TAKEN, 4, False, ["incident.assignee_not_permitted"]),
        (ENDED, None, False, ["incident.ended", "incident.nobody"]),
    ],
)
def test_an_incident_is_given_to_who_may_act_on_it(incident, assignee, may_respond, expected):
    reasons = rules.assignment_refusals(incident, assignee, may_respond=may_respond)
    assert codes(reasons) == expected


def test_an_outage_is_not_ended_by_words():
    assert rules.resolution_refusals(TAKEN, "Cakram penuh", []) == []
    (reason,) = rules.resolution_refusals(TAKEN, "Cakram penuh", [CHECK])
    assert (reason.code, str(reason)) == ("incident.still_failing", "Masih gagal: Halaman.")
    for ignored in ({"counts": False}, {"enabled": False}, {"state": State.UP}):
        assert rules.resolution_refusals(TAKEN, "Cakram penuh", [replace(CHECK, **ignored)]) == []
    by_hand = replace(TAKEN, check_id=None)
    assert rules.resolution_refusals(by_hand, "Cakram penuh", [CHECK]) == []


def test_every_reason_against_an_ending_is_told_at_once():
    reasons = rules.resolution_refusals(ENDED, " ", [CHECK])
    assert codes(reasons) == ["incident.ended", "incident.no_text", "incident.still_failing"]
    (phone,) = rules.resolution_refusals(TAKEN, "Hubungi vendor 0812-3456-7890", [])
    assert (phone.code, phone.at) == ("personal.phone", "cause")


def test_an_ended_incident_is_opened_again_while_no_other_is():
    assert rules.reopening_refusals(ENDED, "Mati lagi", other_open=False) == []
    assert codes(rules.reopening_refusals(ENDED, "", other_open=True)) == [
        "incident.no_text",
        "incident.other_open",
    ]
    assert codes(rules.reopening_refusals(TAKEN, "Mati lagi", other_open=False)) == [
        "incident.not_ended"
    ]


def test_a_title_is_said_in_public():
    assert rules.opening_refusals("Tidak bisa bayar", application()) == []
    assert codes(rules.opening_refusals("Mati", application())) == ["incident.no_title"]
    assert codes(rules.opening_refusals("x" * 201, application(retired_at=NOON))) == [
        "incident.too_long",
        "incident.application_retired",
    ]
    assert codes(rules.opening_refusals("Data budi@mail.id bocor", application())) == [
        "personal.e-mail"
    ]
