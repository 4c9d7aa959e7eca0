"""Appointments as they are proposed, approved, rejected and ended; each refusal moves nothing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kawal.kernel.refusals import NotThere, Refused
from kawal.regions import actions, queries
from kawal.regions.facts import (
    Acting,
    AppointmentDraft,
    AppointmentState,
    CityFacts,
    Role,
)
from kawal.regions.models import Agency, Appointment
from kawal.regions.tests.conftest import (
    NEW_YEAR,
    NOON,
    TODAY,
    Appoint,
    acting,
    refusal_codes,
    told,
)

YESTERDAY = TODAY - timedelta(days=1)


def a_draft(person: int, role: Role, agency: Agency | None = None) -> AppointmentDraft:
    return AppointmentDraft(
        person_id=person,
        role=role,
        agency_id=agency.pk if agency else None,
        sk_number="821.2/7/2026",
        sk_date=YESTERDAY,
        valid_from=TODAY,
    )


def test_one_proposes_another_approves_and_everybody_may_read_it(
    city: CityFacts, ani: int, tono: int, siti: int, pendidikan: Agency
):
    record = actions.propose_appointment(a_draft(siti, Role.PA, pendidikan), actor=acting(ani))
    assert record.state is AppointmentState.PROPOSED
    assert queries.appointments_of(siti, TODAY) == []
    record = actions.approve_appointment(record.id, actor=acting(tono), note="Lengkap")
    assert (record.state, record.proposed_by, record.decided_by) == ("made", ani, tono)
    assert [(s.step, s.by, s.note) for s in record.steps] == [
        ("proposed", ani, ""),
        ("approved", tono, "Lengkap"),
    ]
    assert queries.holders(Role.PA, pendidikan.pk, TODAY) == [siti]
    assert told("appointment.made")[-1] == {
        "appointment": record.id,
        "person": "Siti Rahmawati",
        "role": "PA",
        "agency_code": "1.01.0.00.0.00.01.0000",
        "acting": "definitive",
        "sk_number": "821.2/7/2026",
        "sk_date": "2026-11-23",
        "valid_from": "2026-11-24",
        "decided_by": "Tono Sembiring",
    }
    assert told("appointment.proposed")[-1]["proposed_by"] == "Ani Lubis"


def test_every_reason_is_given_at_once(city: CityFacts, ani: int):
    draft = replace(
        a_draft(ani, Role.PA),
        acting=Acting.PLT,
        sk_number=" ",
        sk_date=TODAY + timedelta(days=1),
    )
    with pytest.raises(Refused) as refused:
        actions.propose_appointment(draft, actor=acting(ani))
    assert refusal_codes(refused) == [
        "own_proposal",
        "no_decree",
        "decree_ahead",
        "needs_last_day",
        "needs_agency",
        "roles_exclude",
    ]
    assert Appointment.objects.count() == 2


def test_nobody_decides_his_own_proposal_or_appointment(
    city: CityFacts, ani: int, tono: int, siti: int, pendidikan: Agency, appoint: Appoint
):
    appoint(siti, Role.SEKDA)
    record = actions.propose_appointment(a_draft(siti, Role.PA, pendidikan), actor=acting(ani))
    for person, code in ((ani, "alone"), (siti, "own_appointment")):
        for decide in (actions.approve_appointment, actions.reject_appointment):
            with pytest.raises(Refused) as refused:
                decide(record.id, actor=acting(person))
            assert refusal_codes(refused) == [code]
    assert queries.holders(Role.PA, pendidikan.pk, TODAY) == []
    assert told("appointment.made")[-1]["person"] == "Tono Sembiring"


def test_who_holds_no_such_power_is_refused(
    city: CityFacts, siti: int, joko: int, pendidikan: Agency, keuangan: Agency, appoint: Appoint
):
    appoint(joko, Role.PA, keuangan)
    with pytest.raises(Refused) as refused:
        actions.propose_appointment(a_draft(siti, Role.PPTK, pendidikan), actor=acting(joko))
    assert refusal_codes(refused) == ["not_permitted"]


def test_a_budget_user_gives_the_roles_that_the_law_lets_him_give(
    city: CityFacts, siti: int, rina: int, pendidikan: Agency, appoint: Appoint
):
    appoint(siti, Role.PA, pendidikan)
    record = actions.propose_appointment(
        a_draft(rina, Role.PPK_SKPD, pendidikan), actor=acting(siti)
    )
    assert record.state is AppointmentState.PROPOSED
    with pytest.raises(Refused) as refused:
        actions.propose_appointment(
            a_draft(rina, Role.BENDAHARA_PENGELUARAN, pendidikan), actor=acting(siti)
        )
    assert refusal_codes(refused) == ["not_permitted"]


@pytest.mark.parametrize(
    ("held", "wanted"),
    [
        (Role.BENDAHARA_PENGELUARAN, Role.PPK_SKPD),
        (Role.PPK_SKPD, Role.PPTK),
        (Role.PA, Role.BENDAHARA_PENERIMAAN),
        (Role.PENGELOLA_SISTEM, Role.PA),
    ],
)
def test_roles_that_the_law_keeps_apart(
    city: CityFacts,
    ani: int,
    siti: int,
    pendidikan: Agency,
    appoint: Appoint,
    held: Role,
    wanted: Role,
):
    appoint(siti, held, None if held is Role.PENGELOLA_SISTEM else pendidikan)
    with pytest.raises(Refused) as refused:
        actions.propose_appointment(a_draft(siti, wanted, pendidikan), actor=acting(ani))
    assert refusal_codes(refused) == ["roles_exclude"]


def test_what_was_free_when_proposed_may_be_taken_when_approved(
    city: CityFacts, ani: int, tono: int, siti: int, budi: int, pendidikan: Agency
):
    first, second = (
        actions.propose_appointment(a_draft(person, Role.PA, pendidikan), actor=acting(ani)).id
        for person in (siti, budi)
    )
    actions.approve_appointment(first, actor=acting(tono))
    with pytest.raises(Refused) as refused:
        actions.approve_appointment(second, actor=acting(tono))
    assert refusal_codes(refused) == ["post_taken"]
    assert queries.holders(Role.PA, pendidikan.pk, TODAY) == [siti]


def test_a_plh_may_stand_in_while_the_holder_is_away(
    city: CityFacts, ani: int, tono: int, siti: int, budi: int, pendidikan: Agency, appoint: Appoint
):
    appoint(siti, Role.PA, pendidikan)
    draft = replace(
        a_draft(budi, Role.PA, pendidikan), acting=Acting.PLH, valid_until=TODAY + timedelta(9)
    )
    record = actions.propose_appointment(draft, actor=acting(ani))
    actions.approve_appointment(record.id, actor=acting(tono))
    assert queries.holders(Role.PA, pendidikan.pk, TODAY) == [siti, budi]
    assert queries.holders(Role.PA, pendidikan.pk, TODAY + timedelta(10)) == [siti]


@pytest.mark.parametrize(
    ("role", "of_unit", "code"),
    [
        (Role.KPA, False, "wrong_level"),
        (Role.PA, True, "wrong_level"),
        (Role.LURAH, True, "wrong_level"),
        (Role.BUD, True, "role_of_city"),
    ],
)
def test_a_post_has_its_level(
    city: CityFacts,
    ani: int,
    siti: int,
    pendidikan: Agency,
    sekolah: Agency,
    role: Role,
    of_unit: bool,
    code: str,
):
    where = sekolah if of_unit else pendidikan
    with pytest.raises(Refused) as refused:
        actions.propose_appointment(a_draft(siti, role, where), actor=acting(ani))
    assert code in refusal_codes(refused)


def test_a_rejected_proposal_stays_on_record_and_names_nobody_in_public(
    city: CityFacts, ani: int, tono: int, siti: int, pendidikan: Agency
):
    record = actions.propose_appointment(a_draft(siti, Role.PA, pendidikan), actor=acting(ani))
    record = actions.reject_appointment(record.id, actor=acting(tono), note="SK belum terbit")
    assert record.state is AppointmentState.REJECTED
    assert told("appointment.rejected") == [
        {"appointment": record.id, "decided_by": "Tono Sembiring"}
    ]
    with pytest.raises(Refused) as refused:
        actions.approve_appointment(record.id, actor=acting(tono))
    assert refusal_codes(refused) == ["not_proposed"]


def test_an_appointment_ends_on_its_last_day(
    city: CityFacts, ani: int, siti: int, pendidikan: Agency, appoint: Appoint
):
    row = appoint(siti, Role.PA, pendidikan)
    actions.end_appointment(row.pk, last_day=TODAY, actor=acting(ani), note="Pensiun")
    assert queries.holders(Role.PA, pendidikan.pk, TODAY) == [siti]
    assert queries.holders(Role.PA, pendidikan.pk, TODAY + timedelta(1)) == []
    assert told("appointment.ended")[-1] == {
        "appointment": row.pk,
        "person": "Siti Rahmawati",
        "role": "PA",
        "agency_code": "1.01.0.00.0.00.01.0000",
        "last_day": "2026-11-24",
        "before_it_began": False,
        "ended_by": "Ani Lubis",
    }


def test_an_appointment_that_has_not_begun_is_revoked(
    city: CityFacts, ani: int, siti: int, budi: int, pendidikan: Agency, appoint: Appoint
):
    row = appoint(siti, Role.PA, pendidikan, valid_from=date(2027, 1, 1))
    record = actions.end_appointment(row.pk, last_day=TODAY, actor=acting(ani))
    assert record.state is AppointmentState.REVOKED
    assert queries.holders(Role.PA, pendidikan.pk, date(2027, 1, 1)) == []
    appoint(budi, Role.PA, pendidikan, valid_from=date(2027, 1, 1))
    assert queries.holders(Role.PA, pendidikan.pk, date(2027, 1, 1)) == [budi]


def test_two_administrators_always_remain(
    city: CityFacts, ani: int, tono: int, rina: int, appoint: Appoint
):
    founder = Appointment.objects.get(person_id=tono)
    with pytest.raises(Refused) as refused:
        actions.end_appointment(founder.pk, last_day=TODAY, actor=acting(ani))
    assert refusal_codes(refused) == ["last_keepers"]
    appoint(rina, Role.PENGELOLA_SISTEM)
    actions.end_appointment(founder.pk, last_day=TODAY, actor=acting(ani))
    assert queries.appointments_of(tono, TODAY + timedelta(1)) == []


def test_an_appointment_that_is_not_there(city: CityFacts, ani: int):
    with pytest.raises(NotThere):
        actions.approve_appointment(10**9, actor=acting(ani))


class TestFounding:
    """A city begins once, with two persons."""

    def test_two_founders_administer_and_the_trail_says_so(
        self, city: CityFacts, ani: int, tono: int
    ):
        assert (city.region_code, city.name, city.zone) == ("12.75", "Kota Binjai", "Asia/Jakarta")
        assert queries.city() == city
        assert queries.holders(Role.PENGELOLA_SISTEM, None, TODAY) == [ani, tono]
        assert told("city.founded") == [
            {
                "region": "12.75",
                "name": "Kota Binjai",
                "sk_number": "188.45/1/2026",
                "sk_date": "2026-01-01",
                "founders": ["Ani Lubis", "Tono Sembiring"],
            }
        ]
        assert [facts["person"] for facts in told("appointment.made")] == [
            "Ani Lubis",
            "Tono Sembiring",
        ]

    def test_only_once_and_only_by_two(self, city: CityFacts, siti: int, ani: int):
        with pytest.raises(Refused) as refused:
            actions.found_city(
                "12.76",
                zone="Europe/Paris",
                deployment="demo",
                founders=(siti, siti),
                sk_number="",
                sk_date=NEW_YEAR,
                at=NOON,
            )
        assert refusal_codes(refused) == [
            "founded",
            "no_region",
            "zone",
            "one_founder",
            "no_decree",
        ]
        assert queries.appointments_of(siti, TODAY) == []
