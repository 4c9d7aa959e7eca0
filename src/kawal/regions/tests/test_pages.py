"""The pages as each kind of reader meets them, in the small city of the demo's own people."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from kawal.regions import presenters, queries
from kawal.regions.facts import Role
from kawal.regions.models import Appointment, BreakGlass, Holiday, WorkingWeek

pytestmark = pytest.mark.django_db
DESK = ["agencies", "appointments", "regions", "holidays", "openings", "emergencies", "mine"]
KEEPERS = ["new_agency", "merge_agencies", "propose", "working_week", "ask"]


def at(name: str, *args: object) -> str:
    return reverse(f"regions:{name}", args=args)


def post(browser: Client, url: str, **values: object) -> Any:
    return browser.post(url, {"_key": uuid4().hex, **values})


def text(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def keeper(world: Any) -> Client:
    """The first administrator's browser."""
    browser: Client = world.client("admin1")
    return browser


def test_an_administrator_reaches_every_page_and_a_stranger_none(
    world: Any, keeper: Client, client: Client
):
    for name in DESK + KEEPERS:
        assert (name, keeper.get(at(name)).status_code) == (name, 200)
        answer = client.get(at(name))
        assert (name, answer.status_code) == (name, 302)
        assert "/akun/masuk/" in answer["Location"]


def test_a_citizen_comes_to_the_desk_in_vain(world: Any):
    dewi = world.client("dewi")
    for name in set(DESK + KEEPERS) - {"mine"}:
        assert (name, dewi.get(at(name)).status_code) == (name, 403)
    assert "belum pernah ditunjuk" in text(dewi.get(at("mine")))


def test_joko_sees_none_of_dinas_pendidikans_appointments(world: Any):
    row = Appointment.objects.filter(agency_id=world.agency("Disdik").id).first()
    assert row is not None
    answer = world.client("joko").get(at("appointment", row.pk))
    assert answer.status_code in {403, 404}
    assert world.client("siti").get(at("appointment", row.pk)).status_code == 200


def test_a_budget_user_sees_her_own_agencys_appointments_only(world: Any):
    page = text(world.client("siti").get(at("appointments") + "?tab=berlaku"))
    assert "Dinas Pendidikan" in page
    assert "Dinas Perhubungan" not in page


def test_a_proposal_goes_through_two_browsers(world: Any, keeper: Client):
    agency, dewi = world.agency("Dishub"), world.person("dewi")
    found = text(keeper.get(at("propose") + "?cari=dewi"))
    assert f"?orang={dewi.id}" in found
    url = at("propose") + f"?orang={dewi.id}"
    assert keeper.get(url).status_code == 200
    today = world.today
    sk = {"sk_number": "821/9/2026", "sk_date": today, "valid_from": today}
    wrong = post(keeper, url, role="AUDITOR", agency=agency.id, acting="definitive", **sk)
    assert wrong.status_code == 422
    assert "harus menyebut hari terakhirnya" in text(wrong)
    assert "bertugas untuk seluruh kota" in text(wrong)
    made = post(keeper, url, role="OPERATOR_OPD", agency=agency.id, acting="definitive", **sk)
    row = Appointment.objects.latest("pk")
    assert (made.status_code, made["Location"]) == (302, at("appointment", row.pk))
    own = text(keeper.get(at("appointment", row.pk)))
    assert "Pengusul tidak memutuskan usulannya sendiri." in own
    assert post(keeper, at("decide", row.pk), keputusan="setuju").status_code == 422
    other = world.client("admin2")
    assert "Menunggu keputusan" in text(other.get(at("appointments")))
    assert post(other, at("decide", row.pk), keputusan="setuju").status_code == 302
    assert queries.holders(Role.OPERATOR_OPD, agency.id, today)[-1] == dewi.id
    ended = post(other, at("end", row.pk), last_day=today, note="Selesai")
    assert ended.status_code == 302
    assert queries.appointments_of(dewi.id, today + timedelta(1)) == []
    page = text(other.get(at("appointment", row.pk)))
    for word in ("Diusulkan", "Disetujui", "Diakhiri", "Selesai"):
        assert word in page


