"""The inventory is kept by its owners, decided in public, and forgets nothing."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from kawal.kernel.refusals import Refused, StaleDraft
from kawal.monitoring import actions, queries
from kawal.monitoring.actions.inventory import draft_of
from kawal.monitoring.drafts import ApplicationDraft
from kawal.monitoring.facts import Criticality, Decision, ServiceHours, State
from kawal.monitoring.models import Application, Check
from kawal.monitoring.tests.desk.conftest import NOON, TODAY, leaves
from kawal.regions.facts import Role, Scope

ALL = Scope(everything=True)


def codes(error):
    return sorted((reason.code, reason.at) for reason in error.value.reasons)


@pytest.fixture
def draft(pendapatan):
    return ApplicationDraft(
        agency_id=pendapatan.pk,
        name=" e-PBB ",
        serves="Tagihan PBB-P2",
        users=31_200,
        users_on=TODAY,
        criticality=Criticality.CRITICAL,
        cost=Decimal("180000000.00"),
        public=True,
    )


def test_registering_is_public_and_leaves_its_trace(draft, lina, pendapatan):
    made = actions.register_application(draft, actor=lina)
    assert (made.name, made.slug, made.cost, made.version) == (
        "e-PBB",
        "e-pbb",
        Decimal("180000000.00"),
        1,
    )
    (change,) = queries.changes_of(made.id)
    assert (change.by_id, change.changes["name"], change.changes["cost"]) == (
        lina.person_id,
        (None, "e-PBB"),
        (None, "180000000.00"),
    )
    (leaf,) = leaves("application.registered")
    assert leaf["facts"] == {
        "application": made.id,
        "agency_code": "5.02.0.00.0.00.02.0000",
        "name": "e-PBB",
        "criticality": 1,
    }


def test_the_same_name_elsewhere_gets_another_address(draft, lina, joko, pendidikan):
    actions.register_application(draft, actor=lina)
    other = actions.register_application(replace(draft, agency_id=pendidikan.pk), actor=joko)
    assert other.slug == "e-pbb-2"


def test_an_operator_enters_nothing_for_another_agency(draft, joko):
    with pytest.raises(Refused) as refused:
        actions.register_application(draft, actor=joko)
    assert codes(refused) == [("regions.not_permitted", "")]
    assert not Application.objects.exists()
    assert leaves() == []


def test_every_reason_is_told_at_once(draft, lina):
    wrong = replace(
        draft,
        name=" ",
        users_on=TODAY + timedelta(days=1),
        cost=Decimal(-1),
        spbe=48,
        hours=ServiceHours.OWN,
        weekly=(),
        last_data_at=NOON + timedelta(seconds=1),
        officer_id=lina.person_id + 999,
    )
    with pytest.raises(Refused) as refused:
        actions.register_application(wrong, actor=lina)
    assert codes(refused) == [
        ("application.cost", "cost"),
        ("application.future", "last_data_at"),
        ("application.future", "users_on"),
        ("application.no_name", "name"),
        ("application.officer", "officer"),
        ("application.spbe", "spbe"),
        ("application.weekly", "weekly"),
        ("application.weekly", "weekly"),
    ]


@pytest.mark.parametrize(
    ("day", "sound"),
    [
        ((("08:00", "12:00"), ("13:00", "16:00")), True),
        ((("20:00", "24:00"),), True),
        ((("08:00", "12:00"), ("11:00", "16:00")), False),
        ((("16:00", "08:00"),), False),
        ((("8:00", "16:00"),), False),
        ((("08:00", "24:30"),), False),
    ],
)
def test_hours_of_its_own_are_clock_times_in_order(draft, lina, day, sound):
    own = replace(draft, hours=ServiceHours.OWN, weekly=(day, (), (), (), (), (), ()))
    if sound:
        assert actions.register_application(own, actor=lina).weekly[0] == day
    else:
        with pytest.raises(Refused) as refused:
            actions.register_application(own, actor=lina)
        assert codes(refused) == [("application.weekly", "weekly")]


def test_the_second_saver_sees_both(draft, lina, agus):
    made = actions.register_application(draft, actor=lina)
    mine = replace(draft_of(made), serves="Tagihan dan pembayaran")
    actions.amend_application(made.id, mine, read=1, actor=lina)
    with pytest.raises(StaleDraft) as stale:
        actions.amend_application(made.id, replace(mine, users=5), read=1, actor=agus)
    assert (stale.value.read, stale.value.current) == (1, 2)
    assert stale.value.theirs["serves"] == "Tagihan dan pembayaran"
    now = queries.application(made.id, ALL)
    assert (now.users, now.version) == (31_200, 2)
    assert len(queries.changes_of(made.id)) == 2


def test_saving_without_a_change_changes_nothing(draft, lina):
    made = actions.register_application(draft, actor=lina)
    again = actions.amend_application(made.id, draft_of(made), read=1, actor=lina)
    assert again == made
    assert len(queries.changes_of(made.id)) == 1


def test_an_application_moves_only_between_agencies_of_the_actor(draft, lina, agus, pendidikan):
    made = actions.register_application(draft, actor=lina)
    moved = replace(draft_of(made), agency_id=pendidikan.pk)
    with pytest.raises(Refused):
        actions.amend_application(made.id, moved, read=1, actor=lina)
    assert queries.application(made.id, ALL).agency_id == made.agency_id
    assert actions.amend_application(made.id, moved, read=1, actor=agus).agency_id == pendidikan.pk


def test_the_fate_of_an_application_is_decided_in_public(draft, lina, walikota, pendapatan):
    made = actions.register_application(draft, actor=lina)
    into = actions.register_application(replace(draft, name="Pajak Daerah"), actor=lina)
    why = "Satu pintu pembayaran"
    with pytest.raises(Refused):
        actions.decide_application(made.id, Decision.KEEP, why=why, actor=lina)
    decided = actions.decide_application(
        made.id, Decision.MERGE, why=why, merge_into_id=into.id, actor=walikota
    )
    assert (decided.decision, decided.decision_why, decided.merge_into_id) == (
        Decision.MERGE,
        why,
        into.id,
    )
    (leaf,) = leaves("application.decided")
    assert (leaf["facts"]["decision"], leaf["facts"]["why"], leaf["facts"]["merge_into"]) == (
        "merge",
        why,
        into.id,
    )
    with pytest.raises(Refused) as refused:
        actions.decide_application(
            into.id, Decision.MERGE, why="", merge_into_id=made.id, actor=walikota
        )
    assert codes(refused) == [
        ("application.no_why", "why"),
        ("application.target_ends", "merge_into"),
    ]
    kept = actions.decide_application(made.id, Decision.KEEP, why="Tetap", actor=walikota)
    assert kept.merge_into_id is None


def test_it_is_retired_after_a_decision_and_takes_its_checks_along(
    draft, lina, sekda, check, incident
):
    made = actions.register_application(draft, actor=lina)
    row = Application.objects.get(pk=made.id)
    check(row, State.UP)
    trouble = incident(row)
    with pytest.raises(Refused) as refused:
        actions.retire_application(made.id, why="Sudah diganti", actor=sekda)
    assert codes(refused) == [
        ("application.has_incidents", ""),
        ("application.not_decided", ""),
    ]
    assert Check.objects.filter(retired_at=None).count() == 1
    actions.resolve_incident(trouble.pk, cause="Tidak dipakai lagi", actor=sekda)
    actions.decide_application(made.id, Decision.RETIRE, why="Diganti e-Pajak", actor=sekda)
    retired = actions.retire_application(made.id, why="Sudah diganti", actor=sekda)
    assert retired.retired_at == NOON
    assert not Check.objects.filter(retired_at=None).exists()
    assert leaves("application.retired")[0]["facts"]["why"] == "Sudah diganti"
    with pytest.raises(Refused):
        actions.amend_application(made.id, draft, read=retired.version, actor=sekda)


def test_the_officer_serves_in_the_agency_or_above(draft, lina, appoint, pendapatan, pendidikan):
    budi = appoint("Budi Santoso", Role.KPA, pendapatan)
    siti = appoint("Siti Rahmawati", Role.PA, pendidikan)
    made = actions.register_application(replace(draft, officer_id=budi.person_id), actor=lina)
    assert made.officer_id == budi.person_id
    with pytest.raises(Refused) as refused:
        actions.amend_application(
            made.id, replace(draft_of(made), officer_id=siti.person_id), read=1, actor=lina
        )
    assert codes(refused) == [("application.officer", "officer")]


def test_a_day_that_has_passed_is_kept_as_typed(draft, lina):
    made = actions.register_application(
        replace(draft, contract_ends=date(2026, 1, 31), last_login_on=TODAY), actor=lina
    )
    assert (made.contract_ends, made.last_login_on) == (date(2026, 1, 31), TODAY)
