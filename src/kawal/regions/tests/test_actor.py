"""The actor that a person is at an instant, and what the request carries."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory

from kawal.regions import queries
from kawal.regions.facts import Role
from kawal.regions.middleware import ActorMiddleware, actor_of
from kawal.regions.models import Agency, BreakGlass
from kawal.regions.tests.conftest import NOON, TODAY, Appoint


def test_an_appointment_covers_the_agency_and_its_units(
    siti: int, pendidikan: Agency, sekolah: Agency, keuangan: Agency, appoint: Appoint
):
    appoint(siti, Role.PA, pendidikan)
    actor = queries.actor(siti, 7, NOON)
    assert [held.role for held in actor.appointments] == [Role.PA]
    assert actor.appointments[0].covers == {pendidikan.pk, sekolah.pk}
    assert actor.login_id == 7
    assert actor.roles == frozenset({Role.PA})


def test_an_appointment_holds_from_its_first_to_its_last_day(
    siti: int, pendidikan: Agency, appoint: Appoint
):
    appoint(siti, Role.PA, pendidikan, valid_until=date(2026, 11, 24))
    days = [date(2025, 12, 31), date(2026, 1, 1), TODAY, TODAY + timedelta(days=1)]
    assert [len(queries.appointments_of(siti, day)) for day in days] == [0, 1, 1, 0]


def test_the_day_is_the_citys(siti: int, pendidikan: Agency, appoint: Appoint):
    appoint(siti, Role.PA, pendidikan, valid_from=TODAY + timedelta(days=1))
    evening = NOON.replace(hour=16, minute=59)
    assert queries.actor(siti, None, evening).appointments == ()
    assert len(queries.actor(siti, None, evening + timedelta(minutes=1)).appointments) == 1


def test_holders_are_named_definitive_first(
    siti: int, rina: int, pendidikan: Agency, keuangan: Agency, appoint: Appoint
):
    appoint(rina, Role.PA, pendidikan, acting="plh", valid_from=TODAY, valid_until=TODAY)
    appoint(siti, Role.PA, pendidikan)
    assert queries.holders(Role.PA, pendidikan.pk, TODAY) == [siti, rina]
    assert queries.holders(Role.PA, keuangan.pk, TODAY) == []


def test_break_glass_lends_a_role_until_its_hour(ani: int, tono: int, siti: int):
    BreakGlass.objects.create(
        person_id=siti,
        role=Role.OPERATOR_PUSAT_KENDALI,
        reason="Banjir",
        length=timedelta(hours=2),
        asked_by_id=ani,
        asked_at=NOON,
        granted_by_id=tono,
        granted_at=NOON,
        until=NOON + timedelta(hours=2),
    )
    lent = queries.actor(siti, None, NOON).appointments
    assert [(held.role, held.emergency) for held in lent] == [(Role.OPERATOR_PUSAT_KENDALI, True)]
    assert queries.actor(siti, None, NOON + timedelta(hours=2)).appointments == ()


@pytest.mark.django_db
def test_the_request_carries_who_asks_without_asking_the_database(
    django_assert_num_queries: object,
):
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    with django_assert_num_queries(0):  # type: ignore[operator]
        ActorMiddleware(lambda request: HttpResponse())(request)
        assert actor_of(request).is_anonymous
