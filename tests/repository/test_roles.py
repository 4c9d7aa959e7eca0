"""The two database roles hold in the tests too."""

import re
from pathlib import Path

import pytest
from django.db import connection


@pytest.mark.django_db
def test_tests_run_as_the_role_that_serves():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, has_schema_privilege('public', 'CREATE')")
        assert cursor.fetchone() == ("kawal_app", False)


def test_nothing_makes_temporary_tables_which_the_serving_role_may_not():
    found = [
        path
        for path in Path("src").rglob("*.py")
        if "tests" not in path.parts
        and re.search(r"CREATE (LOCAL )?TEMP", path.read_text(), re.IGNORECASE)
    ]
    assert found == []


@pytest.mark.django_db(transaction=True)
def test_a_transactional_test_leaves_nothing_behind():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM identity_signinfailure")
        assert cursor.fetchone() == (0,)
        cursor.execute(
            "INSERT INTO identity_signinfailure (subject, failures, last_at) VALUES ('a', 1, now())"
        )


@pytest.mark.django_db(transaction=True)
def test_the_next_one_finds_it_clean():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM identity_signinfailure")
        assert cursor.fetchone() == (0,)
