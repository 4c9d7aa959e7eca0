"""The wall in a browser with 10,000 checks: its first paint, its next ones, and a failure's way.

First paint: from the wish to see the page to its first contentful paint, with nothing cached. Next
paint: from a change's arrival in the browser to the frame that shows it. A failure's way: from a
target's breaking to that frame, at 5 s and one failure needed.
"""

import random
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.measure import Line, Series, percentile, publish
from bench.product import Product, product
from bench.programs import Targets, targets

CHECKS, QUICK, LOADS, BROKEN = 10_000, 20, 5, 10
PROCESSES = ("prober", "worker", "stream", "web")
SETTLE, PATIENCE = 75.0, 30.0
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_WATCH = """
window.painted = [];
const listen = EventSource.prototype.addEventListener;
EventSource.prototype.addEventListener = function (kind, act, ...more) {
  listen.call(this, kind, kind === "beat" ? act : (event) => {
    const came = performance.now();
    act(event);
    requestAnimationFrame(() => requestAnimationFrame(() => window.painted.push(
      {kind, came, shown: performance.now(), at: Date.now()})));
  }, ...more);
};
"""


def measure() -> list[Line]:
    """Return the lines of the table."""
    if shutil.which("chromium") is None:
        return [Line("wall in a browser (no chromium here)", "Kawal", "ms", None)]
    with tempfile.TemporaryDirectory(prefix="kawal-bench-") as name:
        folder = Path(name)
        with targets(CHECKS, folder) as running, product(folder / "kawal") as kawal:
            kawal.load(_plan(running))
            with kawal.serving(PROCESSES):
                time.sleep(SETTLE)
                with signed_in(kawal) as browser:
                    firsts = [_first_paint(browser, kawal) for _ in range(LOADS)]
                    nexts, ways = _changes(browser, kawal, running)
    return [
        _line("first paint", firsts, "ms", "< 1000"),
        _line("next paint (95 % below)", [percentile(nexts, 0.95)], "ms", "< 100"),
        _line("failure to the wall (95 % below)", [percentile(ways, 0.95)], "s", ""),
    ]


def _line(what: str, values: list[float], unit: str, goal: str) -> Line:
    series = Series.of(values)
    return Line(f"wall, {CHECKS} checks: {what}", "Kawal", unit, series.median, series, goal)


def _plan(running: Targets) -> list[dict[str, object]]:
    quick = [running.url(n) for n in range(QUICK)]
    rest = [running.url(n) for n in range(QUICK, CHECKS)]
    return [
        {"urls": quick, "interval": 5, "confirmations": 1, "name": "Cepat {:05}"},
        {"urls": rest, "per_application": 20},
    ]


@contextmanager
def signed_in(kawal: Product) -> Iterator[Any]:
    """Open a browser in which the room's operator is signed in."""
    from playwright.sync_api import sync_playwright

    from kawal.demo.facts.people import PASSWORD

    with sync_playwright() as driver:
        engine = driver.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        size = {"width": 1920, "height": 1080}
        context = engine.new_context(viewport=size, bypass_csp=True)  # our probe is a script
        page = context.new_page()
        page.goto(f"{kawal.url}/akun/masuk/")
        page.fill("input[name=login]", "operator")
        page.fill("input[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url(lambda url: "masuk" not in url)
        page.close()
        yield context
        engine.close()


def _first_paint(browser: Any, kawal: Product) -> float:
    """Return the milliseconds to the first contentful paint, with an empty cache."""
    page = browser.new_page()
    page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.goto(f"{kawal.url}/wall/")
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
    found = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    page.close()
    return float(found)


def _changes(browser: Any, kawal: Product, running: Targets) -> tuple[list[float], list[float]]:
    """Break targets one by one; return the ms of each paint, and the s from failure to paint."""
    page = browser.new_page()
    page.add_init_script(_WATCH)
    page.goto(f"{kawal.url}/wall/")
    page.wait_for_function("window.painted.length")
    draw, ways = random.Random(1), []
    for number in range(BROKEN):
        time.sleep(draw.uniform(1.0, 4.0))
        ways.append(_way(page, running, number))
    painted = page.evaluate("window.painted.filter(one => one.kind === 'change')")
    page.close()
    return [one["shown"] - one["came"] for one in painted], ways


def _way(page: Any, running: Targets, number: int) -> float:
    """Break one target; return the seconds until the wall named its application."""
    broke = running.switch(number, "error")
    page.wait_for_function(
        "name => document.body.innerText.includes(name)",
        arg=f"Cepat {number:05}",
        timeout=PATIENCE * 1000,
    )
    return time.time() - broke


if __name__ == "__main__":
    publish(f"the wall in a browser, {CHECKS} checks", measure())
