"""Every page opens for who may, in his scope only, and every form does what it says."""

from datetime import timedelta
from decimal import Decimal

import pytest

from kawal.monitoring import actions, queries, sealed
from kawal.monitoring.facts import Decision, IncidentState, Kind, Severity, State
from kawal.monitoring.models import (
    AllowedNetwork,
    Application,
    Check,
    Incident,
    Policy,
    Proposal,
    Transition,
    Verdict,
    Watcher,
)
from kawal.monitoring.tests.desk.browser import Browser
from kawal.monitoring.tests.desk.conftest import NOON, TODAY, ago
from kawal.regions.facts import Scope

ALL = Scope(everything=True)


@pytest.fixture
def pbb(pendapatan, application):
    return application(
        pendapatan,
        "e-PBB",
        address="https://pbb.binjai.example/",
        cost=Decimal(180_000_000),
        contract_ends=TODAY,
        public=True,
        serves="Tagihan PBB-P2",
    )


@pytest.fixture
def down(pbb, check):
    row = check(pbb, State.DOWN, name="Halaman", code=503, spec={"url": "https://pbb.example/"})
    Transition.objects.create(
        check_row=row, at=ago(minutes=9), old=1, new=3, code=503, noted_at=ago(minutes=8)
    )
    return row


@pytest.fixture
def trouble(pbb, down, incident):
    return incident(pbb, "Halaman mati", check_row=down, severity=Severity.CRITICAL)


def pages_of(pbb, down, trouble):
    return [
        "",
        "opd/",
        f"opd/{pbb.agency_id}/",
        "aplikasi/",
        f"aplikasi/{pbb.pk}/",
        "aplikasi/tidak-dipakai/",
        "pemeriksaan/",
        f"pemeriksaan/{down.pk}/",
        "insiden/",
        f"insiden/{trouble.pk}/",
    ]


@pytest.mark.parametrize("lang", ["id", "en"])
def test_who_sees_an_agency_opens_its_pages(pbb, down, trouble, lina, lang):
    lina = Browser(lina, lang)
    for path in pages_of(pbb, down, trouble):
        assert "e-PBB" in lina.get(path) or path in ("opd/",), path


def test_joko_sees_nothing_of_another_agency(pbb, down, trouble, joko):
    joko = Browser(joko)
    for path in pages_of(pbb, down, trouble):
        if any(letter.isdigit() for letter in path):
            joko.get(path, 404)
        else:
            assert "e-PBB" not in joko.get(path)
    for path in ("ubah/", "periksa/"):
        joko.get(f"aplikasi/{pbb.pk}/{path}", 404)
    joko.send(f"insiden/{trouble.pk}/terima/", {}, 404)
    assert Incident.objects.get().state == IncidentState.OPEN


def test_strangers_sign_in_first_and_those_without_a_post_stay_outside(client, appoint, db):
    assert client.get("/office/insiden/").headers["Location"].startswith("/akun/")
    dewi = Browser(appoint("Dewi Lestari", "TAPD"))
    for path in ("insiden/", "aplikasi/", "pemeriksaan/", "opd/", "pengawas/"):
        dewi.get(path, 403)
    assert "Belum ada penugasan" in dewi.get("")


def test_an_auditor_reads_every_page_and_finds_nothing_to_press(pbb, down, trouble, auditor):
    auditor = Browser(auditor)
    for path in [*pages_of(pbb, down, trouble), "pengawas/", "pengawas/jaringan/"]:
        auditor.get(path)
    page = auditor.client.get(f"/office/insiden/{trouble.pk}/").content.decode()
    assert "<button" not in page.partition("<main")[2].partition("</main>")[0]
    auditor.send(f"insiden/{trouble.pk}/terima/", {}, 403)
    auditor.get("aplikasi/baru/", 403)


def test_the_desk_says_first_what_waits(pbb, down, trouble, lina):
    text = Browser(lina).get("")
    waits, stands = text.split("Aplikasi terganggu", 1)
    assert "e-PBB: Halaman mati Belum diterima oleh operator OPD" in waits
    assert "Menjawab dengan status HTTP 503" in stands


