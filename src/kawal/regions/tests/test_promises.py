"""What the database itself refuses, tried with raw SQL as the role that serves."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from kawal.regions.models import Agency, AgencySuccession, AgencyVersion, Region, RegionVersion

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
PENDIDIKAN = "1.01.0.00.0.00.01.0000"


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
        agency_version(agency, valid_from=date(2026, 6, 30))
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
