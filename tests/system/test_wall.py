"""The wall: a screen is let in by its code, lives by the stream, and says when it does not."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.system.browser import Watch, four_variants, shoot, sign_in
from tests.system.product import Product

Visit = Callable[..., Page]
TELL = "from django.db import connection; connection.cursor().execute(\"NOTIFY kawal_live, 'x'\")"


@pytest.fixture(autouse=True)
def _found(product: Product) -> None:
    product.find()


def change(product: Product, what: str, application: str) -> None:
    """Let an application fail or heal, and announce it as the prober does."""
    product.python(f"from tests.system.found import {what}; {what}({application!r}, now); {TELL}")


def test_a_screen_is_let_in_by_its_code_and_put_out_again(visit: Visit, watch: Watch):
    screen, desk = visit("wall"), visit()
    screen.goto("/wall/")
    code = screen.locator(".code").inner_text()
    shoot(screen, "wall-pairing", "phone", "wall")
    sign_in(desk, "operator")
    four_variants(desk, "/wall/layar/")
    desk.goto("/wall/layar/?lang=id")
    desk.get_by_label("Kode di layar").fill("ZZZ-ZZZ")
    desk.get_by_label("Nama ruang").fill("Aula")
    desk.get_by_role("button", name="Pasangkan").click()
    expect(desk.get_by_text("Kode ini tidak sedang ditampilkan").first).to_be_visible()
    desk.get_by_label("Kode di layar").fill(code.lower())
    desk.get_by_label("Nama ruang").fill("Ruang Wali Kota")
    desk.get_by_role("button", name="Pasangkan").click()
    expect(desk.get_by_text("Layar Ruang Wali Kota dipasangkan.")).to_be_visible()
    expect(screen.get_by_role("heading", name="Pusat Kendali Kota Binjai")).to_be_visible(
        timeout=15_000
    )
    watch.allow("/wall/karcis/")
    desk.get_by_role("button", name="Akhiri layar ini").click()
    expect(desk.get_by_text("tidak lagi dapat membaca dinding")).to_be_visible()
    screen.reload()
    expect(screen.locator(".code")).to_be_visible()


def test_a_change_reaches_the_wall_and_leads_to_its_cause(visit: Visit, product: Product):
    page = visit("wall")
    sign_in(page, "walikota")
    page.goto("/wall/")
    tile = page.locator(".tile", has_text="Bappeda")
    expect(page.locator(".line-live")).to_be_visible()
    change(product, "fail", "e-Musrenbang")
    expect(tile).to_contain_text("e-Musrenbang")
    expect(tile).to_contain_text("HTTP 503")
    shoot(page, "wall", "phone", "desktop", "wall", "video_wall")
    tile.get_by_role("link").click()
    page.get_by_role("link", name="e-Musrenbang").click()
    expect(page.get_by_text("Menjawab dengan status HTTP 503").first).to_be_visible()
    shoot(page, "wall-cause")
    change(product, "heal", "e-Musrenbang")


def test_data_that_grow_old_grey_out_by_themselves(visit: Visit, product: Product):
    page = visit("wall")
    sign_in(page, "walikota")
    page.goto("/wall/")
    product.python(
        "from kawal.monitoring.models import CheckState; from datetime import timedelta;"
        f"CheckState.objects.update(last_at=now - timedelta(hours=3)); {TELL}"
    )
    expect(page.locator(".tile:not([data-stale])")).to_have_count(0)
    expect(page.locator(".tile").first).to_contain_text("data lama 3 jam")


def test_a_lost_line_shows_and_heals_with_nothing_missed(
    visit: Visit, product: Product, watch: Watch
):
    page = visit("wall")
    sign_in(page, "walikota")
    page.goto("/wall/")
    expect(page.locator(".line-live")).to_be_visible()
    watch.allow("ERR_CONNECTION", "ERR_INCOMPLETE", "ERR_EMPTY", "ERR_NETWORK", "answer: 503")
    product.stop("stream")
    try:
        cut = time.monotonic()
        expect(page.locator(".line-lost")).to_be_visible(timeout=8_000)
        assert time.monotonic() - cut < 5.5
        change(product, "fail", "e-Dokter")
    finally:
        product.start("stream")
    product.wait()
    expect(page.locator(".line-live")).to_be_visible(timeout=20_000)
    expect(page.locator(".tile", has_text="Dinkes")).to_contain_text("e-Dokter")