def test_an_incident_is_taken_noted_given_and_ended_from_its_page(pbb, down, trouble, lina, agus):
    browser, path = Browser(lina), f"insiden/{trouble.pk}/"
    assert "Terima: saya tangani" in browser.get(path)
    browser.send(f"{path}terima/", {})
    assert "Ditangani Lina Tarigan" in browser.get(path)
    browser.send(f"{path}catat/", {"text": "Vendor dihubungi"})
    assert "Vendor dihubungi" in browser.get(path)
    refused = browser.send(f"{path}selesai/", {"cause": "Cakram penuh"}, 422)
    assert "Masih gagal: Halaman." in refused
    assert "Cakram penuh" in refused
    down.now.state = State.UP
    down.now.save()
    short = browser.send(f"{path}selesai/", {"cause": "ya"}, 422)
    assert "Tulis penyebabnya." in short
    browser.send(f"{path}selesai/", {"cause": "Cakram penuh"})
    assert "Selesai setelah" in browser.get(path)
    browser.send(f"{path}tugaskan/", {"assignee": agus.person_id}, 422)
    browser.send(f"{path}buka-lagi/", {"text": "Mati lagi"})
    browser.send(f"{path}tugaskan/", {"assignee": agus.person_id, "text": "Tolong"})
    page = browser.get(path)
    assert "Ditugaskan kepada Agus Nasution." in page
    assert "Ditugaskan: Agus Nasution" in page
    assert queries.incident(trouble.pk, ALL).state is IncidentState.OPEN


def test_taking_what_another_took_says_so(pbb, down, trouble, lina, agus):
    actions.acknowledge_incident(trouble.pk, actor=agus)
    text = Browser(lina).send(f"insiden/{trouble.pk}/terima/", {}, 422)
    assert "Insiden ini sudah diterima untuk ditangani." in text


def test_an_incident_is_opened_by_hand(pbb, lina):
    browser = Browser(lina)
    wrong = browser.send("insiden/buka/", {"application": pbb.pk, "title": "x", "severity": 1}, 422)
    assert "Tulis apa yang terganggu." in wrong
    fields = {"application": pbb.pk, "title": "Tidak bisa bayar", "severity": 2}
    assert browser.send("insiden/buka/", fields) == f"/office/insiden/{Incident.objects.get().pk}/"


def test_lists_are_narrowed_sorted_and_survive_nonsense(pbb, down, trouble, lina):
    browser = Browser(lina)
    for path in (
        "aplikasi/?q=pbb&state=3&criticality=3&decision=undecided&sort=-cost",
        "insiden/?q=mati&state=unresolved&severity=1&sort=severity",
        "pemeriksaan/?q=hal&kind=http&state=3&sort=-ms",
    ):
        assert "e-PBB" in browser.get(path)
    for path in ("aplikasi/", "insiden/", "pemeriksaan/"):
        browser.get(f"{path}?state=9&severity=x&criticality=-1&kind=y&sort=z&page=99&agency=abc")
        assert "Tidak ada" in browser.get(f"{path}?q=tidak+ada+yang+begini")


FORM = {
    "name": "e-PBB",
    "criticality": "2",
    "hours": "always",
    "personal_data": "none",
    "serves": "Tagihan",
}


def test_an_application_is_registered_with_all_reasons_beside_the_fields(pendapatan, lina):
    browser = Browser(lina)
    assert "Badan Pendapatan Daerah" in browser.get("aplikasi/baru/")
    wrong = FORM | {"agency": pendapatan.pk, "users": "5", "cost": "seribu", "name": ""}
    text = browser.send("aplikasi/baru/", wrong, 422)
    assert "Tulis angkanya saja" in text
    later = FORM | {"agency": pendapatan.pk, "users": "12.500", "last_login_on": "2999-01-01"}
    text = browser.send("aplikasi/baru/", later, 422)
    assert "Login terakhir: Tidak boleh di masa depan." in text
    assert "Sebutkan tanggal penghitungan penggunanya." in text
    right = FORM | {
        "agency": pendapatan.pk,
        "users": "12.500",
        "users_on": "2026-11-01",
        "cost": "Rp 180.000.000,50",
        "hours": "own",
        "weekly_0": "08.00-12.00, 13.00-16.00",
        "last_data_at": "2026-11-23T10:00",
        "public": "on",
    }
    browser.send("aplikasi/baru/", right)
    row = Application.objects.get()
    assert (row.users, row.cost, row.public) == (12_500, Decimal("180000000.50"), True)
    assert row.weekly[0] == [["08:00", "12:00"], ["13:00", "16:00"]]
    assert row.last_data_at.isoformat() == "2026-11-23T03:00:00+00:00"
    shown = browser.client.get(f"/office/aplikasi/{row.pk}/ubah/").content.decode()
    for value in ('"180.000.000,5"', '"08:00-12:00, 13:00-16:00"', '"2026-11-23T10:00"'):
        assert f"value={value}" in shown


