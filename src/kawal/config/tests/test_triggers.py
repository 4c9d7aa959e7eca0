"""Triggers cannot be switched off by a setting, which any session of kawal_app may make."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from kawal.nomenclature.models import Decree

pytestmark = pytest.mark.django_db


def test_no_session_can_tell_a_trigger_to_look_away():
    row = Decree.objects.create(code="uji", title="Uji", valid_from=date(2026, 1, 1))
    with connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(tgname)::text FROM pg_trigger WHERE NOT tgisinternal")
        (every,) = cursor.fetchone()
        assert "pgtrigger_never_deleted" in every
        cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", [every])
        with pytest.raises(DatabaseError, match="Cannot delete rows"), transaction.atomic():
            cursor.execute("DELETE FROM nomenclature_decree WHERE id = %s", [row.pk])
    assert Decree.objects.filter(pk=row.pk).exists()


def test_the_function_is_the_owner_s_and_says_no():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT prosrc, pg_get_userbyid(proowner) = current_user FROM pg_proc"
            " WHERE proname = '_pgtrigger_should_ignore'"
        )
        assert cursor.fetchall() == [("SELECT false", False)]
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute(
                "CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name)"
                " RETURNS boolean LANGUAGE sql AS 'SELECT true'"
            )
