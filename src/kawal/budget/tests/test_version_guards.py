"""The database's own promises about versions, DPA and locks, tried with raw SQL as kawal_app."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import Error, connection, transaction

from kawal.budget.models import Lock, Revision, Version, VersionSheet
from kawal.budget.tests.small_budget import AT, YEAR, Small, make_small_budget


def refused(sql: str, *values: Any) -> str:
    """Run a statement that the database must refuse, and return its words."""
    with pytest.raises(Error) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return str(caught.value)


@pytest.fixture
def small(world: Any) -> Small:
    """Return the small budget, verified."""
    return make_small_budget(world)


def _seal(small: Small) -> list[Revision]:
    for revision in Revision.objects.all():
        total = sum((line.amount for line in revision.lines.all()), Decimal(0))
        Revision.objects.filter(pk=revision.pk).update(state="sealed", total=total, digest="0" * 64)
    return list(Revision.objects.all())


def _version(number: int, revisions: list[Revision], parent: int | None = None) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('budget_version', 'id'))")
        (pk,) = cursor.fetchone()
    VersionSheet.objects.bulk_create(
        VersionSheet(version_id=pk, sheet_id=r.sheet_id, revision=r) for r in revisions
    )
    Version.objects.create(
        pk=pk,
        year_id=YEAR,
        number=number,
        kind="rka",
        parent_id=parent,
        title="RKA",
        digest="0" * 64,
        made_at=AT,
    )
    return int(pk)


def test_a_revision_is_sealed_with_the_sum_of_its_lines(small: Small) -> None:
    broken = refused(
        "UPDATE budget_revision SET state = 'sealed', digest = repeat('0', 64),"
        " total = 650000000.14 WHERE sheet_id = %s",
        small.sheets["sekolah"].pk,
    )
    assert "sealed with the sum of its lines" in broken


def test_a_version_names_sealed_revisions_of_its_sheets_only(small: Small) -> None:
    first, second = Revision.objects.order_by("pk")[:2]
    insert = (
        "INSERT INTO budget_versionsheet (version_id, sheet_id, revision_id) VALUES (1, %s, %s)"
    )
    assert "holds sealed revisions" in refused(insert, first.sheet_id, first.pk)
    _seal(small)
    assert "holds sealed revisions" in refused(insert, first.sheet_id, second.pk)


def test_an_enacted_version_takes_no_other_sheet(small: Small) -> None:
    revisions = _seal(small)
    made = _version(1, revisions[:3])
    left = revisions[3]
    broken = refused(
        "INSERT INTO budget_versionsheet (version_id, sheet_id, revision_id) VALUES (%s, %s, %s)",
        *(made, left.sheet_id, left.pk),
    )
    assert "takes no other sheet" in broken
    assert VersionSheet.objects.filter(version=made).count() == 3


def test_a_version_follows_its_parent_whole(small: Small) -> None:
    revisions = _seal(small)
    made = _version(1, revisions)
    for number, held in ((3, revisions), (2, revisions[:3])):
        with pytest.raises(Error, match="follows the one before it"), transaction.atomic():
            _version(number, held, made)
    assert _version(2, revisions, made) > made


@pytest.mark.parametrize("table", ["budget_version", "budget_versionsheet"])
@pytest.mark.parametrize("sql", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_a_version_is_never_changed(small: Small, table: str, sql: str) -> None:
    _version(1, _seal(small))
    refused(sql.format(table))
    assert (Version.objects.count(), VersionSheet.objects.count()) == (1, 4)


TRUNCATED = (
    "budget_revision",
    "budget_revisionline",
    "budget_component",
    "budget_dpa",
    "budget_lock",
)


@pytest.mark.parametrize("table", TRUNCATED)
def test_no_table_of_a_version_is_emptied(small: Small, table: str) -> None:
    refused(f"TRUNCATE {table} CASCADE")


def test_a_lock_is_released_once_and_kept(small: Small) -> None:
    lock = Lock.objects.create(
        year_id=YEAR, agency_id=small.unit("Disdik"), reason="Reviu", locked_at=AT
    )
    again = (
        "INSERT INTO budget_lock (year_id, agency_id, reason, locked_at)"
        " VALUES (%s, %s, 'x', now())"
    )
    assert "budget_lock_one_open" in refused(again, YEAR, small.unit("Disdik"))
    assert "budget_lock_says_why" in refused("UPDATE budget_lock SET released_at = now()")
    Lock.objects.filter(pk=lock.pk).update(released_at=AT, release_reason="Selesai")
    assert "never rewritten" in refused("UPDATE budget_lock SET release_reason = 'Lain'")
    refused("DELETE FROM budget_lock")


def test_a_dpa_is_signed_step_by_step_by_others(small: Small) -> None:
    made = _version(1, _seal(small))
    people = small.world.government.persons
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO budget_dpa (version_id, agency_id, state, number, total, drafted_at,"
            " record, source, external_id)"
            " VALUES (%s, %s, 'drafted', '', 1, now(), 'here', '', '')",
            [made, small.unit("Disdik")],
        )
    step = "UPDATE budget_dpa SET state = %s, {0}_at = now(), {0}_by_id = %s"
    assert "step by step" in refused(step.format("verified"), "verified", people["tapd"])
    assert "budget_dpa_signed" in refused("UPDATE budget_dpa SET state = 'signed'")
    with connection.cursor() as cursor:
        cursor.execute(step.format("signed"), ["signed", people["siti"]])
    assert "another_person" in refused(step.format("verified"), "verified", people["siti"])
    assert "never rewritten" in refused("UPDATE budget_dpa SET total = 2, state = 'verified'")
    refused("DELETE FROM budget_dpa")