def test_the_second_saver_of_an_application_sees_both(pbb, lina):
    browser = Browser(lina)
    fields = FORM | {"agency": pbb.agency_id, "version": 1}
    browser.send(f"aplikasi/{pbb.pk}/ubah/", fields | {"serves": "Punya orang lain"})
    text = browser.send(f"aplikasi/{pbb.pk}/ubah/", fields | {"serves": "Punya saya"}, 409)
    assert "Isian ini sudah disimpan orang lain" in text
    assert "Punya saya" in text
    assert "Punya orang lain" in text
    assert Application.objects.get().serves == "Punya orang lain"
    browser.send(f"aplikasi/{pbb.pk}/ubah/", fields | {"serves": "Punya saya", "version": 2})
    assert Application.objects.get().serves == "Punya saya"


def test_its_fate_is_decided_and_it_is_retired(pbb, sekda):
    browser = Browser(sekda)
    browser.get(f"aplikasi/{pbb.pk}/putuskan/")
    wrong = browser.send(f"aplikasi/{pbb.pk}/putuskan/", {"decision": "merge", "why": "Sama"}, 422)
    assert "Pilih aplikasi tujuannya." in wrong
    browser.send(f"aplikasi/{pbb.pk}/putuskan/", {"decision": "retire", "why": "Diganti"})
    assert Application.objects.get().decision == Decision.RETIRE
    browser.get(f"aplikasi/{pbb.pk}/hentikan/")
    browser.send(f"aplikasi/{pbb.pk}/hentikan/", {"why": "Sudah diganti"})
    assert "Aplikasi ini sudah dihentikan" in browser.get(f"aplikasi/{pbb.pk}/")


CHECK = {
    "name": "Halaman depan",
    "url": "https://pbb.binjai.example/",
    "method": "GET",
    "slow_is": "warn",
    "redirects": "follow",
    "json_compare": "equals",
    "interval": "60",
    "timeout": "10",
    "confirmations": "2",
    "recheck": "5",
    "counts": "on",
}


def test_a_check_is_chosen_set_up_amended_paused_and_ended(pbb, lina):
    browser = Browser(lina)
    assert "Denyut pekerjaan" in browser.get(f"aplikasi/{pbb.pk}/periksa/")
    assert "Alamat halaman" in browser.get(f"aplikasi/{pbb.pk}/periksa/?kind=http")
    create = f"aplikasi/{pbb.pk}/periksa/?kind=http"
    wrong = browser.send(create, CHECK | {"url": "pbb", "timeout": "90"}, 422)
    assert "url tidak sah" in wrong
    assert "Batas waktu jawaban harus 1 sampai 60 detik." in wrong
    full = CHECK | {
        "status": "200-299, 401",
        "json": "data.status",
        "json_value": "true",
        "headers": "Accept: application/json",
        "secret_headers": "X-Kunci: sandi-7",
        "max_ms": "2.000",
    }
    browser.send(create, full)
    row = Check.objects.get()
    assert row.spec == {
        "url": "https://pbb.binjai.example/",
        "method": "GET",
        "max_ms": 2000,
        "slow_is": "warn",
        "redirects": "follow",
        "status": ["200-299", 401],
        "json": {"path": "data.status", "compare": "equals", "value": True},
        "headers": [
            {"name": "Accept", "value": "application/json"},
            {"name": "X-Kunci", "secret": True},
        ],
    }
    amend = f"pemeriksaan/{row.pk}/ubah/"
    shown = browser.client.get(f"/office/{amend}").content.decode()
    assert "sandi-7" not in shown
    assert "X-Kunci: ••••••" in shown
    kept = full | {"secret_headers": "X-Kunci: ••••••", "interval": "30", "version": "1"}
    browser.send(amend, kept)
    row.refresh_from_db()
    assert (row.interval, sealed.unseal(row.secrets)) == (30, {"X-Kunci": "sandi-7"})
    text = browser.send(amend, kept | {"interval": "90"}, 409)
    assert "Isian ini sudah disimpan orang lain" in text
    browser.get(f"pemeriksaan/{row.pk}/jeda/")
    browser.send(f"pemeriksaan/{row.pk}/jeda/", {"why": "Pindah server"})
    assert "Dijeda" in browser.get(f"pemeriksaan/{row.pk}/")
    browser.send(f"pemeriksaan/{row.pk}/lanjut/", {})
    browser.send(f"pemeriksaan/{row.pk}/hentikan/", {"why": "Diganti"})
    assert not Check.objects.filter(retired_at=None).exists()


