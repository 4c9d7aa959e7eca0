"""Pages on persons and on the access log: only for whom the layer above lets in, and all logged."""

import pytest

from kawal.identity import actions, mails, queries, registry
from kawal.identity.facts import PersonDraft
from kawal.identity.models import AccessLog, Login, Person
from kawal.identity.tests.conftest import NOW, PASSWORD, SITI_NIK

pytestmark = pytest.mark.django_db
PAGES = ["orang/", "orang/baru/", "akses/"]


@pytest.fixture
def keeper(as_siti, monkeypatch):
    """Siti, whom the layer above lets do everything here."""
    monkeypatch.setattr(registry, "permitted", lambda request, act: act in registry.ACTS)
    return as_siti


def key(n: int = 0) -> dict[str, str]:
    return {"_key": f"{n:032}"}


def acts() -> list[tuple[str, str]]:
    lines = AccessLog.objects.exclude(what__startswith="sign_in").order_by("pk")
    return list(lines.values_list("what", "object_id"))


@pytest.mark.parametrize("path", PAGES)
def test_strangers_and_those_without_the_right_stay_outside(client, as_siti, path):
    assert as_siti.get(f"/office/{path}").status_code == 403
    client.cookies.clear()
    assert client.get(f"/office/{path}").headers["Location"].startswith("/akun/masuk/")


def test_a_reader_who_may_only_see_changes_nothing(as_siti, budi, monkeypatch):
    monkeypatch.setattr(registry, "permitted", lambda request, act: act == registry.SEE_PEOPLE)
    assert as_siti.get(f"/office/orang/{budi.id}/").status_code == 200
    refused = as_siti.post(f"/office/orang/{budi.id}/akun/", key() | {"username": "budi"})
    assert (refused.status_code, Login.objects.filter(username="budi").exists()) == (403, False)
    assert as_siti.get(f"/office/orang/{budi.id}/nomor/").status_code == 403


def test_people_are_listed_and_found(keeper, budi):
    everybody = keeper.get("/office/orang/").content.decode()
    assert "Budi Santoso" in everybody
    assert "Siti Rahmawati" in everybody
    found = keeper.get(f"/office/orang/?cari={SITI_NIK}").content.decode()
    assert "Budi Santoso" not in found
    assert SITI_NIK not in found.replace(f'value="{SITI_NIK}"', "").replace(f"cari={SITI_NIK}", "")


def test_a_person_is_entered_with_all_reasons_at_once(keeper):
    wrong = keeper.post("/office/orang/baru/", key() | {"name": "", "nip": "1", "nik": "2"})
    assert wrong.status_code == 422
    page = wrong.content.decode()
    for reason in ("Nama wajib diisi", "NIP terdiri atas 18 angka", "NIK terdiri atas 16 angka"):
        assert reason in page
    made = keeper.post("/office/orang/baru/", key() | {"name": "Rina Dewi", "nip": "", "nik": ""})
    rina = Person.objects.get(name="Rina Dewi")
    assert made.headers["Location"] == f"/office/orang/{rina.pk}/"
    assert acts()[-1] == ("person.entered", str(rina.pk))


