"""False 'down' while our own side is at fault: starved, stopped, cut off, or given another time.

Every target answers all the time and one bad result is enough for 'down', so that each 'down' in
the table of results is false. The bound is the rule of three: with none in ``n`` checks, fewer than
``3 / n`` are false at 95 % confidence. What this machine does not permit prints NOT RUN.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen

import psycopg

from bench.measure import Line, publish
from bench.product import Product, product
from bench.programs import program, stop, targets

CHECKS, INTERVAL, TIMEOUT, WARM = 2000, 5, 2, 8.0
PERIOD_US, SHARE = 100_000, 0.2
STOPPED, RUNNING = 2.4, 0.6
STEP = 3600.0
CUT = 8.0
NETWORKS = range(1, 9)
NEAR, FAR = (f"kawal-{os.getpid()}-{end}" for end in "ab")
CPU_GROUPS = Path("/sys/fs/cgroup/cpu"), Path("/sys/fs/cgroup")
Prober = Popen[str]


class NotPermitted(Exception):
    """The machine does not let us do this to a process or a network."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a window gave: results, those that say 'down' with their codes, states turned down."""

    checks: int
    down: int
    turned: int
    unknown: int
    codes: str


def starved(prober: Prober, seconds: float) -> None:
    """Give the prober a fifth of one core (control group), then all again."""
    group = next((root for root in CPU_GROUPS if _may_limit(root)), None)
    if group is None:
        raise NotPermitted("no control group for the processor")
    own = group / f"kawal-bench-{prober.pid}"
    try:
        own.mkdir()
        if (own / "cpu.cfs_quota_us").exists():
            (own / "cpu.cfs_period_us").write_text(str(PERIOD_US))
            (own / "cpu.cfs_quota_us").write_text(str(int(PERIOD_US * SHARE)))
        else:
            (own / "cpu.max").write_text(f"{int(PERIOD_US * SHARE)} {PERIOD_US}")
        (own / "cgroup.procs").write_text(str(prober.pid))
        time.sleep(seconds)
    except OSError as error:
        raise NotPermitted(str(error)) from error
    finally:
        if own.exists():
            (group / "cgroup.procs").write_text(str(prober.pid))
            own.rmdir()


def _may_limit(root: Path) -> bool:
    has = (root / "cpu.cfs_quota_us").exists() or (root / "cgroup.subtree_control").exists()
    return has and os.access(root, os.W_OK)


def duty(prober: Prober, seconds: float) -> None:
    """Stop the prober for 2.4 s and let it run for 0.6 s, again and again."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        prober.send_signal(signal.SIGSTOP)
        time.sleep(STOPPED)
        prober.send_signal(signal.SIGCONT)
        time.sleep(RUNNING)


def stepped(prober: Prober, seconds: float) -> None:
    """Set the prober's clock an hour forward, then two hours back in two steps."""
    part = seconds / 3
    for step in (signal.SIGUSR1, signal.SIGUSR2, signal.SIGUSR2):
        prober.send_signal(step)
        time.sleep(part)


def cut(prober: Prober, seconds: float) -> None:
    """Pull the cable at our own end, then let the far end swallow every answer, again and again."""
    end, near = time.monotonic() + seconds, True
    while time.monotonic() < end:
        _cut(near, on=True)
        time.sleep(CUT)
        _cut(near, on=False)
        time.sleep(CUT)
        near = not near


def _cut(near: bool, *, on: bool) -> None:
    if near:
        _ip("-n", NEAR, "link", "set", "va", "down" if on else "up")
        return
    for number in NETWORKS:
        verb = "add" if on else "del"
        _ip("-n", FAR, "route", verb, "blackhole", f"10.77.{number}.254/32")


