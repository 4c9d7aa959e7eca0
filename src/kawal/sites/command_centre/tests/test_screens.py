"""A room's screen reads the wall only after somebody who may has typed its code."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from kawal.identity import actions as identity
from kawal.identity.facts import PersonDraft
from kawal.kernel.refusals import NotThere, Refused
from kawal.regions.facts import Acting, Actor, AppointmentFacts, Role
from kawal.sites.command_centre import actions, queries, rules

NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)


def actor(*roles: Role, name: str = "Tiur Simbolon") -> Actor:
    person = identity.register_person(PersonDraft(name=name), at=NOON).id
    held = tuple(
        AppointmentFacts(n, person, role, None, Acting.DEFINITIVE, date(2026, 1, 1), None)
        for n, role in enumerate(roles)
    )
    return Actor(person, None, held, NOON)


@pytest.fixture
def tiur(db: None) -> Actor:
    """An operator of the command centre."""
    return actor(Role.OPERATOR_PUSAT_KENDALI)


def asked() -> tuple[str, str]:
    found = actions.ask_to_read(address="10.1.2.3", at=NOON)
    assert found
    screen, secret = found
    return screen.code, secret


def test_a_screen_that_only_asked_reads_nothing(db: None):
    _, secret = asked()
    screen = queries.screen_of(secret)
    assert screen
    assert not rules.may_read(screen, NOON)


def test_a_paired_screen_reads_until_its_last_day(tiur: Actor):
    code, secret = asked()
    paired = actions.pair_screen(
        code=f"{code[:3].lower()}-{code[3:]}", name="Ruang Wali Kota", days=30, actor=tiur, at=NOON
    )
    assert paired.expires_at == NOON + timedelta(days=30)
    screen = queries.screen_of(secret)
    assert screen
    assert rules.may_read(screen, NOON + timedelta(days=29, hours=23))
    assert not rules.may_read(screen, NOON + timedelta(days=30))


def test_a_revoked_screen_reads_nothing_and_cannot_be_revoked_twice(tiur: Actor):
    code, secret = asked()
    paired = actions.pair_screen(code=code, name="Aula", days=30, actor=tiur, at=NOON)
    actions.revoke_screen(screen_id=paired.id, actor=tiur, at=NOON)
    screen = queries.screen_of(secret)
    assert screen
    assert not rules.may_read(screen, NOON)
    with pytest.raises(NotThere):
        actions.revoke_screen(screen_id=paired.id, actor=tiur, at=NOON)


def test_who_may_not_pair_is_refused_and_the_screen_goes_on_waiting(tiur: Actor):
    code, secret = asked()
    joko = actor(Role.PPTK, name="Joko Prasetyo")
    with pytest.raises(Refused):
        actions.pair_screen(code=code, name="Gudang", days=30, actor=joko, at=NOON)
    screen = queries.screen_of(secret)
    assert screen
    assert screen.paired_at is None


def test_all_that_is_wrong_with_a_pairing_is_said_at_once(tiur: Actor):
    with pytest.raises(Refused) as refused:
        actions.pair_screen(code="ZZZZZZ", name=" ", days=0, actor=tiur, at=NOON)
    codes = [reason.code for reason in refused.value.reasons]
    assert codes == ["screen.code_unknown", "screen.no_name", "screen.days"]


def test_a_code_is_no_use_after_fifteen_minutes(tiur: Actor):
    code, _ = asked()
    later = NOON + timedelta(minutes=15)
    with pytest.raises(Refused):
        actions.pair_screen(code=code, name="Aula", days=30, actor=tiur, at=later)


def test_only_so_many_screens_may_wait_and_old_ones_make_room(db: None):
    for _ in range(rules.MOST_WAITING):
        asked()
    assert actions.ask_to_read(address="", at=NOON) is None
    assert actions.ask_to_read(address="", at=NOON + rules.WAITING) is not None
    assert queries.waiting(NOON + rules.WAITING) == 1


def test_the_secret_itself_is_not_kept(db: None):
    _, secret = asked()
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret_hash::text, code FROM command_centre_screen")
        assert secret not in str(cursor.fetchall())


def test_the_database_refuses_a_pairing_by_nobody(db: None):
    asked()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE command_centre_screen SET paired_at = now()")