def test_sent_twice_a_person_is_entered_once(keeper):
    form = key() | {"name": "Rina Dewi"}
    first, second = (keeper.post("/office/orang/baru/", form) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Person.objects.filter(name="Rina Dewi").count() == 1


def test_of_two_editors_the_second_sees_both(keeper, budi):
    form = {"version": "1", "name": "Budi S.", "email": "budi@binjai.example"}
    assert keeper.post(f"/office/orang/{budi.id}/ubah/", key(1) | form).status_code == 302
    other = {"version": "1", "name": "Budi Santosa", "email": ""}
    stale = keeper.post(f"/office/orang/{budi.id}/ubah/", key(2) | other)
    page = stale.content.decode()
    assert stale.status_code == 409
    assert "Budi Santosa" in page
    assert "budi@binjai.example" in page
    assert queries.person(budi.id).name == "Budi S."
    again = other | {"version": "2"}
    assert keeper.post(f"/office/orang/{budi.id}/ubah/", key(3) | again).status_code == 302
    assert queries.person(budi.id).version == 3


def test_a_number_left_empty_stays_and_a_new_one_replaces_it(siti):
    kept = actions.amend_person(siti.id, PersonDraft(name="Siti R."), read=1, at=NOW)
    assert (kept.has_nip, kept.has_nik, kept.email) == (True, True, "")
    assert queries.numbers(siti.id)["nik"] == SITI_NIK
    new = "1275035203800009"
    actions.amend_person(siti.id, PersonDraft(name="Siti R.", nik=new), read=2, at=NOW)
    assert queries.numbers(siti.id)["nik"] == new
    assert queries.by_nik(SITI_NIK) is None
    found = queries.by_nik(new)
    assert found is not None
    assert found.id == siti.id


def test_the_numbers_show_after_a_fresh_password_and_the_look_is_logged(keeper, siti):
    asked = keeper.get(f"/office/orang/{siti.id}/nomor/")
    assert asked.headers["Location"].startswith("/akun/pastikan/")
    keeper.post(asked.headers["Location"], {"password": PASSWORD})
    assert SITI_NIK in keeper.get(f"/office/orang/{siti.id}/nomor/").content.decode()
    assert acts()[-1] == ("person.numbers_seen", str(siti.id))


def test_a_login_is_opened_closed_and_opened_again(keeper, budi, monkeypatch):
    mailed: list[str] = []
    monkeypatch.setattr(mails, "send_reset", mailed.append)
    keeper.post(f"/office/orang/{budi.id}/akun/", key(1) | {"username": "Budi"})
    login = Login.objects.get(username="budi")
    assert not login.has_usable_password()
    assert mailed == []  # he has no address yet
    again = keeper.post(f"/office/orang/{budi.id}/akun/", key(2) | {"username": "budi"})
    assert (again.status_code, "sudah dipakai" in again.content.decode()) == (422, True)
    keeper.post(f"/office/akun/{login.pk}/tutup/", key(3))
    assert not Login.objects.get(pk=login.pk).is_active
    keeper.post(f"/office/akun/{login.pk}/buka/", key(4))
    assert Login.objects.get(pk=login.pk).is_active
    done = [what for what, _ in acts() if what.startswith("login.")]
    assert done == ["login.opened", "login.closed", "login.opened"]


def test_who_has_an_address_is_mailed_a_link(keeper, siti, monkeypatch):
    mailed: list[str] = []
    monkeypatch.setattr(mails, "send_reset", mailed.append)
    keeper.post(f"/office/orang/{siti.id}/akun/", key() | {"username": "siti.dua"})
    assert mailed == ["siti@binjai.example"]


def test_a_closed_persons_login_stays_closed(keeper, budi):
    login = actions.open_login(budi.id, "budi", at=NOW)
    actions.close_person(budi.id, at=NOW)
    assert not queries.login(login.id).is_active
    keeper.post(f"/office/akun/{login.id}/buka/", key())
    assert not queries.login(login.id).is_active
    assert "sudah tidak aktif" in keeper.get(f"/office/orang/{budi.id}/").content.decode()


def test_a_person_is_closed_with_his_logins_and_made_active_again(keeper, budi):
    login = actions.open_login(budi.id, "budi", at=NOW)
    keeper.post(f"/office/orang/{budi.id}/tutup/", key(1))
    assert not queries.person(budi.id).is_active
    assert not queries.login(login.id).is_active
    keeper.post(f"/office/orang/{budi.id}/aktif/", key(2))
    assert queries.person(budi.id).is_active
    assert not queries.login(login.id).is_active
    assert acts() == [("person.closed", str(budi.id)), ("person.reopened", str(budi.id))]


def test_a_missing_person_is_not_found(keeper):
    assert keeper.get("/office/orang/999999/").status_code == 404
    assert keeper.post("/office/akun/999999/tutup/", key()).status_code == 404


def test_the_inspector_asks_who_saw_a_person(keeper, siti, budi):
    keeper.get(f"/office/orang/{budi.id}/")
    page = keeper.get(f"/office/akses/?jenis=person&objek={budi.id}").content.decode()
    assert "melihat data orang" in page
    assert "Dra. Siti Rahmawati, M.Pd." in page
    nothing = keeper.get("/office/akses/?dari=2020-01-01&sampai=2020-01-31").content.decode()
    assert "Belum ada catatan." in nothing
    assert acts()[-1] == ("accesses.seen", "")


@pytest.fixture
def rina(db):
    """Somebody with a login, and an address that strangers must not take in silence."""
    made = actions.register_person(
        PersonDraft(name="Rina Dewi", email="rina@binjai.example"), at=NOW
    )
    actions.open_login(made.id, "rina", at=NOW, password=PASSWORD, must_change_password=False)
    return made


def amend(keeper, person, **changes):
    form = {"version": person.version, "name": person.name, "email": person.email} | changes
    answer = keeper.post(f"/office/orang/{person.id}/ubah/", key(7) | form)
    assert (answer.status_code, mails.settled()) == (302, True)


def test_whose_address_is_changed_hears_of_it_at_the_address_he_had(keeper, rina, mailoutbox):
    amend(keeper, rina, email="somebody@elsewhere.example")
    (letter,) = mailoutbox
    assert letter.to == ["rina@binjai.example"]
    assert "Pada akun rina: alamat surel diganti oleh pengelola." in letter.body
    assert "elsewhere" not in letter.body


def test_a_change_that_leaves_the_address_writes_no_letter(keeper, rina, mailoutbox):
    amend(keeper, rina, name="Rina D. Lestari")
    assert mailoutbox == []


def test_whose_second_factor_is_taken_away_hears_of_it(keeper, rina, mailoutbox):
    login = queries.logins_of(rina.id)[0]
    keeper.post(f"/office/akun/{login.id}/faktor/", key(8))
    assert mails.settled()
    assert "faktor kedua dilepas oleh pengelola" in mailoutbox[0].body