OWN = {
    Kind.TLS: {"host": "pbb.example", "port": "443", "warn_days": "21", "bad_days": "3"},
    Kind.DNS: {"domain": "pbb.example", "record": "A", "match": "contains", "expect": "1.2.3.4"},
    Kind.TCP: {"host": "pbb.example", "port": "5432"},
    Kind.PING: {"host": "pbb.example"},
}
SPECS = {
    Kind.TLS: {"host": "pbb.example", "port": 443, "warn_days": 21, "bad_days": 3},
    Kind.DNS: {"name": "pbb.example", "record": "A", "match": "contains", "expect": ["1.2.3.4"]},
    Kind.TCP: {"host": "pbb.example", "port": 5432},
    Kind.PING: {"host": "pbb.example"},
}


@pytest.mark.parametrize("kind", sorted(OWN))
def test_each_kind_is_typed_and_shown_again(pbb, lina, kind):
    browser, path = Browser(lina), f"aplikasi/{pbb.pk}/periksa/?kind={kind}"
    browser.get(path)
    common = {"name": "X", "interval": 300, "timeout": 10, "confirmations": 2, "recheck": 5}
    browser.send(path, common | OWN[kind])
    row = Check.objects.get()
    assert row.spec == SPECS[kind]
    browser.send(f"pemeriksaan/{row.pk}/ubah/", common | OWN[kind] | {"version": 1})
    row.refresh_from_db()
    assert (row.spec, row.version) == (SPECS[kind], 1)
    browser.get(f"pemeriksaan/{row.pk}/")


def test_the_key_of_a_pushed_check_is_shown_once_and_not_kept(pbb, lina):
    browser, path = Browser(lina), f"aplikasi/{pbb.pk}/periksa/?kind=numbers"
    fields = {"name": "Antrean", "figures": "antrean naik 50 100", "stale_after": "3600"}
    key = {"_key": "a" * 32}
    first = browser.send(path, fields | key, 200)
    row = Check.objects.get()
    shown = next(word for word in first.split() if "/ping/" in word).rpartition("/ping/")[2]
    assert sealed.key_hash(shown) == bytes(row.key_hash)
    again = browser.send(path, fields | key, 200)
    assert shown not in again
    assert Check.objects.count() == 1
    assert row.spec["figures"] == [
        {"name": "antrean", "direction": "above", "warn": 50, "bad": 100}
    ]
    assert "antrean naik 50 100" in browser.get(f"pemeriksaan/{row.pk}/ubah/")
    renewed = browser.send(f"pemeriksaan/{row.pk}/kunci/", {}, 200)
    assert shown not in renewed


def test_a_list_is_pasted_and_confirmed(pendapatan, lina):
    browser = Browser(lina)
    browser.get("aplikasi/tempel/")
    fields = {"agency": pendapatan.pk, "text": "e-PBB, pbb.binjai.example\nrusak"}
    text = browser.send("aplikasi/tempel/", fields, 200)
    assert "rusak bukan nama domain" in text
    assert "pbb.binjai.example" in browser.get("aplikasi/usulan/")
    ids = list(Proposal.objects.values_list("pk", flat=True))
    none = browser.send("aplikasi/usulan/", {"act": "confirm"})
    assert none == "/office/aplikasi/usulan/"
    assert "Pilih sedikitnya satu usulan." in browser.get("aplikasi/usulan/")
    browser.send("aplikasi/usulan/", {"act": "confirm", "ids": ids[:2]})
    browser.send("aplikasi/usulan/", {"act": "reject", "ids": ids[2:]})
    assert Check.objects.count() == 2
    assert "Tidak ada usulan yang menunggu." in browser.get("aplikasi/usulan/")


