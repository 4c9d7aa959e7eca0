"""An officer types an RKA: by keyboard, by pasting, beside a colleague, and without a script."""

import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from kawal.budget.facts import ComponentDraft, Volume
from kawal.budget.imports.rka_plan import exact_amount
from tests.system.browser import axe, four_variants, no_sideways, shoot, sign_in
from tests.system.budget_plan import ACTIVITIES, YEAR
from tests.system.product import Product

Visit = Callable[..., Page]
PASTE = """block => {
  const data = new DataTransfer();
  data.setData("text/plain", block);
  const given = { clipboardData: data, bubbles: true, cancelable: true };
  const event = new ClipboardEvent("paste", given);
  document.activeElement.dispatchEvent(event);
}"""


@pytest.fixture(scope="module")
def plan(product: Product) -> Product:
    """Return the product with a year in which Dinas Pendidikan has three empty sheets."""
    product.python("from tests.system.budget_plan import open_plan; open_plan(now)")
    return product


def opened(visit: Visit, activity: str, **options: object) -> Page:
    """Return a page of the PPTK with the sheet of a sub kegiatan."""
    page = visit(**options)
    sign_in(page, "pptk")
    page.goto(f"/office/anggaran/{YEAR}/rka/?q={activity}")
    page.get_by_role("main").locator("tbody th a").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    return page


def choose(page: Page, words: str) -> None:
    """Choose the first account that fits, by keyboard."""
    page.get_by_label("Rekening: kode atau kata").fill(words)
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def typed(page: Page, *cells: str) -> None:
    """Type a row, cell by cell; Tab after the last one leads into the next row."""
    for cell in cells:
        page.keyboard.type(cell)
        page.keyboard.press("Tab")


def names(page: Page) -> list[str]:
    return page.locator(".rka-row > th").all_inner_texts()


def test_rows_are_typed_by_keyboard_pasted_and_there_after_a_reload(visit: Visit, plan: Product):
    page = opened(visit, ACTIVITIES[0])
    axe(page)
    choose(page, "alat tulis")
    typed(page, "Kertas HVS", "A4 80 gram", "10 rim", "55.000", "11")
    typed(page, "Honor", "", "3 orang x 2 hari x 4 kali", "900.000,50", "")
    page.keyboard.type("Spidol")
    said = page.locator(".rka-said")
    expect(said).to_have_text("Tersimpan. Sisa pagu Rp\u00a0477.789.488,00.")
    axe(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("12 buah")
    page.keyboard.press("Tab")
    page.keyboard.type("9.500")
    expect(page.locator(".rka-total")).to_have_text("Rp\u00a022.324.512,00")  # before it is saved
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("Harga satuan, baris 2")).to_be_focused()
    page.keyboard.press("Control+Enter")
    typed(page, "Map", "", "4 buah", "2.500", "")
    expect(page.locator(".rka-row")).to_have_count(4)
    page.keyboard.press("Escape")
    block = "\n".join(f"Barang {n}\tukuran {n}\t{n}\tbuah\t{n}.500,25\t11" for n in range(1, 51))
    page.get_by_role("link", name="Tambah baris 5.1.02").first.click()
    page.evaluate(PASTE, block)
    expect(said).to_have_text("50 baris ditempel dan tersimpan.")
    total = page.locator(".rka-total").inner_text()
    shoot(page, "rka-grid", "phone", "desktop", "wall")
    page.reload()
    expect(page.locator(".rka-row")).to_have_count(54)
    assert names(page)[:5] == ["Kertas HVS", "Honor", "Map", "Spidol", "Barang 1"]
    expect(page.locator(".rka-total")).to_have_text(total)
    no_sideways(page)


def test_what_is_wrong_stands_beside_its_field_and_is_saved_once_mended(
    visit: Visit, plan: Product, watch: Any
):
    watch.allow("answer: 422")
    page = opened(visit, ACTIVITIES[1])
    choose(page, "5.1.02.01.01.0024")
    page.keyboard.type("Meja")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    typed(page, "banyak", "mahal")
    page.keyboard.press("Control+s")
    alert = page.get_by_role("alert")
    expect(alert).to_be_focused()
    expect(alert.get_by_role("link")).to_have_count(2)
    axe(page)
    shoot(page, "rka-wrong")
    alert.get_by_role("link", name="Koefisien").click()
    field = page.get_by_label("Koefisien, baris 1")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    axe(page)
    typed(page, "2 unit", "1.250.000")
    page.keyboard.press("Enter")
    expect(page.locator(".rka-said")).to_contain_text("Tersimpan.")
    expect(page.get_by_role("alert")).to_have_count(0)
    page.reload()
    assert names(page) == ["Meja"]
    page.get_by_role("link", name="Meja", exact=True).focus()
    page.keyboard.press("Control+Delete")
    expect(page.locator(".rka-said")).to_contain_text("“Meja” dihapus.")
    page.get_by_role("button", name="Urungkan").click()
    expect(page.locator(".rka-said")).to_contain_text("Tersimpan.")
    page.reload()
    assert names(page) == ["Meja"]


