"""What the database itself refuses, tried with raw SQL as the role that serves."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from kawal.regions.facts import Role
from kawal.regions.models import (
    Agency,
    AgencySuccession,
    AgencyVersion,
    Appointment,
    Region,
    RegionVersion,
)
from kawal.regions.tests.conftest import NOON, PENDIDIKAN, Appoint

pytestmark = pytest.mark.django_db


def agency_version(agency: Agency, code: str = PENDIDIKAN, **changes: object) -> AgencyVersion:
    values: dict[str, object] = {
        "name": "Dinas Pendidikan",
        "short": "Disdik",
        "kind": "skpd",
        "status": "active",
        "valid_from": date(2026, 1, 1),
        "valid_until": None,
        "legal_basis": "Perda 4/2016",
        "recorded_at": NOON,
    }
    return AgencyVersion.objects.create(agency=agency, code=code, **(values | changes))


def refused(sql: str, *values: int | str | date | None) -> str:
    """Run a statement that must fail; return what the database said."""
    with (
        pytest.raises(DatabaseError) as error,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, values)
    return str(error.value)


@pytest.fixture
def agency() -> Agency:
    return Agency.objects.create(recorded_at=NOON)


def test_versions_of_one_agency_never_share_a_day(agency: Agency):
    agency_version(agency, valid_until=date(2026, 6, 30))
    with pytest.raises(IntegrityError, match="agency_version_one_at_once"), transaction.atomic():
        agency_version(agency, code="1.02.0.00.0.00.01.0000", valid_from=date(2026, 6, 30))
    agency_version(agency, valid_from=date(2026, 7, 1))
    assert AgencyVersion.objects.count() == 2


def test_one_code_belongs_to_one_active_agency_at_a_time(agency: Agency):
    agency_version(agency)
    other = Agency.objects.create(recorded_at=NOON)
    with pytest.raises(IntegrityError, match="agency_code_one_agency"), transaction.atomic():
        agency_version(other)
    agency_version(other, status="closed")


def test_a_code_has_22_characters_as_the_decree_writes_them(agency: Agency):
    with pytest.raises(IntegrityError, match="agency_code_is_permendagri_90"):
        agency_version(agency, code="1.01.0.00.0.00.1.0000")


def test_a_version_is_never_rewritten_deleted_or_reopened(agency: Agency):
    version = agency_version(agency, valid_until=date(2026, 6, 30))
    table = "regions_agencyversion"
    assert "never rewritten" in refused(
        f"UPDATE {table} SET name = 'Dinas Lain' WHERE id = %s", version.pk
    )
    assert "never reopened" in refused(
        f"UPDATE {table} SET valid_until = NULL WHERE id = %s", version.pk
    )
    assert "Cannot delete" in refused(f"DELETE FROM {table} WHERE id = %s", version.pk)
    assert "permission denied" in refused(f"TRUNCATE {table} CASCADE")
    version.refresh_from_db()
    assert (version.name, version.valid_until) == ("Dinas Pendidikan", date(2026, 6, 30))


def test_a_version_may_be_closed_earlier(agency: Agency):
    version = agency_version(agency)
    version.valid_until = date(2026, 3, 31)
    version.save(update_fields=["valid_until"])
    version.refresh_from_db()
    assert version.valid_until == date(2026, 3, 31)


def test_succession_is_written_once_for_ever(agency: Agency):
    other = Agency.objects.create(recorded_at=NOON)
    row = AgencySuccession.objects.create(
        predecessor=agency,
        successor=other,
        valid_from=date(2026, 7, 1),
        legal_basis="Perda 2/2026",
        recorded_at=NOON,
    )
    table = "regions_agencysuccession"
    assert "permission denied" in refused(f"UPDATE {table} SET legal_basis = 'x'")
    assert "permission denied" in refused(f"DELETE FROM {table} WHERE id = %s", row.pk)
    assert "agency_does_not_follow_itself" in refused(
        f"INSERT INTO {table} (predecessor_id, successor_id, valid_from, legal_basis, recorded_at)"
        " VALUES (%s, %s, '2026-07-01', 'x', now())",
        agency.pk,
        agency.pk,
    )


def test_regions_keep_the_same_promises():
    first, second = (Region.objects.create(recorded_at=NOON) for _ in range(2))
    values = {"name": "Binjai", "kind": "kota", "valid_from": date(2026, 1, 1), "legal_basis": "x"}
    RegionVersion.objects.create(region=first, code="12.75", **values)
    with pytest.raises(IntegrityError, match="region_version_one_at_once"), transaction.atomic():
        RegionVersion.objects.create(region=first, code="12.76", **values)
    with pytest.raises(IntegrityError, match="region_code_one_region"), transaction.atomic():
        RegionVersion.objects.create(region=second, code="12.75", **values)
    with pytest.raises(IntegrityError, match="region_code_is_kemendagris"), transaction.atomic():
        RegionVersion.objects.create(region=second, code="1275", **values)


class TestAppointments:
    """The same of appointments."""

    def test_begins_as_a_proposal(self, siti: int, ani: int, tono: int, pendidikan: Agency):
        assert "begins as a proposal" in refused(
            INSERT, siti, "PA", pendidikan.pk, "made", ani, tono, None
        )

    def test_nobody_proposes_himself(self, siti: int, pendidikan: Agency):
        said = refused(INSERT, siti, "PA", pendidikan.pk, "proposed", siti, None, None)
        assert "nobody_proposes_himself" in said
        said = refused(INSERT, siti, "PA", pendidikan.pk, "proposed", None, None, None)
        assert "nobody_proposes_himself" in said

    def test_nobody_appoints_himself_or_alone(
        self, siti: int, ani: int, tono: int, pendidikan: Agency
    ):
        row = proposed(siti, "PA", pendidikan.pk, ani)
        decide = "UPDATE regions_appointment SET state = 'made', decided_by_id = %s WHERE id = %s"
        assert "nobody_appoints_himself" in refused(decide, siti, row)
        assert "a_second_person_decides" in refused(decide, ani, row)
        assert "a_decision_has_its_person" in refused(decide, None, row)
        with connection.cursor() as cursor:
            cursor.execute(decide, [tono, row])
            assert cursor.rowcount == 1

    def test_one_post_has_one_holder_at_a_time(
        self, siti: int, budi: int, rina: int, ani: int, pendidikan: Agency, appoint: Appoint
    ):
        appoint(siti, Role.PA, pendidikan, valid_until=date(2026, 6, 30))
        for person, days in ((budi, "2026-06-30"), (rina, "2026-07-01")):
            row = proposed(person, "PA", pendidikan.pk, ani, valid_from=days)
            decide = f"UPDATE regions_appointment SET state='made', decided_by_id=%s WHERE id={row}"
            if person == budi:
                assert "one_holder_of_one_post" in refused(decide, rina)
            else:
                with connection.cursor() as cursor:
                    cursor.execute(decide, [budi])

    def test_a_plh_stands_beside_the_holder_but_a_plt_does_not(
        self, siti: int, budi: int, rina: int, pendidikan: Agency, appoint: Appoint
    ):
        appoint(siti, Role.PA, pendidikan)
        appoint(budi, Role.PA, pendidikan, acting="plh", valid_until=date(2026, 12, 1))
        with pytest.raises(IntegrityError, match="one_holder_of_one_post"), transaction.atomic():
            appoint(rina, Role.PA, pendidikan, acting="plt", valid_until=date(2026, 12, 1))

    def test_the_mayor_is_one_and_deputies_may_be_more(
        self, siti: int, budi: int, rina: int, appoint: Appoint
    ):
        appoint(siti, Role.KEPALA_DAERAH)
        with pytest.raises(IntegrityError, match="one_holder_of_one_post"), transaction.atomic():
            appoint(budi, Role.KEPALA_DAERAH)
        appoint(budi, Role.KUASA_BUD)
        appoint(rina, Role.KUASA_BUD)

    def test_is_never_rewritten_lengthened_or_unmade(
        self, siti: int, rina: int, pendidikan: Agency, appoint: Appoint
    ):
        row = appoint(siti, Role.PA, pendidikan, valid_until=date(2026, 12, 31)).pk
        table = "regions_appointment"
        assert "never rewritten" in refused(f"UPDATE {table} SET person_id = %s", rina)
        assert "never rewritten" in refused(f"UPDATE {table} SET role = 'KPA'")
        assert "never lengthened" in refused(f"UPDATE {table} SET valid_until = '2027-01-01'")
        assert "never lengthened" in refused(f"UPDATE {table} SET valid_until = NULL")
        assert "decided once" in refused(f"UPDATE {table} SET decided_by_id = %s", rina)
        assert "do not take such a step" in refused(f"UPDATE {table} SET state = 'proposed'")
        assert "Cannot delete" in refused(f"DELETE FROM {table} WHERE id = %s", row)
        assert "permission denied" in refused("DELETE FROM regions_appointmentstep")

    def test_roles_of_the_city_have_no_agency_and_others_do(
        self, siti: int, ani: int, pendidikan: Agency
    ):
        promise = "a_role_of_the_city_has_no_agency"
        said = refused(INSERT, siti, "BUD", pendidikan.pk, "proposed", ani, None, None)
        assert promise in said
        assert promise in refused(INSERT, siti, "PA", None, "proposed", ani, None, None)

    def test_an_auditor_has_a_last_day(self, siti: int, ani: int):
        said = refused(INSERT, siti, "AUDITOR", None, "proposed", ani, None, None)
        assert "a_guest_has_a_last_day" in said

    def test_founders_come_first_are_two_and_administer(
        self, siti: int, ani: int, tono: int, pendidikan: Agency, appoint: Appoint
    ):
        found = (ani, "PENGELOLA_SISTEM", None, "made", None, None)
        with connection.cursor() as cursor:
            cursor.execute(ENDING, [*found, 1])
        assert "founders_are_two_persons" in refused(LATER, *found, 2)
        assert "founding_seat" in refused(INSERT, tono, *found[1:], 1)
        assert "two_founders_administer" in refused(INSERT, tono, *found[1:], 3)
        assert "two_founders_administer" in refused(
            INSERT, tono, "KEPALA_DAERAH", None, "made", None, None, 2
        )
        appoint(siti, Role.PA, pendidikan)
        assert "before anybody else" in refused(INSERT, tono, *found[1:], 2)


INSERT = """
    INSERT INTO regions_appointment
        (person_id, role, agency_id, state, proposed_by_id, decided_by_id, founding_seat,
         acting, sk_number, sk_date, sk_sha256, valid_from, recorded_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s,
            'definitive', 'SK/1/2026', '2026-01-01', '', '2026-01-01', now())
