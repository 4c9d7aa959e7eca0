"""A visitor finds his way, in his language, in light or dark, with and without JavaScript."""

from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import Page

from tests.system.browser import four_variants, shoot, sign_in

Visit = Callable[..., Page]


def test_home_is_accessible_in_every_variant(page: Page):
    four_variants(page, "/")
    shoot(page, "home", "phone", "desktop", "wall", "video_wall")


@pytest.mark.parametrize("code", [400, 403, 404, 500])
def test_what_went_wrong_is_said_accessibly(page: Page, code: int):
    four_variants(page, f"/ui/galat/{code}")
    shoot(page, f"fault-{code}")


def test_a_wrong_address_leads_back_home(page: Page):
    answer = page.goto("/tidak/ada")
    assert answer is not None
    assert answer.status == 404
    page.get_by_role("main").get_by_role("link", name="Ke beranda").click()
    assert page.url.endswith("/")


def test_language_and_theme_are_kept_without_javascript(visit: Visit):
    page = visit(java_script_enabled=False)
    page.goto("/ui/?sort=name")
    page.get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert "sort=name" in page.url
    page.get_by_role("link", name="Dark").click()
    page.goto("/")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.get_by_role("link", name="Indonesia").click()
    assert page.get_by_role("link", name="Gelap").get_attribute("aria-current") == "true"


def test_the_first_tab_leads_past_the_menus(page: Page):
    page.goto("/ui/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Langsung ke isi")
    assert skip.evaluate("e => e === document.activeElement")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "isi"


def test_an_error_summary_takes_the_focus_and_leads_to_the_field(page: Page):
    page.goto("/ui/isian")
    assert page.evaluate("document.activeElement.className") == "wrong"
    page.get_by_role("link", name="Surel:").click()
    assert page.evaluate("document.activeElement.id") == "id_email"


def test_the_sign_in_page_of_the_demo_names_the_password_that_opens_it(page: Page):
    page.goto("/akun/masuk/")
    assert page.get_by_text(settings.DEMO_PASSWORD).count() == 1


def test_an_officer_signs_in_and_out_again(page: Page):
    sign_in(page, "siti")
    page.goto("/")
    page.get_by_role("link", name="Keluar").click()
    page.get_by_role("main").get_by_role("button", name="Keluar").click()
    page.goto("/")
    assert page.get_by_role("link", name="Masuk").count() == 1


def test_the_header_names_the_city(page: Page):
    page.goto("/")
    assert page.get_by_role("banner").get_by_text("Kota Binjai").count() == 1
