"""From a failure to the alert handed over: ours by SMTP, the peer's by webhook, side by side.

Both watch the same targets at the same interval with the same confirmations. Targets are broken
one after the other at moments that do not follow the interval; an alert counts when its sink has
taken it.
"""

import random
import re
import tempfile
import time
from collections.abc import Callable, Mapping
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from bench import peers
from bench.measure import Line, Series, percentile, publish
from bench.product import product
from bench.programs import Targets, targets

CHECKS, BROKEN, INTERVAL, PATIENCE = 200, 40, 5, 60.0
NAME = "Sasaran {:05}"
_NAMED = re.compile(r"Sasaran (\d{5})")
PROCESSES = ("prober", "worker", "stream", "web")


def latencies(
    running: Targets, first: int, alerts: Callable[[], Mapping[int, float]]
) -> tuple[list[float], int]:
    """Break targets from ``first`` on; return the seconds to alerts, and how many never came."""
    draw = random.Random(first)
    broken = {}
    for number in range(first, first + BROKEN):
        time.sleep(draw.uniform(0.1, 0.6))
        broken[number] = running.switch(number, "error")
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends and not broken.keys() <= alerts().keys():
        time.sleep(0.2)
    seen = alerts()
    for number in broken:
        running.switch(number, "ok")
    return [seen[n] - at for n, at in broken.items() if n in seen], len(broken.keys() - seen.keys())


def peer(running: Targets, folder: Path, hold: float) -> tuple[list[float], int] | None:
    """Measure the Prometheus stack; ``hold`` seconds of failure come before an alert."""
    if peers.missing():
        return None
    with (
        peers.Sink().open() as sink,
        peers.stack(running, range(CHECKS), folder, interval=INTERVAL, hold=hold, sink=sink),
    ):
        time.sleep(2 * INTERVAL)
        return latencies(running, 0, lambda: {_number(url): at for url, at in sink.firing.items()})


def _number(url: str) -> int:
    return int(url.rpartition("/")[2])


class Mailbox:
    """Takes mail and remembers when the first about each target came."""

    def __init__(self) -> None:
        self.came: dict[int, float] = {}

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Accept a mail."""
        now = time.time()
        mail = message_from_bytes(envelope.content, policy=policy.default)
        body = mail.get_body(("plain", "html"))  # type: ignore[attr-defined]
        said = f"{mail['subject']} {body.get_content() if body else ''}"
        for number in _NAMED.findall(said):
            self.came.setdefault(int(number), now)
        return "250 OK"


def ours(running: Targets, folder: Path, confirmations: int) -> tuple[list[float], int]:
    """Measure Kawal through its prober, its incidents and its courier."""
    mailbox = Mailbox()
    sink = Controller(mailbox, hostname="127.0.0.1", port=peers.free_port())
    sink.start()
    try:
        with product(folder) as kawal:
            kawal.env["KAWAL_SMTP_URL"] = f"smtp://127.0.0.1:{sink.port}"
            urls = [running.url(n) for n in range(CHECKS)]
            plan = {"urls": urls, "interval": INTERVAL, "confirmations": confirmations}
            kawal.load([{**plan, "recheck": 1, "name": NAME}])
            with kawal.serving(PROCESSES):
                time.sleep(4 * INTERVAL)
                return latencies(running, 0, lambda: mailbox.came)
    finally:
        sink.stop()


def _lines(what: str, found: Mapping[str, tuple[list[float], int] | None]) -> list[Line]:
    lines = []
    for who, measured in found.items():
        if measured is None or not measured[0]:
            lines.append(Line(what, who, "s (p95)", None))
            continue
        seconds, never = measured
        half = Series(percentile(seconds, 0.95), min(seconds), max(seconds), len(seconds))
        note = f"median {percentile(seconds, 0.5):.2f}; {never} of {BROKEN} never came"
        lines.append(Line(what, who, "s (p95)", half.median, half, note=note))
    values = [line.value for line in lines]
    both = all(value is not None for value in values)
    times = values[0] / values[1] if both else None  # type: ignore[operator]
    return [*lines, Line(f"{what}: Kawal / peer", "ratio", "x", times, goal="<= 1")]


def measure() -> list[Line]:
    """Measure both, without confirmation and with one; return the lines of the table."""
    lines = []
    with tempfile.TemporaryDirectory(prefix="kawal-bench-") as name:
        folder = Path(name)
        for confirmations in (1, 2):
            with targets(CHECKS, folder) as running:
                hold = (confirmations - 1) * INTERVAL
                found = {
                    "Kawal": ours(running, folder / f"kawal{confirmations}", confirmations),
                    "Prometheus stack": peer(running, folder / f"peer{confirmations}", hold),
                }
            lines += _lines(f"failure to alert, failures needed: {confirmations}", found)
    return lines


if __name__ == "__main__":
    publish(f"failure to alert handed over, every {INTERVAL} s", measure())
