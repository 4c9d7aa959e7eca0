"""Programs started for a measurement: out of the way of signals, and stopped whole."""

import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@contextmanager
def program(
    *words: str | Path,
    log: Path,
    env: dict[str, str] | None = None,
    first_line: bool = False,
) -> Iterator[subprocess.Popen[str]]:
    """Run a program while the block lasts; its words go to ``log``, which is shown if it dies."""
    with log.open("ab") as file:
        process = subprocess.Popen(
            [str(word) for word in words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if first_line else file,
            stderr=file,
            env=os.environ | (env or {}),
            start_new_session=True,
            text=True,
        )
        try:
            yield process
        finally:
            stop(process)


def stop(process: "subprocess.Popen[str]") -> None:
    """Ask a program to end; after ten seconds end its whole group."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if process.stdout:
        process.stdout.close()


@contextmanager
def on_core(core: int) -> Iterator[None]:
    """Keep us on one core while the block lasts; what is started in it stays there."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@dataclass(frozen=True, slots=True)
class Targets:
    """The running targets: their addresses, and the switch."""

    pid: int
    facts: dict[str, Any]

    def url(self, number: int, scheme: str = "http") -> str:
        """Return the address of a target."""
        ports = self.facts[scheme]
        return f"{scheme}://127.0.0.1:{ports[number % len(ports)]}/t/{number}"

    def switch(self, number: int, to: str) -> float:
        """Make a target ok, error, hang or keyword; return when that took hold (Unix time)."""
        return float(self._ask(f"/switch?target={number}&to={to}")["at"])

    def served(self) -> int:
        """Return how many requests were answered so far."""
        return int(self._ask("/served")["served"])

    def _ask(self, path: str) -> dict[str, Any]:
        address = f"http://127.0.0.1:{self.facts['control']}{path}"
        with urllib.request.urlopen(address, timeout=10) as answer:
            says: dict[str, Any] = json.load(answer)
        return says


@contextmanager
def targets(count: int, folder: Path) -> Iterator[Targets]:
    """Serve targets while the block lasts."""
    words = (sys.executable, "-m", "bench.targets", "--count", str(count))
    with program(*words, log=folder / "targets.log", first_line=True) as process:
        assert process.stdout is not None
        yield Targets(process.pid, json.loads(process.stdout.readline()))