"""
# The same post again is one promise broken only when the days do not meet.
ENDING = INSERT.replace("valid_from, rec", "valid_from, valid_until, rec").replace(
    "'2026-01-01', now()", "'2026-01-01', '2026-12-31', now()"
)
LATER = INSERT.replace("'2026-01-01', now()", "'2027-01-01', now()")


def proposed(
    person: int, role: str, agency: int | None, by: int, *, valid_from: str = "2026-01-01"
) -> int:
    row = Appointment.objects.create(
        person_id=person,
        role=role,
        agency_id=agency,
        acting="definitive",
        sk_number="SK/2/2026",
        sk_date=date(2026, 1, 1),
        valid_from=valid_from,
        state="proposed",
        proposed_by_id=by,
        recorded_at=NOON,
    )
    return row.pk


class TestBreakGlass:
    """The same of break-glass."""

    def test_is_dual_bounded_and_never_stretched(self, siti: int, ani: int, tono: int):
        insert = """
            INSERT INTO regions_breakglass (person_id, role, reason, length, asked_by_id, asked_at)
            VALUES (%s, %s, 'Banjir', interval '2 hours', %s, '2026-11-24 05:00Z') RETURNING id
        """
        assert "break_glass_role" in refused(insert, siti, "PA", ani)
        with connection.cursor() as cursor:
            cursor.execute(insert, [siti, "OPERATOR_OPD", ani])
            row = cursor.fetchone()[0]
        grant = f"""
            UPDATE regions_breakglass SET granted_by_id = %s, granted_at = '2026-11-24 05:00Z',
                until = %s WHERE id = {row}
        """
        assert "break_glass_is_dual" in refused(grant, ani, "2026-11-24 06:00Z")
        assert "break_glass_is_dual" in refused(grant, siti, "2026-11-24 06:00Z")
        assert "break_glass_is_time_boxed" in refused(grant, tono, "2026-11-24 13:00:01Z")
        with connection.cursor() as cursor:
            cursor.execute(grant, [tono, "2026-11-24 13:00Z"])
        assert "never rewritten" in refused(
            "UPDATE regions_breakglass SET granted_at = granted_at + interval '1 hour'"
        )


class TestOpenings:
    """The same of what the public may see."""

    def test_a_module_is_opened_once_by_a_decree(self, ani: int):
        insert = """
            INSERT INTO regions_publicopening (module, decree, decree_date, opened_by_id, opened_at)
            VALUES ('monitoring', %s, '2026-11-01', %s, now())
        """
        assert "opening_names_its_decree" in refused(insert, "", ani)
        with connection.cursor() as cursor:
            cursor.execute(insert, ["SK/9/2026", ani])
        assert "module_opened_once" in refused(insert, "SK/10/2026", ani)
        assert "opening_closed_by_somebody" in refused(
            "UPDATE regions_publicopening SET closed_at = now()"
        )
        assert "never rewritten" in refused("UPDATE regions_publicopening SET decree = 'SK/11'")