def test_of_two_who_change_one_row_the_second_chooses(visit: Visit, plan: Product, watch: Any):
    watch.allow("answer: 409")
    first = opened(visit, ACTIVITIES[2])
    choose(first, "5.1.02.01.01.0024")
    typed(first, "Kursi", "", "1 unit", "100.000", "")
    expect(first.locator(".rka-said")).to_contain_text("Tersimpan.")
    second = opened(visit, ACTIVITIES[2])
    for page, price in ((first, "200.000"), (second, "300.000")):
        page.locator(".rka-row").first.locator("[data-field=price]").click()
        page.get_by_label("Harga satuan, baris 1").fill(price)
        page.keyboard.press("ArrowUp")
        page.get_by_role("heading", level=1).click()
        if page is first:
            expect(page.locator(".rka-said")).to_contain_text("Tersimpan.")
    conflict = second.get_by_role("alert")
    expect(conflict).to_contain_text("Isian ini sudah disimpan orang lain")
    expect(conflict).to_contain_text("Fitri Handayani Siregar")
    axe(second)
    shoot(second, "rka-conflict")
    second.get_by_role("button", name="Simpan punya saya").click()
    expect(second.locator(".rka-said")).to_contain_text("Tersimpan.")
    first.reload()
    expect(first.locator(".rka-total")).to_have_text("Rp\u00a0300.000,00")


def test_all_of_it_works_without_a_script(visit: Visit, plan: Product):
    page = opened(visit, ACTIVITIES[2], java_script_enabled=False)
    page.get_by_label("Rekening: kode atau kata").fill("5.1.02.01.01.0024")
    page.get_by_role("button", name="Cari rekening").click()
    page.get_by_role("link", name="5.1.02.01.01.0024").click()
    page.get_by_label("Uraian").fill("Lemari")
    page.get_by_label("Koefisien").fill("2 unit")
    page.get_by_label("Harga satuan").fill("mahal")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("alert").get_by_role("link").click()
    page.get_by_label("Harga satuan").fill("1.500.000")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Baris sudah disimpan.")).to_be_visible()
    page.get_by_role("link", name="Tempel banyak baris").click()
    page.get_by_label("Kode rekening").fill("5.1.02.01.01.0024")
    page.get_by_label("Baris dari lembar kerja").fill("Rak\tbesi\t3\tbuah\t250.000\t11")
    page.get_by_role("button", name="Masukkan semua").click()
    expect(page.get_by_role("link", name="Rak")).to_be_visible()
    page.get_by_role("link", name="Lemari").click()
    page.get_by_role("button", name="Hapus baris ini").click()
    expect(page.get_by_text("Baris sudah dihapus.")).to_be_visible()
    expect(page.get_by_role("link", name="Lemari")).to_have_count(0)


def test_the_pages_round_the_grid_are_accessible(visit: Visit, plan: Product):
    page = opened(visit, ACTIVITIES[0])
    sheet = page.url.split("?")[0]
    for below in ("", "kepala/", "catatan/", "riwayat/", "excel/", "baris/tempel/"):
        four_variants(page, f"{sheet}{below}")
    for below in ("", "baru/", "excel/"):
        four_variants(page, f"/office/anggaran/{YEAR}/rka/{below}")


def test_the_script_reckons_as_the_database_does(visit: Visit, plan: Product):
    page = opened(visit, ACTIVITIES[0])
    chance = random.Random(20_330_101)
    for _round in range(200):
        volumes = tuple(
            Volume(Decimal(chance.randrange(10**9)).scaleb(-chance.randrange(5)), "unit")
            for _n in range(chance.randrange(1, 5))
        )
        price = Decimal(chance.randrange(10**13)).scaleb(-2)
        tax = Decimal(chance.randrange(100_001)).scaleb(-3)
        said = " x ".join(f"{one.amount:f} {one.unit}" for one in volumes)
        found = page.evaluate(
            "given => String(budgetNumbers.amount(...given, '.'))", [said, f"{price:f}", f"{tax:f}"]
        )
        draft = ComponentDraft("Uji", price, volumes, tax)
        assert int(found) == int(f"{exact_amount(draft):f}".replace(".", "")), (said, price)
    for text, mark, meant in (
        ("55.000", ",", "55000"),
        ("55.000", ".", "55.000"),
        ("1.234.567,89", ".", "1234567.89"),
        ("Rp 1,250.50", ",", "1250.50"),
        ("1,23,456", ".", "null"),
        ("dua", ",", "null"),
    ):
        given = [text, mark]
        assert page.evaluate("given => String(budgetNumbers.read(...given))", given) == meant
    for text, meant in (
        ("95.000", "9500000"),
        ("95,000", "9500000"),
        ("Rp 1.250.000,50", "125000050"),
        ("0,125", "null"),
        ("12x", "null"),
        ("10%", "null"),
        ("", "0"),
    ):
        assert page.evaluate("text => String(budgetNumbers.senTyped(text))", text) == meant