def agency_values(world: Any, **changes: object) -> dict[str, object]:
    return {
        "code": "2.15.3.30.0.00.01.0000",
        "name": "Dinas Perhubungan dan Perdagangan",
        "short": "Dishubdag",
        "kind": "skpd",
        "parent": "",
        "region": "",
        "valid_from": world.today,
        "legal_basis": "Perda 9/2026",
    } | changes


def test_an_agency_is_set_up_changed_and_closed(world: Any, keeper: Client):
    wrong = post(keeper, at("new_agency"), **agency_values(world, code="12", legal_basis=" "))
    assert (wrong.status_code, "22 karakter" in text(wrong)) == (422, True)
    made = post(keeper, at("new_agency"), **agency_values(world))
    agency = queries.agency_by_code("2.15.3.30.0.00.01.0000", world.today)
    assert made["Location"] == at("agency", agency.id)
    later = world.today + timedelta(days=1)
    changed = agency_values(world, name="Dinas Transportasi", valid_from=later)
    url = at("amend_agency", agency.id)
    assert 'value="Dishubdag"' in text(keeper.get(url))
    stale = post(keeper, url, version=0, **changed)
    assert (stale.status_code, "disimpan orang lain" in text(stale)) == (409, True)
    assert post(keeper, url, version=agency.version_id, **changed).status_code == 302
    page = text(keeper.get(at("agency", agency.id)))
    assert "Dinas Transportasi" in page
    assert "Perda 9/2026" in page
    assert keeper.get(at("close_agency", agency.id)).status_code == 200
    closed = post(
        keeper,
        at("close_agency", agency.id),
        last_day=later + timedelta(days=1),
        legal_basis="Perda 10/2026",
    )
    assert closed.status_code == 302
    assert queries.agency(agency.id, later + timedelta(days=2)).status == "closed"


def test_agencies_are_merged_and_split(world: Any, keeper: Client):
    one, other = world.agency("Disdik"), world.agency("Dishub")
    later = world.today + timedelta(days=1)
    values = agency_values(world, valid_from=later)
    few = post(keeper, at("merge_agencies"), gabung=[one.id], **values)
    assert (few.status_code, "paling sedikit dua" in text(few)) == (422, True)
    made = post(keeper, at("merge_agencies"), gabung=[one.id, other.id], **values)
    merged = queries.agency_by_code("2.15.3.30.0.00.01.0000", later)
    assert made["Location"] == at("agency", merged.id)
    assert queries.predecessors(merged.id) == sorted([one.id, other.id])
    keuangan = world.agency("BPKAD")
    assert keeper.get(at("split_agency", keuangan.id)).status_code == 200
    parts = {
        f"{prefix}-{name}": value
        for prefix, code in (("a", "5.02.0.00.0.00.08.0000"), ("b", "5.02.0.00.0.00.09.0000"))
        for name, value in agency_values(world, code=code, valid_from=later).items()
    }
    split = post(keeper, at("split_agency", keuangan.id), **parts)
    assert split.status_code == 302
    assert len(queries.successors(keuangan.id)) == 2


