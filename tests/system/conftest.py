"""One product and one browser per test run; a fresh visitor per test."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.cluster import journey_database
from tests.system.browser import ARGUMENTS, SIZES, Watch, chromium
from tests.system.product import Product

# Playwright keeps a loop of its own in this thread; Django would take it for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what walks through the browser."""
    for item in items:
        if "product" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def product(
    django_db_setup: None, worker_id_or_main: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Product]:
    """Return the running product with the demo city: pages and stream, as in production."""
    with journey_database(worker_id_or_main) as database:
        started = Product(tmp_path_factory.mktemp("home"), database.url())
        started.fill()
        try:
            for name in ("web", "stream"):
                started.start(name)
            started.wait()
            yield started
        finally:
            started.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the browser."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def watch() -> Watch:
    """Return what notes the faults of this test's pages."""
    return Watch()


@pytest.fixture
def visit(browser: Browser, product: Product, watch: Watch) -> Iterator[Callable[..., Page]]:
    """Return a way to open a page as a new visitor; ``visit(java_script_enabled=False)`` and so on.

    At the end of the test nothing may have gone wrong in any of the pages.
    """
    contexts: list[BrowserContext] = []

    def open_page(size: str = "desktop", **options: object) -> Page:
        width, height = SIZES[size]
        context = browser.new_context(
            base_url=product.url,
            viewport={"width": width, "height": height},
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            **options,  # type: ignore[arg-type]
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        watch.follow(page)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert watch.found() == []


@pytest.fixture
def page(visit: Callable[..., Page]) -> Page:
    """Return a page of a new visitor at desktop size."""
    return visit()