def _ip(*words: str) -> None:
    done = subprocess.run(["ip", *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotPermitted(done.stderr.strip()[:200])


@contextmanager
def two_ends() -> Iterator[None]:
    """Join two network namespaces by a virtual cable, with eight networks at its far end."""
    try:
        for name in (NEAR, FAR):
            _ip("netns", "add", name)
        _ip("link", "add", "va", "netns", NEAR, "type", "veth", "peer", "vb", "netns",
            FAR)  # fmt: skip
        for name, link, host in ((NEAR, "va", 254), (FAR, "vb", 1)):
            for number in NETWORKS:
                _ip("-n", name, "addr", "add", f"10.77.{number}.{host}/24", "dev", link)
            for one in ("lo", link):
                _ip("-n", name, "link", "set", one, "up")
        yield
    except OSError as error:
        raise NotPermitted(str(error)) from error
    finally:
        for name in (NEAR, FAR):
            subprocess.run(["ip", "netns", "del", name], capture_output=True, check=False)


@contextmanager
def far_targets(folder: Path) -> Iterator[list[str]]:
    """Serve targets at the far end; return their addresses, network by network."""
    words = ("ip", "netns", "exec", FAR, sys.executable, "-m", "bench.targets")
    more = ("--count", str(CHECKS), "--host", "0.0.0.0")
    with program(*words, *more, log=folder / "far.log", first_line=True) as process:
        assert process.stdout is not None
        ports = json.loads(process.stdout.readline())["http"]
        places = [
            (f"10.77.{1 + n % len(NETWORKS)}.1", ports[n % len(ports)]) for n in range(CHECKS)
        ]
        yield [f"http://{host}:{port}/t/{n}" for n, (host, port) in enumerate(places)]


def watch(
    kawal: Product, *prefix: str, fault: Callable[[Prober, float], None], seconds: float
) -> Found:
    """Run a prober under a fault for a while and read what it stored since its warm-up."""
    words = (*prefix, sys.executable, "-m", "bench.false_down", "--prober")
    with program(*words, log=kawal.home / "prober.log", env=kawal.env) as prober:
        try:
            _wait_for_results(kawal)
            time.sleep(WARM)
            fault(prober, seconds)
            time.sleep(TIMEOUT + 2.0)
        finally:
            prober.send_signal(signal.SIGCONT)
            stop(prober)
    return _found(kawal)


def _wait_for_results(kawal: Product) -> None:
    deadline = time.monotonic() + 60
    while not _rows(kawal, "SELECT 1 FROM monitoring_result LIMIT 1"):
        if time.monotonic() > deadline:
            raise RuntimeError((kawal.home / "prober.log").read_text()[-3000:])
        time.sleep(0.2)


def _found(kawal: Product) -> Found:
    counted = _rows(
        kawal,
        "SELECT count(*), count(*) FILTER (WHERE state = 3), count(*) FILTER (WHERE state = 0)"
        " FROM monitoring_result",
    )[0]
    codes = _rows(
        kawal, "SELECT code, count(*) FROM monitoring_result WHERE state = 3 GROUP BY 1 ORDER BY 1"
    )
    (turned,) = _rows(kawal, "SELECT count(*) FROM monitoring_transition WHERE new = 3")[0]
    said = " ".join(f"{code}:{count}" for code, count in codes)
    return Found(int(counted[0]), int(counted[1]), int(turned), int(counted[2]), said)


def _rows(kawal: Product, sql: str) -> list[tuple[int, ...]]:
    with psycopg.connect(kawal.env["DATABASE_URL"]) as connection:
        return connection.execute(sql).fetchall()


def _plan(urls: list[str]) -> list[dict[str, object]]:
    return [
        {
            "urls": urls,
            "interval": INTERVAL,
            "timeout": TIMEOUT,
            "confirmations": 1,
            "recheck": 1,
            "per_application": 10,
            "network": "10.77.0.0/16",
        }
    ]


def here(folder: Path, fault: Callable[[Prober, float], None], seconds: float) -> Found:
    """Measure under a fault of the process, with targets on loopback."""
    with targets(CHECKS, folder) as running, product(folder / "kawal") as kawal:
        kawal.load(_plan([running.url(n) for n in range(CHECKS)]))
        return watch(kawal, fault=fault, seconds=seconds)


def beyond(folder: Path, fault: Callable[[Prober, float], None], seconds: float) -> Found:
    """Measure under a fault of the network, with targets at the far end of a cable."""
    if os.geteuid():
        raise NotPermitted("network namespaces need root")
    with ExitStack() as stack:
        stack.enter_context(two_ends())
        urls = stack.enter_context(far_targets(folder))
        kawal = stack.enter_context(product(folder / "kawal"))
        kawal.load(_plan(urls))
        return watch(kawal, "ip", "netns", "exec", NEAR, fault=fault, seconds=seconds)


FAULTS = {
    "starved": ("core starved to 20 %", here, starved),
    "stopped": ("stopped 2.4 s, running 0.6 s", here, duty),
    "cut": ("uplink cut, near and far", beyond, cut),
    "stepped": ("clock stepped by 1 h (injected)", here, stepped),
}


def measure(names: list[str], seconds: float) -> list[Line]:
    """Measure the chosen faults; return the lines of the table."""
    lines = []
    for name in names:
        what, where, fault = FAULTS[name]
        with tempfile.TemporaryDirectory(prefix="kawal-bench-") as folder:
            try:
                found = where(Path(folder), fault, seconds)
            except NotPermitted as error:
                lines.append(Line(what, "Kawal", "per million", None, note=f"NOT RUN: {error}"))
                continue
        rate = found.down * 1e6 / found.checks
        bound = "" if found.down else f" (< {3e6 / found.checks:.0f})"
        note = (
            f"{found.down} of {found.checks} checks{bound}; states turned down {found.turned};"
            f" {found.unknown} unknown {found.codes}"
        )
        lines.append(Line(what, "Kawal", "per million", rate, goal="0", note=note))
    return lines


def run_prober() -> None:
    """Run a prober whose machine's clock is set an hour on by SIGUSR1 and back by SIGUSR2."""
    import django

    django.setup()
    from kawal.monitoring.prober.clock import Clock
    from kawal.monitoring.prober.engine import Engine
    from kawal.monitoring.prober.service import Service

    ahead, end = [0.0], threading.Event()

    def step(seconds: float) -> None:
        ahead[0] += seconds

    signal.signal(signal.SIGUSR1, lambda *_: step(STEP))
    signal.signal(signal.SIGUSR2, lambda *_: step(-STEP))
    signal.signal(signal.SIGTERM, lambda *_: end.set())
    Service(end, Engine(clock=Clock(machine=lambda: time.time() + ahead[0]))).run()


def main() -> None:
    """Measure all faults, or those that are named."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("faults", nargs="*", metavar="FAULT", help=", ".join(FAULTS))
    arguments.add_argument("--seconds", type=float, default=180.0)
    arguments.add_argument("--prober", action="store_true", help=argparse.SUPPRESS)
    chosen = arguments.parse_args()
    if chosen.prober:
        run_prober()
        return
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was begun is undone
    lines = measure(chosen.faults or list(FAULTS), chosen.seconds)
    publish(f"false 'down', {CHECKS} targets every {INTERVAL} s, without confirmation", lines)


if __name__ == "__main__":
    main()
