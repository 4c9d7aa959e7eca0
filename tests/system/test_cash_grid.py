"""The grid of a cash plan in a browser: it adds, takes a pasted block, and needs no script."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page

from kawal.budget import actions, queries
from kawal.budget.tests.cash_steps import YEAR, enact
from kawal.budget.tests.conftest import make_lines
from tests.world.city import World, fill

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]
PASTE = """text => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    const options = {clipboardData, bubbles: true, cancelable: true};
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", options));
}"""


@pytest.fixture
def drafted(transactional_db: None) -> tuple[World, int]:
    """Return the city, and Disdik's draft for two lines of 1,200.50 each."""
    world = fill()
    unit = world.government.agencies["Disdik"]
    enact(dict.fromkeys(make_lines(unit, 2), Decimal("1200.50")))
    return world, actions.begin_plan(YEAR, unit, actor=world.actor("pptk"))


@pytest.fixture
def grid(browser: Browser, live_server: Any, drafted: tuple[World, int]) -> Iterator[Any]:
    """Return how to open the grid as the PPTK, with or without script."""
    world, plan_id = drafted
    plan = queries.cash_plan(plan_id)
    sheet = queries.plan_lines(YEAR, plan.unit_id, plan_id)[0].sheet_id
    path = reverse("budget:cash_plan_sheet", args=[YEAR, plan.unit_id, sheet])
    opened = []

    def open_grid(*, script: bool) -> Page:
        context = browser.new_context(java_script_enabled=script, locale="id-ID")
        opened.append(context)
        cookies = world.client("pptk").cookies
        context.add_cookies(
            [{"name": k, "value": v.value, "url": live_server.url} for k, v in cookies.items()]
        )
        page = context.new_page()
        page.goto(live_server.url + path)
        return page

    yield open_grid
    for context in opened:
        context.close()


def _months(plan_id: int) -> list[Decimal]:
    plan = queries.cash_plan(plan_id)
    lines = queries.plan_lines(YEAR, plan.unit_id, plan_id)
    return [line.total for line in lines]


def test_typing_walking_and_pasting_add_up_to_the_sen(
    drafted: tuple[World, int], grid: Any
) -> None:
    page = grid(script=True)
    cells = page.locator("[data-cash-grid] input")
    cells.nth(0).fill("Rp 1.000,25")
    cells.nth(0).press("Enter")
    page.evaluate(PASTE, "1.200,50\t\n")
    assert page.locator(".cash-sum").all_inner_texts() == ["1.000,25", "1.200,50"]
    assert page.locator(".cash-said").inner_text() == "Selisih -200,25"
    cells.nth(12).press("ArrowUp")
    cells.nth(0).press("ArrowRight")
    page.keyboard.type("200,25")
    assert cells.nth(1).input_value() == "200,25"
    assert page.locator(".cash-said").inner_text() == "Semua rincian sama dengan pagu."
    page.keyboard.press("ArrowLeft")
    cells.nth(2).fill("12x")
    assert cells.nth(2).get_attribute("aria-invalid") == "true"
    cells.nth(2).fill("")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_text("Anggaran kas tersimpan.").wait_for()
    assert _months(drafted[1]) == [Decimal("1200.50")] * 2


def test_the_grid_is_saved_without_script(drafted: tuple[World, int], grid: Any) -> None:
    page = grid(script=False)
    page.locator(".cash-grid input").nth(11).fill("1.200,50")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_text("Anggaran kas tersimpan.").wait_for()
    assert _months(drafted[1]) == [Decimal("1200.50"), Decimal(0)]