def test_the_calendar_is_kept(world: Any, keeper: Client):
    day = world.today.replace(month=12, day=30)
    values = {"day": day, "name": "Libur daerah", "legal_basis": "SE 1/2026"}
    assert post(keeper, at("holidays"), **values).status_code == 302
    assert "Libur daerah" in text(keeper.get(at("holidays") + f"?tahun={day.year}"))
    assert post(keeper, at("cancel_holiday", day), legal_basis="").status_code == 422
    assert post(keeper, at("cancel_holiday", day), legal_basis="SE 2/2026").status_code == 302
    assert Holiday.objects.get(day=day).cancelled_by == "SE 2/2026"
    week = {"name": "Ramadan", "usual": "08.00-15.00", "friday": "08:00 – 11:30"}
    first = world.today + timedelta(days=30)
    dates = {"valid_from": first, "valid_until": first + timedelta(20), "legal_basis": "SE 3"}
    bad = post(keeper, at("working_week"), **week | dates | {"usual": "pagi"})
    assert (bad.status_code, "Tulis seperti" in text(bad)) == (422, True)
    assert post(keeper, at("working_week"), **week | dates).status_code == 302
    assert WorkingWeek.objects.filter(name="Ramadan").exists()
    assert "08.00–11.30" in text(keeper.get(at("holidays")))
    siti = world.client("siti")
    assert siti.get(at("holidays")).status_code == 200
    assert post(siti, at("holidays"), **values).status_code == 422


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Pahlawan", "Pahlawan"),
        ("Tanah Tinggi", "Tanah Tinggi"),
        ("Bandar Senembah", "B. Senembah"),
        ("Sumber Mulyorejo", "S. Mulyorejo"),
    ],
)
def test_a_name_fits_on_its_tile(name: str, short: str):
    assert presenters.tile_name(name) == short


def test_the_map_leads_to_each_kelurahan(world: Any, keeper: Client):
    page = text(keeper.get(at("regions")))
    assert page.count("/office/wilayah/12.75.") >= 37
    assert "Peta skematis" in page
    place = text(keeper.get(at("region", "12.75.01.1001")))
    assert "Pahlawan" in place
    assert keeper.get(at("region", "99")).status_code == 404


def test_the_public_sees_the_module_only_while_it_is_open(
    world: Any, keeper: Client, client: Client
):
    if queries.is_open("regions"):
        assert post(keeper, at("close_module", "regions")).status_code == 302
    agency = world.agency("Disdik")
    public = [at("public_agencies"), at("public_agency", agency.id)]
    assert [client.get(url).status_code for url in public] == [404, 404]
    values = {"module": "regions", "decree": "188/77/2026", "decree_date": world.today}
    wrong = post(keeper, at("openings"), **values | {"decree_date": "2099-01-01"})
    assert (wrong.status_code, "masa depan" in text(wrong)) == (422, True)
    assert post(keeper, at("openings"), **values).status_code == 302
    assert [client.get(url).status_code for url in public] == [200, 200]
    page = text(client.get(public[1]))
    assert page.index("Pengguna Anggaran (PA)") < page.index("Pejabat Penatausahaan Keuangan SKPD")
    assert world.person("siti").full_name in page.replace("&#39;", "'")
    assert "188/77/2026" in text(client.get(public[0]))


def test_break_glass_takes_two_browsers(world: Any, keeper: Client):
    url = at("ask") + f"?orang={world.person('joko').id}"
    assert keeper.get(url).status_code == 200
    values = {"role": "OPERATOR_PUSAT_KENDALI", "hours": 2, "reason": "Banjir besar di kota"}
    assert post(keeper, url, **values | {"reason": "x"}).status_code == 422
    assert post(keeper, url, **values).status_code == 302
    request = BreakGlass.objects.get()
    mine = text(keeper.get(at("emergencies")))
    assert "Akses darurat dibuka oleh dua orang." in mine
    assert post(keeper, at("answer", request.pk), jawaban="buka").status_code == 422
    other = world.client("admin2")
    assert post(other, at("answer", request.pk), jawaban="buka").status_code == 302
    assert "sedang dipinjamkan" in text(other.get(at("emergencies")))
    assert "sedang dipinjamkan kepada Anda" in text(world.client("joko").get(at("mine")))
    assert post(keeper, at("answer", request.pk), jawaban="akhiri").status_code == 302
    assert "berakhir" in text(keeper.get(at("emergencies")))


def test_a_unit_page_leads_back_to_its_agency(world: Any, keeper: Client):
    unit = world.agency("Kel. Pahlawan")
    page = text(keeper.get(at("agency", unit.id)))
    assert "Kecamatan Binjai Utara" in page
