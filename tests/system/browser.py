"""What a journey asks of a page: no error, no violation, legible, within its width."""

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import ConsoleMessage, Page, Request, Response

SIZES = {
    "phone": (360, 740),
    "desktop": (1440, 900),
    "wall": (1920, 1080),
    "video_wall": (7680, 2160),
}
VARIANTS = [(lang, theme) for lang in ("id", "en") for theme in ("light", "dark")]
SCREENSHOTS = Path(__file__).parent / "screenshots"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def chromium() -> str:
    """Return the path of the browser.

    :raises AssertionError: when there is none; a journey is never skipped.
    """
    names = (os.environ.get("KAWAL_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    assert found, (
        "No Chromium for the journeys: apt-get install chromium, or name one in KAWAL_CHROMIUM"
    )
    return found


@dataclass
class Watch:
    """Notes what goes wrong while a page is used; a test ends by finding nothing noted.

    A journey that provokes a fault (an error page, a cut connection) says what may be noted.
    """

    faults: list[str] = field(default_factory=list)
    allowed: tuple[str, ...] = ()

    def follow(self, page: Page) -> None:
        """Begin to note."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)

    def allow(self, *parts: str) -> None:
        """Let faults pass that hold one of these texts."""
        self.allowed += parts

    def found(self) -> list[str]:
        """Return what was noted and not allowed."""
        return [fault for fault in self.faults if not any(part in fault for part in self.allowed)]

    def _console(self, message: ConsoleMessage) -> None:
        # What could not be loaded is noted from its answer, with its status.
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.faults.append(f"console: {message.text}")

    def _failed(self, request: Request) -> None:
        # A page that is left ends its own requests.
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"request: {request.failure} {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self.faults.append(f"answer: {response.status} {response.url}")


# Axe names every element of what it leaves open only when it is asked to.
EVERYTHING = {"resultTypes": ["violations", "incomplete"]}
COLOURS = EVERYTHING | {"runOnly": ["color-contrast", "link-in-text-block"]}


def axe(page: Page, options: dict[str, Any] = EVERYTHING) -> None:
    """Find nothing against WCAG 2.2 AA or good practice, contrast that axe leaves open included.

    :raises AssertionError: with rule, element and reason of each finding.
    """
    answer = Axe().run(page, options=options).response
    assert answer["testEngine"]["name"] == "axe-core"
    open_contrast = [rule for rule in answer["incomplete"] if "contrast" in rule["id"]]
    for rule in open_contrast:
        # What lies behind a word in a drawing axe cannot know; the tokens' own test computes it.
        rule["nodes"] = [node for node in rule["nodes"] if not node["html"].startswith("<text")]
    found = [line for rule in answer["violations"] + open_contrast for line in _lines(rule)]
    assert not found, f"{page.url}\n" + "\n".join(found)


def _lines(rule: dict[str, Any]) -> list[str]:
    return [
        f"{rule['id']}: {node['target']} {node['html'][:160]} {_why(node)}"
        for node in rule["nodes"]
    ]


def _why(node: dict[str, Any]) -> str:
    checks = node["any"] + node["all"] + node["none"]
    return "; ".join(check["message"] for check in checks)[:300]


def variant(url: str, lang: str, theme: str) -> str:
    """Return the address of a page in one language and theme."""
    mark = "&" if "?" in url else "?"
    return f"{url}{mark}lang={lang}&theme={theme}"


def four_variants(page: Page, url: str) -> None:
    """Find nothing with axe in both languages and both themes, nor anything beyond 320 pixels."""
    for lang, theme in VARIANTS:
        page.goto(variant(url, lang, theme))
        assert page.locator("html").get_attribute("lang") == lang
        # The other theme is the same page in other colours.
        axe(page, EVERYTHING if theme == "light" else COLOURS)
    no_sideways(page)


def no_sideways(page: Page, width: int = 320) -> None:
    """Find that nothing has to be scrolled sideways on the narrowest phone."""
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": 740})
    beyond = page.evaluate(
        """() => {
          const room = document.documentElement.clientWidth;
          const wide = document.documentElement.scrollWidth > room;
          const over = [...document.querySelectorAll("body *")].filter(
            (e) => e.getBoundingClientRect().right > room + 1);
          return wide ? over.slice(0, 5).map((e) => e.outerHTML.slice(0, 120)) : null;
        }"""
    )
    assert beyond is None, f"{page.url} is wider than {width} pixels: {beyond}"
    if before:
        page.set_viewport_size(before)


def shoot(page: Page, name: str, *sizes: str) -> None:
    """Keep pictures for people to look at, one per size; they are not compared."""
    SCREENSHOTS.mkdir(exist_ok=True)
    for size in sizes or ("phone", "desktop"):
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        path = SCREENSHOTS / f"{name}-{size}.png"
        page.screenshot(path=path, full_page=size in ("phone", "desktop"))


def sign_in(page: Page, username: str) -> None:
    """Sign one of the demo city's people in, by password, as he would.

    :raises AssertionError: when he is not let in.
    """
    page.goto("/akun/masuk/")
    page.locator("#id_login").fill(username)
    page.locator("#id_password").fill(settings.DEMO_PASSWORD)
    page.locator("form", has=page.locator("#id_password")).get_by_role("button").first.click()
    page.wait_for_url(lambda url: "/akun/masuk" not in url)
