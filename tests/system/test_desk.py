"""Officers at their desk, each in his role: what waits is seen, taken, mended and told."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.system.browser import axe, four_variants, shoot, sign_in
from tests.system.product import Product

Visit = Callable[..., Page]


@pytest.fixture(autouse=True)
def _found(product: Product) -> None:
    product.find()


@pytest.mark.parametrize("with_script", [True, False], ids=["script", "plain"])
def test_an_operator_takes_mends_and_ends_an_incident(
    visit: Visit, product: Product, with_script: bool
):
    application, who = ("e-Rapor", "operator-disdik") if with_script else ("e-PBB", "operator")
    page = visit(java_script_enabled=with_script)
    sign_in(page, who)
    page.goto("/office/")
    waiting = page.locator("section", has=page.locator("#menunggu"))
    expect(waiting.get_by_role("link", name=f"{application}: Halaman depan")).to_be_visible()
    if with_script:
        shoot(page, "desk-home")
    waiting.get_by_role("link", name=f"{application}: Halaman depan").click()
    page.get_by_role("button", name="Terima: saya tangani").click()
    expect(page.get_by_text("Diterima untuk ditangani", exact=True)).to_be_visible()
    page.get_by_text("Tambah catatan").click()
    page.get_by_label("Catatan").fill("Vendor sedang memeriksa cakram")
    page.get_by_role("button", name="Simpan catatan").click()
    expect(page.get_by_text("Vendor sedang memeriksa cakram")).to_be_visible()
    page.get_by_text("Nyatakan selesai").click()
    expect(page.get_by_role("button", name="Selesai", exact=True)).to_be_disabled()
    expect(page.get_by_text("Masih gagal: Halaman depan.")).to_be_visible()
    if with_script:
        shoot(page, "desk-incident")
        axe(page)
    product.python(f"from tests.system.found import heal; heal({application!r}, now)")
    page.reload()
    page.get_by_text("Nyatakan selesai").click()
    page.get_by_label("Penyebab dan perbaikannya").fill("tak")
    page.get_by_role("button", name="Selesai", exact=True).click()
    expect(page.get_by_role("alert").get_by_text("Tulis penyebabnya.")).to_be_visible()
    page.get_by_label("Penyebab dan perbaikannya").fill("Cakram penuh; sudah ditambah")
    page.get_by_role("button", name="Selesai", exact=True).click()
    expect(page.get_by_text("Selesai setelah")).to_be_visible()


def test_joko_finds_nothing_of_another_agency(visit: Visit):
    page = visit()
    sign_in(page, "operator-disdik")
    page.goto("/office/aplikasi/?q=rapor")
    page.get_by_role("main").locator("tbody th a").first.click()
    address = page.url
    joko = visit()
    sign_in(joko, "joko")
    joko.goto("/office/aplikasi/?q=rapor")
    expect(joko.get_by_text("Tidak ada aplikasi yang cocok.")).to_be_visible()
    answer = joko.goto(address)
    assert answer is not None
    assert answer.status == 404


def test_an_auditor_reads_all_and_finds_nothing_to_press(visit: Visit):
    page = visit()
    sign_in(page, "auditor")
    page.goto("/office/insiden/")
    page.get_by_role("main").locator("tbody th a").first.click()
    assert page.get_by_role("main").get_by_role("button").count() == 0
    page.goto("/office/aplikasi/")
    assert page.get_by_role("link", name="Daftarkan aplikasi").count() == 0


def test_a_list_is_pasted_looked_at_and_confirmed(visit: Visit):
    page = visit()
    sign_in(page, "operator-disdik")
    page.goto("/office/aplikasi/")
    page.get_by_role("link", name="Tempel daftar alamat").click()
    four_variants(page, "/office/aplikasi/tempel/")
    page.goto("/office/aplikasi/tempel/?lang=id&theme=light")
    page.get_by_label("Daftar alamat").fill("Perpustakaan Sekolah, pustaka.binjai.example\nrusak")
    page.get_by_role("button", name="Usulkan pemeriksaan").click()
    expect(page.get_by_text("Sebagian baris tidak terbaca")).to_be_visible()
    page.get_by_role("link", name="Lihat usulan").click()
    assert page.get_by_role("checkbox").count() == 3
    four_variants(page, "/office/aplikasi/usulan/")
    page.goto("/office/aplikasi/usulan/?lang=id&theme=light")
    shoot(page, "desk-proposals")
    page.get_by_role("checkbox").last.uncheck()
    page.get_by_role("button", name="Setujui yang dicentang").click()
    expect(page.get_by_text("2 pemeriksaan mulai berjalan.")).to_be_visible()
    page.goto("/office/aplikasi/?q=Perpustakaan+Sekolah")
    expect(page.get_by_role("link", name="Perpustakaan Sekolah")).to_be_visible()


def test_what_is_wrong_takes_the_focus_and_keeps_what_was_typed(visit: Visit):
    page = visit()
    sign_in(page, "operator-disdik")
    page.goto("/office/aplikasi/baru/")
    page.get_by_label("Nama aplikasi").fill("Rapor Lama")
    page.get_by_label("Jumlah pengguna").fill("12")
    page.get_by_label("Biaya setahun").fill("seratus")
    page.get_by_role("button", name="Simpan").click()
    assert page.evaluate("document.activeElement.className") == "wrong"
    expect(page.get_by_label("Nama aplikasi")).to_have_value("Rapor Lama")
    axe(page)
    page.get_by_label("Biaya setahun").fill("100.000.000")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("alert").get_by_role("link", name="Dihitung pada").click()
    assert page.evaluate("document.activeElement.id") == "id_users_on"


def test_of_two_who_amend_a_check_the_second_sees_both(visit: Visit):
    first, second = visit(), visit()
    for page in (first, second):
        sign_in(page, "operator")
        page.goto("/office/pemeriksaan/?q=BOS+Kota")
        page.get_by_role("main").locator("tbody th a").first.click()
        page.get_by_role("main").get_by_role("link", name="Ubah", exact=True).click()
    first.get_by_label("Selang (detik)").fill("45")
    first.get_by_role("button", name="Simpan").click()
    expect(first.get_by_text("Perubahan sudah disimpan.")).to_be_visible()
    second.get_by_label("Selang (detik)").fill("90")
    second.get_by_role("button", name="Simpan").click()
    conflict = second.get_by_role("alert")
    expect(conflict.get_by_text("Isian ini sudah disimpan orang lain")).to_be_visible()
    assert conflict.get_by_role("cell").all_inner_texts() == ["90", "45"]
    axe(second)
    shoot(second, "desk-conflict")
    second.get_by_role("button", name="Simpan isian saya").click()
    expect(second.get_by_text("Perubahan sudah disimpan.")).to_be_visible()


def test_the_mayor_asks_how_an_agency_is_doing(visit: Visit):
    page = visit()
    sign_in(page, "walikota")
    page.goto("/office/opd/")
    shoot(page, "desk-agencies")
    page.get_by_role("link", name="Dinas Pendidikan", exact=True).click()
    expect(page.get_by_role("heading", name="Sepanjang bulan")).to_be_visible()
    expect(page.get_by_role("heading", name="Belum ada di Kawal")).to_be_visible()
    shoot(page, "desk-agency")
    page.get_by_role("link", name="e-Rapor", exact=True).first.click()
    shoot(page, "desk-application")
    page.get_by_role("main").get_by_role("link", name="Halaman depan", exact=True).click()
    expect(page.get_by_role("heading", name="Hasil terakhir")).to_be_visible()
    shoot(page, "desk-check")
    page.goto("/office/aplikasi/tidak-dipakai/")
    shoot(page, "desk-unused")
    assert page.get_by_role("row").count() > 2


def test_a_key_for_pushing_is_shown_once(visit: Visit):
    page = visit()
    sign_in(page, "operator")
    page.goto("/office/aplikasi/?q=BOS+Kota")
    page.get_by_role("main").locator("tbody th a").first.click()
    page.get_by_role("link", name="Tambah pemeriksaan").click()
    axe(page)
    page.get_by_role("link", name="Denyut pekerjaan").click()
    page.get_by_label("Nama pemeriksaan").fill("Cadangan malam")
    page.get_by_label("Seharusnya melapor setiap (detik)").fill("3600")
    page.get_by_role("button", name="Simpan").click()
    key = page.locator(".key").inner_text()
    assert "/ping/" in key
    axe(page)
    shoot(page, "desk-key")
    page.get_by_role("link", name="Sudah saya salin").click()
    assert key not in page.content()


def test_the_public_reads_how_services_stand(visit: Visit, product: Product):
    page = visit()
    four_variants(page, "/status/")
    page.goto("/status/?lang=id&theme=light")
    expect(page.get_by_role("heading", name="Keadaan layanan")).to_be_visible()
    assert page.locator(".service").count() > 10
    shoot(page, "status", "phone", "wall")
    product.python(
        "from tests.system.found import fail; fail('JDIH', now); "
        "from django.db import connection; "
        "connection.cursor().execute(\"SELECT pg_notify('kawal_live', 'monitoring')\")"
    )
    expect(page.locator("#summary")).to_contain_text("JDIH")


def test_the_public_page_is_whole_without_a_script(visit: Visit):
    page = visit(java_script_enabled=False)
    page.goto("/status/")
    assert page.locator(".service").count() > 10
    assert page.locator("#incidents").count() == 1
