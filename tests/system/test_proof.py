"""A resident checks the city: its public log, and a paper in his hand. An officer reads his box."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.system.browser import four_variants, shoot, sign_in
from tests.system.product import Product

Visit = Callable[..., Page]
PLACE = "from kawal.trail.sequencer import Sequencer; Sequencer().step(now)"
ISSUE = """
from kawal.documents import actions, registry
registry.register(registry.Kind("report.tried", "Laporan", may_read=lambda actor, id: False))
made = actions.issue(
    "documents/statement",
    {"title": "Laporan Ketersediaan", "government": "Pemerintah Kota Binjai",
     "paragraphs": ["Semua aplikasi berjalan."]},
    kind="report.tried", title="Laporan Ketersediaan", number="000.1/12/2026",
    on=now.date(), by=None, at=now)
from kawal.documents import queries
from django.conf import settings
(settings.HOME / "issued.pdf").write_bytes(queries.content(made.document))
(settings.HOME / "issued.code").write_text(made.code)
"""
POST = """
from kawal.identity import queries
from kawal.messages import actions
from kawal.messages.facts import Recipient
from kawal.messages.registry import topic
topic("tried.told", "Percobaan")
person = queries.login_named("walikota").person_id
actions.post(key="tried:1", topic="tried.told", recipients=[Recipient(person_id=person)],
             subject="e-PBB tidak menjawab", text=["Sejak pukul 10.00 WIB.", "Vendor memeriksa."],
             link="/office/", at=now)
"""


def root_of(proof: dict[str, object]) -> str:
    """Return the root that a proof leads to, worked out by RFC 9162's words alone."""
    made = hashlib.sha256(b"\x00" + str(proof["leaf"]).encode()).digest()
    number, last = int(str(proof["position"])), int(str(proof["size"])) - 1
    for step in (bytes.fromhex(text) for text in proof["path"]):  # type: ignore[attr-defined]
        if number % 2 or number == last:
            made = hashlib.sha256(b"\x01" + step + made).digest()
            while number % 2 == 0 and number:
                number, last = number // 2, last // 2
        else:
            made = hashlib.sha256(b"\x01" + made + step).digest()
        number, last = number // 2, last // 2
    assert last == 0
    return made.hex()


@pytest.mark.parametrize("with_script", [True, False], ids=["script", "plain"])
def test_a_resident_takes_the_proof_of_an_event_home(
    visit: Visit, product: Product, tmp_path: Path, with_script: bool
):
    product.python(PLACE)
    page = visit(java_script_enabled=with_script, accept_downloads=True)
    page.goto("/")
    page.get_by_role("navigation").get_by_role("link", name="Jejak publik").first.click()
    page.get_by_label("Jenis kejadian").select_option(label="Jejak publik dimulai")
    page.get_by_role("button", name="Tampilkan").click()
    page.get_by_role("main").locator("tbody").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jejak publik dimulai")
    with page.expect_download() as awaited:
        page.get_by_role("link", name="Unduh bukti (JSON)").click()
    awaited.value.save_as(tmp_path / "proof.json")
    proof = json.loads((tmp_path / "proof.json").read_text())
    head = page.request.get("/jejak/kepala.json").json()
    assert root_of(proof) == proof["root"] == head["root"]
    assert proof["position"] == 0
    assert proof["size"] == head["size"] > 1
    if with_script:
        shoot(page, "trail-entry")
        four_variants(page, page.url)
        page.goto("/jejak/")
        shoot(page, "trail")
        four_variants(page, "/jejak/")


@pytest.mark.parametrize("with_script", [True, False], ids=["script", "plain"])
def test_a_resident_checks_a_paper_in_his_hand(visit: Visit, product: Product, with_script: bool):
    product.python(ISSUE)
    code = (product.home / "issued.code").read_text()
    page = visit(java_script_enabled=with_script)
    page.goto("/periksa/")
    page.get_by_label("Kode dokumen").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Periksa", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Laporan Ketersediaan")
    expect(page.get_by_text("000.1/12/2026")).to_be_visible()
    page.get_by_label("Berkas", exact=False).first.set_input_files(product.home / "issued.pdf")
    page.get_by_role("button", name="Bandingkan").click()
    expect(page.get_by_text("Sama. Berkas ini persis dokumen yang diterbitkan.")).to_be_visible()
    forged = product.home / "forged.pdf"
    forged.write_bytes((product.home / "issued.pdf").read_bytes() + b"x")
    page.get_by_label("Berkas", exact=False).first.set_input_files(forged)
    page.get_by_role("button", name="Bandingkan").click()
    expect(page.get_by_text("Tidak sama.")).to_be_visible()
    if with_script:
        shoot(page, "check")
        four_variants(page, f"/periksa/{code}")
        four_variants(page, "/periksa/")
        four_variants(page, "/periksa/?kode=abc")


def test_an_officer_reads_his_box_and_chooses_what_reaches_him(visit: Visit, product: Product):
    product.python(POST)
    page = visit()
    sign_in(page, "walikota")
    page.goto("/office/pesan/")
    shoot(page, "messages")
    four_variants(page, "/office/pesan/")
    page.goto("/office/pesan/?lang=id")
    page.get_by_role("link", name="e-PBB tidak menjawab").click()
    expect(page.get_by_text("Vendor memeriksa.")).to_be_visible()
    shoot(page, "message")
    four_variants(page, page.url)
    page.goto("/office/pesan/?lang=id")
    page.get_by_role("button", name="Tandai semua sudah dibaca").click()
    expect(page.get_by_text("0 belum dibaca.")).to_be_visible()
    page.get_by_role("link", name="Atur pesan").click()
    shoot(page, "message-choices")
    four_variants(page, "/office/pesan/pilihan/")


def test_an_operator_sees_every_delivery(visit: Visit, product: Product):
    product.python(POST)
    page = visit()
    sign_in(page, "operator")
    page.goto("/office/pesan/pengiriman/")
    expect(page.get_by_role("link", name="e-PBB tidak menjawab")).to_be_visible()
    shoot(page, "deliveries")
    four_variants(page, "/office/pesan/pengiriman/")
    page.goto("/office/pesan/pengiriman/?lang=id")
    page.get_by_role("link", name="e-PBB tidak menjawab").click()
    four_variants(page, page.url)
