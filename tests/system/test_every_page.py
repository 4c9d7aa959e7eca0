"""Whoever follows the links meets no page that axe, the policy or a phone refuses."""

from collections import deque
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from tests.system.browser import four_variants, sign_in

STARTS = ("/", "/akun/", "/office/", "/wall/", "/status/")
SEPARATE = ("/ui/", "/static/", "/akun/keluar/")  # tried by themselves, or no pages
MOST = 80
_judged: set[str] = set()


def name_of(path: str) -> str:
    """Return the name of the page at an address; the same page with another number has the same.

    Empty where there is no such page, or where it is tried elsewhere.
    """
    if path.startswith(SEPARATE):
        return ""
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def is_page(page: Page, path: str) -> bool:
    """Tell whether this reader gets a page there, and not a file, a refusal or another page."""
    answer = page.request.get(path, max_redirects=0)
    return answer.status == 200 and "text/html" in answer.headers.get("content-type", "")


def links(page: Page) -> list[str]:
    """Return the addresses within the product that a page leads to."""
    found = page.locator("a[href]:not([download])").evaluate_all(
        "all => all.map(a => new URL(a.getAttribute('href'), document.baseURI).href)"
    )
    here = urlsplit(page.url).netloc
    return [urlsplit(url).path for url in found if urlsplit(url).netloc == here]


def walk(page: Page) -> Iterator[str]:
    """Yield the address of each page that this reader reaches, one of each name."""
    ahead, met = deque(STARTS), set[str]()
    while ahead and len(met) < MOST:
        path = ahead.popleft()
        name = name_of(path)
        if not name or name in met:
            continue
        met.add(name)
        if is_page(page, path):
            yield path
            page.goto(path)
            ahead.extend(links(page))


@pytest.mark.parametrize("person", ["", "walikota", "operator-disdik", "operator", "admin1"])
def test_every_page_that_can_be_reached_is_accessible(visit: Callable[..., Page], person: str):
    page = visit()
    if person:
        sign_in(page, person)
    faults = []
    for path in walk(page):
        if name_of(path) not in _judged:
            _judged.add(name_of(path))
            faults += judged(page, path)
    assert name_of("/") in _judged
    assert not faults, "\n".join(faults)


def judged(page: Page, path: str) -> list[str]:
    """Return what a page does wrong; the walk goes on, to find the faults of all pages at once."""
    try:
        four_variants(page, path)
    except AssertionError as error:
        return [str(error)]
    return []
