"""Agencies through their lives: set up, renamed, merged, split, closed; history stays readable."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from kawal.kernel.refusals import NotThere, Refused, StaleDraft
from kawal.regions import actions, queries
from kawal.regions.facts import AgencyDraft, AgencyKind, AgencyStatus, CityFacts, Role
from kawal.regions.models import Agency, AgencyVersion, Appointment
from kawal.regions.tests.conftest import (
    NEW_YEAR,
    PENDIDIKAN,
    SEKOLAH,
    TODAY,
    Appoint,
    acting,
    refusal_codes,
    told,
)

JULY = date(2026, 7, 1)
JUNE_30 = date(2026, 6, 30)
DISDIKBUD = AgencyDraft(
    code="1.01.2.22.0.00.01.0000",
    name="Dinas Pendidikan dan  Kebudayaan",
    short="Disdikbud",
    kind=AgencyKind.SKPD,
    legal_basis="Perda 2/2026",
)


def test_an_agency_is_set_up_in_public(city: CityFacts, ani: int):
    facts = actions.create_agency(DISDIKBUD, valid_from=JULY, actor=acting(ani))
    assert facts.name == "Dinas Pendidikan dan Kebudayaan"
    assert queries.agency_by_code(DISDIKBUD.code, JULY) == facts
    with pytest.raises(NotThere):
        queries.agency(facts.id, JUNE_30)
    assert told("agency.created") == [
        {
            "agency": facts.id,
            "code": "1.01.2.22.0.00.01.0000",
            "name": "Dinas Pendidikan dan Kebudayaan",
            "kind": "skpd",
            "valid_from": "2026-07-01",
            "legal_basis": "Perda 2/2026",
        }
    ]


def test_every_reason_against_a_draft_is_given(city: CityFacts, ani: int, pendidikan: Agency):
    wrong = AgencyDraft(PENDIDIKAN, " ", "", AgencyKind.UNIT, "", parent_id=pendidikan.pk)
    with pytest.raises(Refused) as refused:
        actions.create_agency(wrong, valid_from=TODAY, actor=acting(ani))
    assert refusal_codes(refused) == ["code_taken", "unit_code", "no_name", "no_basis"]
    assert Agency.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"code": "1.01.0.00.0.00.01.000"}, "agency_code"),
        ({"code": "2.16.0.00.0.00.01.0001", "kind": AgencyKind.UPTD}, "unit_prefix"),
        ({"kind": AgencyKind.KECAMATAN}, "kind_level"),
        ({"parent_id": 10**9}, "no_parent"),
    ],
)
def test_a_unit_fits_its_agency(
    city: CityFacts, ani: int, pendidikan: Agency, changes: dict[str, Any], code: str
):
    unit = AgencyDraft(
        SEKOLAH, "SMP Negeri 1", "SMPN 1", AgencyKind.UPTD, "SK", parent_id=pendidikan.pk
    )
    with pytest.raises(Refused) as refused:
        actions.create_agency(replace(unit, **changes), valid_from=TODAY, actor=acting(ani))
    assert refusal_codes(refused) == [code]


def test_who_does_not_administer_changes_no_agency(
    city: CityFacts, siti: int, pendidikan: Agency, appoint: Appoint
):
    appoint(siti, Role.PA, pendidikan)
    with pytest.raises(Refused) as refused:
        actions.create_agency(DISDIKBUD, valid_from=JULY, actor=acting(siti))
    assert refusal_codes(refused) == ["not_permitted"]


def test_a_new_code_takes_the_units_along_and_the_past_stays(
    city: CityFacts, ani: int, pendidikan: Agency, sekolah: Agency
):
    before = queries.agency(pendidikan.pk, JUNE_30)
    after = actions.amend_agency(
        pendidikan.pk,
        DISDIKBUD,
        valid_from=JULY,
        read_version=before.version_id,
        actor=acting(ani),
    )
    assert after.id == before.id
    assert queries.agency(pendidikan.pk, JUNE_30) == before
    assert queries.agency(pendidikan.pk, JULY) == after
    assert queries.agency(sekolah.pk, JUNE_30).code == SEKOLAH
    assert queries.agency(sekolah.pk, JULY).code == "1.01.2.22.0.00.01.0001"
    history = queries.agency_history(pendidikan.pk)
    assert [(v.agency.short, v.valid_from, v.valid_until) for v in history] == [
        ("Dinas Pendidikan", NEW_YEAR, JUNE_30),
        ("Disdikbud", JULY, None),
    ]
    assert [facts["code_before"] for facts in told("agency.amended")] == [PENDIDIKAN, SEKOLAH]


def test_the_second_saver_sees_both(city: CityFacts, ani: int, pendidikan: Agency):
    read = queries.agency(pendidikan.pk, TODAY).version_id
    first = actions.amend_agency(
        pendidikan.pk, DISDIKBUD, valid_from=JULY, read_version=read, actor=acting(ani)
    )
    with pytest.raises(StaleDraft) as stale:
        actions.amend_agency(
            pendidikan.pk,
            replace(DISDIKBUD, name="Dinas Lain"),
            valid_from=date(2026, 8, 1),
            read_version=read,
            actor=acting(ani),
        )
    assert (stale.value.read, stale.value.current) == (read, first.version_id)
    assert stale.value.theirs["name"] == "Dinas Pendidikan dan Kebudayaan"
    assert queries.agency(pendidikan.pk, TODAY) == first


def test_the_past_is_not_amended(city: CityFacts, ani: int, pendidikan: Agency):
    read = queries.agency(pendidikan.pk, TODAY).version_id
    with pytest.raises(Refused) as refused:
        actions.amend_agency(
            pendidikan.pk, DISDIKBUD, valid_from=NEW_YEAR, read_version=read, actor=acting(ani)
        )
    assert refusal_codes(refused) == ["not_after"]


def test_a_merger_closes_the_old_moves_their_units_and_ends_their_posts(
    city: CityFacts,
    ani: int,
    siti: int,
    budi: int,
    pendidikan: Agency,
    sekolah: Agency,
    keuangan: Agency,
    appoint: Appoint,
):
    pa, kpa = appoint(siti, Role.PA, pendidikan), appoint(budi, Role.KPA, sekolah)
    after = actions.merge_agencies(
        [keuangan.pk, pendidikan.pk], DISDIKBUD, valid_from=JULY, actor=acting(ani)
    )
    assert queries.predecessors(after.id) == [pendidikan.pk, keuangan.pk]
    assert queries.successors(pendidikan.pk) == [after.id]
    assert queries.agency(pendidikan.pk, JUNE_30).status is AgencyStatus.ACTIVE
    assert queries.agency(pendidikan.pk, JULY).status is AgencyStatus.CLOSED
    assert [(u.id, u.code) for u in queries.units_of(after.id, JULY)] == [
        (sekolah.pk, "1.01.2.22.0.00.01.0001")
    ]
    assert Appointment.objects.get(pk=pa.pk).valid_until == JUNE_30
    assert Appointment.objects.get(pk=kpa.pk).state == "made"
    assert [a.id for a in queries.agencies(JULY)] == [after.id, sekolah.pk]
    assert [facts["predecessor_code"] for facts in told("agency.succeeded")] == [
        "5.02.0.00.0.00.02.0000",
        PENDIDIKAN,
    ]


def test_a_split_shares_out_the_units_and_may_reuse_the_code(
    city: CityFacts, ani: int, pendidikan: Agency, sekolah: Agency
):
    same = replace(DISDIKBUD, code=PENDIDIKAN, name="Dinas Pendidikan Dasar")
    first, second = actions.split_agency(
        pendidikan.pk,
        [DISDIKBUD, same],
        valid_from=JULY,
        actor=acting(ani),
        units_to={sekolah.pk: 1},
    )
    assert queries.successors(pendidikan.pk) == sorted([first.id, second.id])
    assert queries.units_of(first.id, JULY) == []
    assert [u.code for u in queries.units_of(second.id, JULY)] == [SEKOLAH]
    assert queries.agency_by_code(PENDIDIKAN, JULY).id == second.id
    assert queries.agency_by_code(PENDIDIKAN, JUNE_30).id == pendidikan.pk


def test_closing_an_agency_closes_its_units_and_needs_a_basis(
    city: CityFacts, ani: int, siti: int, pendidikan: Agency, sekolah: Agency, appoint: Appoint
):
    appoint(siti, Role.KPA, sekolah)
    with pytest.raises(Refused) as refused:
        actions.close_agency(pendidikan.pk, last_day=TODAY, legal_basis=" ", actor=acting(ani))
    assert refusal_codes(refused) == ["no_basis"]
    assert AgencyVersion.objects.count() == 2
    actions.close_agency(
        pendidikan.pk, last_day=TODAY, legal_basis="Perda 3/2026", actor=acting(ani)
    )
    assert queries.agencies(TODAY + timedelta(1)) == []
    assert queries.appointments_of(siti, TODAY + timedelta(1)) == []
    assert [facts["code"] for facts in told("agency.closed")] == [SEKOLAH, PENDIDIKAN]
    with pytest.raises(Refused) as refused:
        actions.close_agency(
            pendidikan.pk, last_day=TODAY + timedelta(9), legal_basis="x", actor=acting(ani)
        )
    assert refusal_codes(refused) == ["agency_closed"]
