"""Every address, as every kind of reader, with good and with hostile words: never a broken page."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver

NOBODY = ""
READERS = (NOBODY, "ppkd")
MORE = ("dewi", "joko", "siti", "auditor", "walikota", "admin1")
UUID = "00000000-0000-4000-8000-000000000000"
HOSTILE = {
    "q": "\x00'\"<script>\u202e%%_{{7*7}}",
    "page": "99999999999999999999999",
    "halaman": "-1",
    "year": "0",
    "tahun": "1e9",
    "id": "1 OR 1=1",
    "on": "2026-02-30",
    "at": "9999-99-99T99:99:99Z",
    "next": "//evil.example/",
    "a": "-5",
    "b": "\ufffe",
}


WORDS = {  # by the name of the converter in a route: a plain and a hostile one
    "int": ("2027", "99999999999999999999"),
    "uuid": (UUID, UUID),
    "day": ("2026-12-25", "2026-12-25"),
    "slug": ("x", "x" * 5000),
    "str": ("1", "%00..%5c%27%22%3Cx%3E"),
    "path": ("x", "..%2f..%2fetc/passwd%00"),
}


def _routes(patterns: list[Any], before: str = "") -> Iterator[str]:
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _routes(one.url_patterns, route)
        else:
            yield route


def addresses(*, hostile: bool) -> list[str]:
    """Return one address of each route; its variables are filled in."""

    def word(match: re.Match[str]) -> str:
        return WORDS[match[1] or "str"][hostile]

    routes = _routes(get_resolver().url_patterns)
    return sorted(
        {"/" + re.sub(r"<(?:(\w+):)?\w+>", word, route) for route in routes if "^" not in route}
    )


def _browser(world: Any, reader: str, *, checks: bool = False) -> Client:
    browser = world.client(reader) if reader else Client()
    browser.handler.enforce_csrf_checks = checks
    browser.raise_request_exception = False
    return browser


def _broken(browser: Client, method: str, paths: list[str], **given: Any) -> list[str]:
    found = []
    for path in paths:
        answer = browser.generic(method, path, **given)
        if answer.status_code >= 500 and path not in ("/readyz",):
            found.append(f"{method} {path}: {answer.status_code}")
    return found


@pytest.mark.parametrize(
    ("reader", "hostile"),
    [
        *((one, True) for one in READERS),
        *(pytest.param(one, False, marks=pytest.mark.long) for one in READERS + MORE),
        *(pytest.param(one, True, marks=pytest.mark.long) for one in MORE),
    ],
)
def test_no_page_breaks(world: Any, reader: str, hostile: bool) -> None:
    words = urlencode(HOSTILE) if hostile else ""
    paths = addresses(hostile=hostile)
    assert len(paths) > 100
    assert _broken(_browser(world, reader), "GET", paths, QUERY_STRING=words) == []


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    "method", ["POST", *(pytest.param(m, marks=pytest.mark.long) for m in ("PUT", "DELETE"))]
)
def test_no_page_of_ours_obeys_without_its_token(world: Any, reader: str, method: str) -> None:
    browser = _browser(world, reader, checks=True)
    obeyed = []
    for path in addresses(hostile=False):
        answer = browser.generic(method, path, b"x=1", "application/x-www-form-urlencoded")
        if answer.status_code < 400 and not path.startswith(("/ping/", "/push/")):
            obeyed.append(f"{method} {path}: {answer.status_code}")
        assert answer.status_code < 500, f"{method} {path}"
    assert obeyed == []


def test_who_is_not_signed_in_sees_no_page_of_the_office(world: Any) -> None:
    browser = _browser(world, NOBODY)
    seen = [
        path
        for path in addresses(hostile=False)
        if path.startswith(("/office/", "/wall/"))
        and browser.get(path).status_code == 200
        and not path.startswith("/wall/pasang")
    ]
    assert seen == []