def test_a_file_is_as_good_as_pasted_text(pendapatan, lina):
    from django.core.files.uploadedfile import SimpleUploadedFile

    browser = Browser(lina)
    bad = SimpleUploadedFile("daftar.csv", b"\xff\xfe\x00n")
    fields = {"agency": pendapatan.pk, "text": ""}
    assert "bukan teks UTF-8" in browser.send("aplikasi/tempel/", fields | {"file": bad}, 422)
    good = SimpleUploadedFile("daftar.csv", b"nama;alamat\ne-PBB;pbb.example\n")
    browser.send("aplikasi/tempel/", fields | {"file": good})
    assert set(Proposal.objects.values_list("application_name", flat=True)) == {"e-PBB"}


def test_networks_are_opened_and_closed_by_the_keeper_only(keeper, agus):
    browser = Browser(keeper)
    fields = {"network": "10.10.0.0/16", "first_port": "80", "last_port": "443", "why": "Dalam"}
    wrong = browser.send("pengawas/jaringan/", fields | {"network": "8.8.8.8"}, 422)
    assert "Jaringan ini publik" in wrong
    browser.send("pengawas/jaringan/", fields)
    row = AllowedNetwork.objects.get()
    assert "10.10.0.0/16" in Browser(agus).get("pengawas/jaringan/")
    browser.send(f"pengawas/jaringan/{row.pk}/tutup/", {})
    row.refresh_from_db()
    assert row.closed_at is not None


def test_thresholds_are_set_in_the_units_that_people_speak(sekda):
    browser = Browser(sekda)
    assert "kota belum menetapkan" in browser.get("pengawas/batas/")
    browser.get("pengawas/batas/tetapkan/")
    fields = {
        "valid_from": "2999-01-01",
        "legal_basis": "Keputusan 1/2026",
        "take_within": "15",
        "uptime_target": "99,5",
        "red_after": "15",
        "reopen_within": "15",
        "stale_after": "24",
        "unused_after_days": "90",
        "contract_soon_days": "30",
        "many_users": "5.000",
    }
    browser.send("pengawas/batas/tetapkan/", fields)
    row = Policy.objects.get()
    assert (row.take_within, row.solve_within, row.uptime_target, row.stale_after) == (
        900,
        None,
        Decimal("99.500"),
        86_400,
    )
    assert "Keputusan 1/2026" in browser.get("pengawas/batas/")


def test_the_watchers_own_health_is_shown(agus):
    browser = Browser(agus)
    assert "Belum ada pengawas yang berjalan." in browser.get("pengawas/")
    Watcher.objects.create(name="prober", started_at=NOON, alive_at=NOON, watermark=NOON)
    Verdict.objects.create(watcher="prober", at=NOON, verdict=3)
    text = browser.get("pengawas/")
    assert "prober : diam sejak" in text.replace("prober:", "prober :")
    assert "Pengawas kami kelebihan beban" in text


def test_an_agencys_page_shows_its_month_and_what_is_not_there_yet(pbb, down, trouble, walikota):
    browser = Browser(walikota)
    text = browser.get(f"opd/{pbb.agency_id}/?bulan=2026-11")
    not_there = ("Belum ada di Kawal", "Pembayaran")
    for words in ("Terganggu", "Halaman mati", "Rp 180.000.000", *not_there):
        assert words.replace(" ", " ") in text.replace(" ", " ")
    browser.get(f"opd/{pbb.agency_id}/?bulan=1999-99")
    browser.get("opd/99999/", 404)


def test_the_unused_are_shown_with_their_sums(pbb, walikota):
    text = Browser(walikota).get("aplikasi/tidak-dipakai/").replace(" ", " ")
    assert "Rp 180.000.000" in text
    assert "login terakhir tidak diketahui" in text


def test_a_checks_page_shows_what_it_found_lately(pbb, check, lina):
    from django.db import connection
    from django.utils import timezone

    row = check(pbb, State.UP, name="Halaman", spec={"url": "https://pbb.example/"})
    with connection.cursor() as cursor:
        for minutes, ms in ((1, 120.0), (2, 80.0)):
            cursor.execute(
                "INSERT INTO monitoring_result VALUES (%s, %s, %s, 1, 200, 50, 100, 0, 900)",
                [timezone.now() - timedelta(minutes=minutes), row.pk, ms],
            )
    text = Browser(lina).get(f"pemeriksaan/{row.pk}/")
    assert "Berjalan 5,0 10,0 – 90,0 120" in text
