"""Grants: refuse by default, reach, predicates, reading roles, one registration an act."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from kawal.kernel.refusals import Refused
from kawal.regions import permissions
from kawal.regions.facts import Acting, Actor, AppointmentFacts, Reach, Role, Scope

NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
PENDIDIKAN, SEKOLAH, KEUANGAN = 10, 11, 20


def holding(role: Role, agency_id: int | None, *covers: int, person: int = 1) -> Actor:
    appointment = AppointmentFacts(
        1,
        person,
        role,
        agency_id,
        Acting.DEFINITIVE,
        date(2026, 1, 1),
        None,
        frozenset(covers),
    )
    return Actor(person, person, (appointment,), NOON)


SITI = holding(Role.PA, PENDIDIKAN, PENDIDIKAN, SEKOLAH)
BUDI = holding(Role.KUASA_BUD, None)
DEWI = Actor(None, None, (), NOON)


@pytest.fixture(autouse=True)
def _registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(permissions, "_grants", {})
    permissions.grant("payments.sign", {Role.PA: Reach.OWN, Role.KUASA_BUD: Reach.ALL})
    yield


def test_own_reaches_the_agency_and_its_units_and_no_other():
    assert permissions.may(SITI, "payments.sign", PENDIDIKAN)
    assert permissions.may(SITI, "payments.sign", SEKOLAH)
    assert not permissions.may(SITI, "payments.sign", KEUANGAN)
    assert permissions.scope(SITI, "payments.sign") == Scope(False, frozenset({10, 11}))


def test_all_reaches_every_agency():
    assert permissions.may(BUDI, "payments.sign", KEUANGAN)
    assert permissions.scope(BUDI, "payments.sign") == Scope(everything=True)


def test_the_whole_city_is_asked_of_those_who_reach_all():
    assert permissions.may(BUDI, "payments.sign")
    assert not permissions.may(SITI, "payments.sign")


def test_nobody_signed_in_may_nothing():
    assert not permissions.may(DEWI, "payments.sign", PENDIDIKAN)
    assert not permissions.scope(DEWI, "payments.sign")


def test_require_refuses_with_a_reason():
    with pytest.raises(Refused) as refused:
        permissions.require(SITI, "payments.sign", KEUANGAN)
    assert [reason.code for reason in refused.value.reasons] == ["regions.not_permitted"]


def test_an_unknown_act_is_a_mistake_of_ours():
    with pytest.raises(LookupError, match=r"payments\.burn"):
        permissions.may(BUDI, "payments.burn")


def test_an_act_is_granted_once():
    with pytest.raises(ValueError, match="twice"):
        permissions.grant("payments.sign", {Role.PA: Reach.OWN})


def test_a_reading_role_gets_reading_acts_only():
    with pytest.raises(ValueError, match="AUDITOR, BPK may only read"):
        permissions.grant("payments.void", {Role.AUDITOR: Reach.ALL, Role.BPK: Reach.ALL})
    permissions.grant("payments.see_costs", {Role.AUDITOR: Reach.ALL})
    assert permissions.may(holding(Role.AUDITOR, None), "payments.see_costs", KEUANGAN)


def test_a_predicate_narrows_the_act_to_its_objects():
    permissions.grant(
        "payments.return",
        {Role.PA: Reach.OWN},
        only_if=lambda appointment, about: appointment.person_id != about,
    )
    assert permissions.may(SITI, "payments.return", PENDIDIKAN, about=2)
    assert not permissions.may(SITI, "payments.return", PENDIDIKAN, about=1)
    assert not permissions.may(SITI, "payments.return", PENDIDIKAN)


def test_one_act_reaches_far_for_some_and_near_for_others():
    both = permissions.own(Role.PA, Role.KPA) | permissions.city(Role.AUDITOR)
    assert both == {Role.PA: Reach.OWN, Role.KPA: Reach.OWN, Role.AUDITOR: Reach.ALL}


def test_grants_are_listed_by_name():
    permissions.grant("agencies.see", {Role.AUDITOR: Reach.ALL})
    assert [(one.act, one.reads) for one in permissions.grants()] == [
        ("agencies.see", True),
        ("payments.sign", False),
    ]


def test_a_scope_narrows_a_list_to_its_agencies_or_leaves_it_whole():
    assert Scope(everything=True).only is None
    assert Scope(agency_ids=frozenset({3, 5})).only == {3, 5}
    assert Scope().only == frozenset()
