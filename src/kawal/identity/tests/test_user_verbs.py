"""The verbs of ``kawal user``, as an operator types them."""

import json

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from click.testing import CliRunner

from kawal.identity import actions, queries, registry
from kawal.identity.actions.resealing import reseal
from kawal.identity.facts import PersonDraft
from kawal.identity.management import (
    add,
    close,
    erase,
    export,
    found,
    list_logins,
    password,
    reset_mfa,
)
from kawal.identity.management import reseal as reseal_verb
from kawal.identity.models import AccessLog, Login, Person
from kawal.identity.sealing import key_id, newest_key_id
from kawal.identity.tests.conftest import NOW, PASSWORD, SITI_NIK, SITI_NIP, totp
from kawal.kernel.refusals import NotThere, Reason, Refused

pytestmark = pytest.mark.django_db
OLD, NEW = "11" * 32, "22" * 32


def run(verb, *words: str, stdin: str | None = None) -> str:
    result = CliRunner().invoke(verb.command, list(words), input=stdin, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def done() -> list[tuple[str, str, str]]:
    lines = AccessLog.objects.order_by("pk").values_list("what", "kind", "object_id")
    return [(what.partition(" ")[2], kind, id) for what, kind, id in lines]


def test_add_enters_a_person_with_a_temporary_password():
    shown = run(add, "rina", "--name", "Rina Sari", "--email", "rina@binjai.example")
    login = Login.objects.get(username="rina")
    temporary = shown.rstrip().rpartition(" ")[2]
    assert login.check_password(temporary)
    assert login.must_change_password
    assert done() == [("user add", "person", str(login.person_id))]


def test_add_takes_a_password_from_the_standard_input_and_prints_none():
    shown = run(add, "rina", "--name", "Rina", "--password-stdin", stdin=f"{PASSWORD}\n")
    assert Login.objects.get(username="rina").check_password(PASSWORD)
    assert PASSWORD not in shown
    assert "Temporary" not in shown


def test_add_leaves_no_person_behind_when_the_login_is_refused(siti_login):
    with pytest.raises(Refused) as refused:
        run(add, "siti", "--name", "Siti Lain")
    assert [reason.code for reason in refused.value.reasons] == ["username_taken"]
    assert not Person.objects.filter(name="Siti Lain").exists()
    assert done() == []


def test_found_makes_two_persons_once():
    founders = ["--founder", "rina", "Rina Sari", "r@binjai.example"]
    founders += ["--founder", "budi", "Budi Santoso", "b@binjai.example"]
    shown = run(found, *founders)
    assert shown.count("Temporary password") == 2
    assert [login.username for login in queries.all_logins()] == ["budi", "rina"]
    again = CliRunner().invoke(found.command, founders)
    assert (again.exit_code, Person.objects.count()) == (1, 2)
    assert "persons already" in again.output


def test_found_wants_two():
    alone = ["--founder", "rina", "Rina Sari", "r@binjai.example"]
    result = CliRunner().invoke(found.command, alone)
    assert (result.exit_code, Person.objects.count()) == (2, 0)


def test_list_tells_whose_each_login_is(siti_login):
    assert "Dra. Siti Rahmawati, M.Pd." in run(list_logins)
    (entry,) = json.loads(run(list_logins, "--json"))
    assert (entry["username"], entry["is_active"]) == ("siti", True)
    run(close, "siti")
    assert json.loads(run(list_logins, "--json", "--open")) == []
    assert "closed" in run(list_logins)


def test_close_password_and_reset_reach_the_login_named(siti_login):
    run(password, "siti", "--password-stdin", stdin="pohon-kelapa-tua-3\n")
    row = Login.objects.get()
    assert (row.check_password("pohon-kelapa-tua-3"), row.must_change_password) == (True, True)
    TOTP.activate(row, generate_totp_secret())
    assert "1 second factors removed" in run(reset_mfa, "siti")
    assert not Authenticator.objects.exists()
    run(close, "SITI")
    assert not Login.objects.get().is_active
    assert [what for what, *_ in done()] == ["user password", "user reset-mfa", "user close"]


def test_an_unknown_name_is_said():
    with pytest.raises(NotThere, match="nobody"):
        run(close, "nobody")


def test_a_weak_password_is_refused(siti_login):
    with pytest.raises(Refused):
        run(password, "siti", "--password-stdin", stdin="12345\n")
    assert Login.objects.get().check_password(PASSWORD)


def test_export_holds_everything_in_plain_and_is_logged(siti, siti_login):
    shown = json.loads(run(export, str(siti.id)))
    assert shown["held"]["Jati diri"]["NIK"] == SITI_NIK
    assert shown["held"]["Jati diri"]["NIP"] == SITI_NIP
    assert shown["seen_by"][0]["what"].endswith("user export")


def test_erase_forgets_who_a_person_was(siti, siti_login):
    run(erase, str(siti.id), "--yes")
    row = Person.objects.get(pk=siti.id)
    assert (row.name, row.email, row.nip, row.nik_index, row.phone) == ("", "", None, None, None)
    assert queries.person(siti.id).full_name == "(data dihapus)"
    assert Login.objects.get().username == f"terhapus-{siti_login.id}"
    assert queries.find_people("Siti") == []
    assert queries.by_nik(SITI_NIK) is None


def test_erase_asks_first(siti):
    result = CliRunner().invoke(erase.command, [str(siti.id)], input="n\n")
    assert result.exit_code == 1
    assert queries.person(siti.id).name == "Siti Rahmawati"


def test_a_module_that_must_keep_a_person_refuses_and_nothing_changes(
    siti, siti_login, monkeypatch
):
    keep = Reason("retention", "Bukti akuntansi disimpan 10 tahun")
    monkeypatch.setattr(registry, "_keepers", [lambda person_id, at: [keep]])
    with pytest.raises(Refused) as refused:
        run(erase, str(siti.id), "--yes")
    assert refused.value.reasons == (keep,)
    assert queries.person(siti.id) == siti
    assert queries.login(siti_login.id).is_active


@pytest.fixture
def old_key(settings):
    """All that follows is sealed with the old key, until a new one is put in front of it."""
    settings.KEY_RING = [OLD]
    return settings


def test_reseal_moves_everything_to_the_newest_key(old_key, siti, siti_login):
    secret = generate_totp_secret()
    TOTP.activate(Login.objects.get(), secret)
    old_key.KEY_RING = [NEW, OLD]
    shown = json.loads(run(reseal_verb, "--json"))
    assert shown["moved"] == {
        "identity.IndexKey": 1,
        "identity.Person": 1,
        "mfa.Authenticator": 1,
    }
    assert set(json.loads(run(reseal_verb, "--json"))["moved"].values()) == {0}
    old_key.KEY_RING = [NEW]
    assert queries.numbers(siti.id) == {"nip": SITI_NIP, "nik": SITI_NIK, "phone": "081234567890"}
    found = queries.by_nik(SITI_NIK)
    assert found is not None
    assert found.id == siti.id
    assert TOTP(Authenticator.objects.get()).validate_code(totp(secret))


def test_reseal_goes_on_in_batches(old_key, db):
    for n in range(1, 8):
        draft = PersonDraft(name=f"Orang {n}", nik=f"127503520380{n:04}")
        actions.register_person(draft, at=NOW)
    old_key.KEY_RING = [NEW, OLD]
    assert reseal(at_once=3)["identity.Person"] == 7
    rows = Person.objects.all()
    assert {key_id(row.nik.blob) for row in rows if row.nik} == {newest_key_id()}


def test_reseal_says_when_a_key_is_gone(old_key, siti):
    old_key.KEY_RING = [NEW]
    result = CliRunner().invoke(reseal_verb.command)
    assert result.exit_code == 1
    assert "KAWAL_SEAL_KEYS" in result.output
