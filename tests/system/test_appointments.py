"""Nobody appoints himself: one administrator proposes in his browser, another decides in his."""

import re
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.system.browser import axe, four_variants, no_sideways, shoot, sign_in, variant

Visit = Callable[..., Page]


@pytest.fixture
def keeper(visit: Visit) -> Page:
    """Return the page of the first administrator."""
    page = visit()
    sign_in(page, "admin1")
    return page


def choose(page: Page, start: str, name: str) -> None:
    """Search for a person and choose him; both pages are judged."""
    page.goto(start)
    page.get_by_label("Cari").fill(name)
    page.locator("main").get_by_role("button", name="Cari").click()
    axe(page)
    page.get_by_role("cell").or_(page.get_by_role("rowheader")).get_by_role("link").first.click()
    address = page.url
    four_variants(page, address)
    page.goto(variant(address, "id", "light"))


def test_an_appointment_goes_from_proposal_to_end(keeper: Page, visit: Visit):
    today = datetime.now(ZoneInfo("Asia/Jakarta")).date().isoformat()
    choose(keeper, "/office/penunjukan/usul/", "dewi")
    keeper.get_by_label("Peran", exact=True).select_option("OPERATOR_OPD")
    keeper.get_by_label("Nomor SK").fill("821/journey/2026")
    for label in ("Tanggal SK", "Berlaku mulai"):
        keeper.get_by_label(label).fill(today)
    keeper.get_by_role("button", name="Usulkan").click()
    expect(keeper.get_by_role("alert")).to_contain_text("Pilih perangkat daerah atau unitnya.")
    axe(keeper)
    keeper.get_by_label("Perangkat daerah atau unit").select_option(index=3)
    keeper.get_by_role("button", name="Usulkan").click()
    expect(keeper.get_by_text("Penunjukan diusulkan; orang kedua memutuskannya.")).to_be_visible()
    expect(keeper.get_by_role("button", name="Setujui")).to_be_disabled()
    address = urlsplit(keeper.url).path
    four_variants(keeper, address)
    other = visit()
    sign_in(other, "admin2")
    other.goto(address)
    shoot(other, "appointment")
    other.get_by_role("button", name="Setujui").click()
    expect(other.get_by_text("Penunjukan disetujui.")).to_be_visible()
    other.get_by_text("Akhiri penunjukan").click()
    axe(other)
    other.get_by_label("Alasan").fill("Selesai")
    other.get_by_role("button", name="Akhiri").click()
    expect(other.get_by_role("listitem").filter(has_text="Diakhiri")).to_contain_text("Selesai")
    four_variants(other, address)


def test_emergency_access_takes_two(keeper: Page, visit: Visit):
    choose(keeper, "/office/darurat/minta/", "joko")
    keeper.get_by_label("Peran", exact=True).select_option("OPERATOR_PUSAT_KENDALI")
    keeper.get_by_label("Alasan").fill("Banjir besar, operator tidak dapat hadir")
    keeper.get_by_role("button", name="Minta").click()
    expect(keeper.get_by_text("Akses darurat dibuka oleh dua orang.")).to_be_visible()
    four_variants(keeper, "/office/darurat/")
    other = visit()
    sign_in(other, "admin2")
    other.goto("/office/darurat/")
    other.get_by_role("button", name="Buka akses").first.click()
    expect(other.get_by_text("sedang dipinjamkan").first).to_be_visible()
    axe(other)
    shoot(other, "emergencies")
    other.get_by_role("button", name="Akhiri sekarang").first.click()
    expect(other.get_by_text("Akses darurat diakhiri.")).to_be_visible()


def test_the_pages_of_agencies_are_accessible(keeper: Page):
    keeper.goto("/office/perangkat/")
    shoot(keeper, "agencies")
    keeper.get_by_role("rowheader").filter(has_text="Dinas Pendidikan").get_by_role("link").click()
    shoot(keeper, "agency")
    here = urlsplit(keeper.url).path
    assert re.fullmatch(r"/office/perangkat/\d+/", here)
    for path in (here, f"{here}ubah/", f"{here}tutup/", f"{here}pecah/"):
        four_variants(keeper, path)
    for path in ("/office/perangkat/gabung/", "/office/perangkat/baru/", "/office/kalender/"):
        four_variants(keeper, path)
    four_variants(keeper, "/office/kalender/jam-kerja/")
    keeper.goto("/office/kalender/")
    shoot(keeper, "holidays")
    keeper.goto("/office/wilayah/")
    shoot(keeper, "regions")
    no_sideways(keeper)
    keeper.get_by_role("link", name="Pahlawan").first.click()
    four_variants(keeper, urlsplit(keeper.url).path)
