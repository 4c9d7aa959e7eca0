"""Persons: entered once, found by what one knows of them, and never half."""

import pytest
from django.db import IntegrityError, connection, transaction

from kawal.identity import actions, queries
from kawal.identity.actions import persons
from kawal.identity.facts import PersonDraft
from kawal.identity.models import Login, Person
from kawal.identity.tests.conftest import NOW, PASSWORD, SITI_NIK, SITI_NIP
from kawal.kernel.refusals import NotThere, Refused


def test_a_person_is_kept_clean_and_named_with_titles(siti):
    assert siti.full_name == "Dra. Siti Rahmawati, M.Pd."
    assert (siti.email, siti.has_nip, siti.has_nik, siti.has_phone) == (
        "siti@binjai.example",
        True,
        True,
        True,
    )
    assert queries.person(siti.id) == siti
    assert queries.names([siti.id, 999]) == {siti.id: "Dra. Siti Rahmawati, M.Pd."}
    assert queries.addresses([siti.id, 999]) == {siti.id: "siti@binjai.example"}


def test_every_reason_comes_at_once_and_nobody_is_entered(siti):
    draft = PersonDraft(name=" ", nip=SITI_NIP, nik="12", email="SITI@binjai.example", phone="12")
    with pytest.raises(Refused) as refused:
        actions.register_person(draft, at=NOW)
    assert [reason.code for reason in refused.value.reasons] == [
        "name_missing",
        "phone_form",
        "nik_digits",
        "nip_taken",
        "email_taken",
    ]
    assert Person.objects.count() == 1


def test_people_are_found_by_name_address_and_whole_number_only(siti, budi):
    assert queries.find_people("rahma") == [siti]
    assert queries.find_people("siti binjai.example") == [siti]
    assert queries.find_people(SITI_NIP) == [siti]
    assert queries.find_people("1275.0352.0380.0001") == [siti]
    assert queries.find_people(SITI_NIK[:-1]) == []
    assert queries.find_people("", limit=1) == [budi]
    assert queries.by_nip(SITI_NIP) == queries.by_nik(SITI_NIK) == siti


def test_a_missing_person_is_not_there(db):
    with pytest.raises(NotThere):
        queries.person(1)
    with pytest.raises(NotThere):
        actions.open_login(1, "siti", at=NOW)


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"nip": None},
        {"nik_index": None},
        {"email": "SITI@binjai.example"},
        {"is_active": False},
    ],
)
def test_the_database_holds_the_promises_too(siti, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=siti.id).update(**change)


def test_the_database_refuses_the_same_number_twice(siti, budi):
    row = Person.objects.get(pk=siti.id)
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=budi.id).update(nip=row.nip, nip_index=row.nip_index)


def test_of_two_who_enter_one_person_at_once_the_second_is_told(siti, monkeypatch):
    look = persons._taken
    calls = []

    def blind_at_first(draft, *, but):
        calls.append(draft)
        return [] if len(calls) == 1 else look(draft, but=but)

    monkeypatch.setattr(persons, "_taken", blind_at_first)
    with pytest.raises(Refused) as refused:
        actions.register_person(PersonDraft(name="Siti", nik=SITI_NIK), at=NOW)
    assert [reason.code for reason in refused.value.reasons] == ["nik_taken"]
    assert Person.objects.count() == 1


def test_a_login_opens_once_under_its_name(siti, budi):
    opened = actions.open_login(siti.id, " Siti.R ", at=NOW, password=PASSWORD)
    assert (opened.username, opened.must_change_password) == ("siti.r", True)
    assert queries.logins_of(siti.id) == [opened]
    with pytest.raises(Refused) as refused:
        actions.open_login(budi.id, "siti.r", at=NOW)
    assert [reason.code for reason in refused.value.reasons] == ["username_taken"]
    assert queries.logins_of(budi.id) == []


def test_a_weak_password_opens_nothing(siti):
    with pytest.raises(Refused) as refused:
        actions.open_login(siti.id, "siti", at=NOW, password="password")
    assert {reason.code for reason in refused.value.reasons} == {"password_weak"}
    assert not Login.objects.exists()


def test_a_demo_login_exists_only_in_a_demo(siti, settings):
    settings.DEPLOYMENT = "live"
    with pytest.raises(Refused) as refused:
        actions.open_login(siti.id, "siti", at=NOW, is_demo=True)
    assert [reason.code for reason in refused.value.reasons] == ["demo_login"]


def test_passwords_are_kept_by_argon2(siti_login):
    assert Login.objects.get(pk=siti_login.id).password.startswith("argon2$argon2id$")


def test_raw_sql_cannot_write_a_login_name_in_capitals(siti_login):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE identity_login SET username = 'SITI'")


def test_a_login_closes_once_and_opens_again(siti_login):
    closed = actions.close_login(siti_login.id, at=NOW)
    assert not closed.is_active
    assert actions.close_login(siti_login.id, at=NOW) == closed
    assert Login.objects.get().closed_at == NOW
    assert actions.reopen_login(siti_login.id).is_active
