"""The tables hold their promises against raw SQL of the serving role."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction


def rows(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


def partitions(parent):
    return {
        name
        for (name,) in rows(
            "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = %s::regclass",
            parent,
        )
    }


@pytest.mark.django_db
def test_the_serving_role_makes_partitions_ahead_but_not_anywhere():
    today = datetime.now(UTC).date()
    ahead = today + timedelta(days=6)
    assert rows("SELECT monitoring_make_partitions(%s, %s)", ahead, ahead)[0][0] in {2, 3}
    assert f"monitoring_result_{ahead:%Y%m%d}" in partitions("monitoring_result")
    assert rows("SELECT monitoring_make_partitions(%s, %s)", ahead, ahead) == [(0,)]
    with pytest.raises(DatabaseError, match="not a span it makes"), transaction.atomic():
        rows("SELECT monitoring_make_partitions(%s, %s)", today, today + timedelta(days=30))


@pytest.mark.django_db
def test_only_partitions_past_their_keeping_are_dropped():
    today = datetime.now(UTC).date()
    old, kept = today - timedelta(days=8), today - timedelta(days=7)
    rows("SELECT monitoring_make_partitions(%s, %s)", old, kept)
    assert rows("SELECT monitoring_drop_old()") == [(2,)]
    left = partitions("monitoring_result")
    assert f"monitoring_result_{kept:%Y%m%d}" in left
    assert f"monitoring_result_{old:%Y%m%d}" not in left


@pytest.mark.django_db
def test_a_raw_result_takes_56_bytes():
    rows("INSERT INTO monitoring_result VALUES (now(), 7, 12.5, 1, 200, 10, 20, 0, 90)")
    assert rows("SELECT pg_column_size(r.*) FROM monitoring_result r") == [(52,)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "table",
    [
        "monitoring_transition",
        "monitoring_incidentevent",
        "monitoring_applicationchange",
        "monitoring_checkchange",
        "monitoring_verdict",
        "monitoring_policy",
    ],
)
@pytest.mark.parametrize("verb", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
def test_what_happened_is_never_changed(table, verb):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        rows(verb.format(table))
