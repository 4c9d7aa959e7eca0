"""``kawal run``, for real: ready, stopped, killed, refused; nothing is ever left running."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.journey


class Copy:
    """One copy of the product, with a data folder and a port of its own."""

    def __init__(self, home: Path, port: int) -> None:
        self.home, self.port = home, port
        self.log = home.with_suffix(".log")
        self.process: subprocess.Popen[bytes] | None = None

    def environment(self) -> dict[str, str]:
        clean = {name: value for name, value in os.environ.items() if "DATABASE" not in name}
        return clean | {
            "KAWAL_HOME": str(self.home),
            "PORT": str(self.port),
            "KAWAL_DEPLOYMENT": "rehearsal",
            "KAWAL_LOG": "console",
        }

    def start(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "kawal.config.cli", "run"],
                env=self.environment(),
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        return self.process

    def wait_ready(self) -> None:
        wait_until(lambda: "Kawal: http" in self.said() or self._ended(), "not ready", 180)
        assert not self._ended(), self.said()

    def _ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def said(self) -> str:
        return self.log.read_text() if self.log.exists() else ""

    def answer(self, path: str) -> int:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return int(answer.status)

    def pid(self, name: str) -> int:
        return int((self.home / "run" / f"{name}.pid").read_text())

    def processes(self) -> set[int]:
        """Return every process that works for this copy: by its environment or its data folder."""
        found = set()
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                words = (folder / "environ").read_bytes() + (folder / "cmdline").read_bytes()
            except OSError:
                continue
            if str(self.home).encode() in words:
                found.add(int(folder.name))
        return found

    def running(self) -> "Copy":
        """Start it where it does not run."""
        if self.process is None or self._ended():
            self.log.unlink(missing_ok=True)
            self.start()
            self.wait_ready()
        return self

    def cpu_seconds(self) -> float:
        """Return what its processes have used of the processor."""
        ticks = 0
        for pid in self.processes():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")


def wait_until(is_true: Callable[[], bool], complaint: str, seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < deadline, complaint
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@pytest.fixture(scope="module")
def copy() -> Iterator[Copy]:
    home = Path(f"/tmp/kawal-run-{secrets.token_hex(4)}")
    copy = Copy(home, free_port())
    yield copy
    if copy.process and copy.process.poll() is None:
        copy.process.terminate()
        copy.process.wait(60)
    shutil.rmtree(home, ignore_errors=True)
    copy.log.unlink(missing_ok=True)


def test_ctrl_c_stops_everything_cleanly(copy: Copy):
    process = copy.start()
    copy.wait_ready()
    assert (copy.answer("/healthz"), copy.answer("/readyz")) == (200, 200)
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 0, copy.said()
    assert copy.processes() == set()
    assert "database system is shut down" in (copy.home / "postgres/postgres.log").read_text()


def test_a_second_start_is_quick(copy: Copy):
    """Less than ten seconds when nothing else runs; on a busy machine its own work is counted."""
    begun = time.monotonic()
    copy.running()
    assert time.monotonic() - begun < 10 or copy.cpu_seconds() < 8


def test_a_second_copy_in_the_same_folder_is_refused_in_a_sentence(copy: Copy):
    copy.running()
    second = subprocess.run(
        [sys.executable, "-m", "kawal.config.cli", "run"],
        env=copy.environment(),
        capture_output=True,
        text=True,
    )
    assert second.returncode == 1
    assert f"Kawal already runs in {copy.home} (process " in second.stderr
    assert "Traceback" not in second.stderr


def test_a_port_in_use_is_a_sentence(copy: Copy):
    copy.running()
    home = copy.home.with_suffix(".other")
    try:
        second = subprocess.run(
            [sys.executable, "-m", "kawal.config.cli", "run"],
            env=copy.environment() | {"KAWAL_HOME": str(home)},
            capture_output=True,
            text=True,
        )
    finally:
        shutil.rmtree(home, ignore_errors=True)
    assert second.returncode == 1
    assert second.stderr.startswith(f"kawal: Port {copy.port} is in use; choose another: PORT=")


def test_two_copies_live_side_by_side(copy: Copy):
    copy.running()
    home = copy.home.with_name(copy.home.name + "-beside")
    beside = Copy(home, free_port())
    process = beside.start()
    try:
        beside.wait_ready()
        assert (copy.answer("/readyz"), beside.answer("/readyz")) == (200, 200)
        process.terminate()
        assert process.wait(60) == 0, beside.said()
        assert copy.answer("/readyz") == 200
    finally:
        process.kill()
        shutil.rmtree(home, ignore_errors=True)
        beside.log.unlink(missing_ok=True)


def test_a_verb_uses_the_running_database(copy: Copy):
    copy.running()
    done = subprocess.run(
        [sys.executable, "-m", "kawal.config.cli", "migrate"],
        env=copy.environment(),
        capture_output=True,
        text=True,
    )
    assert (done.returncode, "No migrations to apply" in done.stdout) == (0, True), done.stderr
    assert copy.answer("/readyz") == 200


def test_when_one_dies_it_says_which_and_stops_the_rest(copy: Copy):
    process = copy.running().process
    assert process
    os.kill(copy.pid("stream"), signal.SIGKILL)
    assert process.wait(60) == 1
    assert "stream was killed by SIGKILL" in copy.said()
    assert copy.processes() == set()


def test_nothing_outlives_a_killed_supervisor_and_the_next_start_works(copy: Copy):
    process = copy.running().process
    assert process
    process.kill()
    process.wait()
    wait_until(lambda: copy.processes() == set(), "orphans", 60)
    copy.running()


def test_kill_9_of_everything_loses_nothing_and_starts_again(copy: Copy):
    process = copy.running().process
    assert process
    for pid in copy.processes():
        os.kill(pid, signal.SIGKILL)
    process.wait()
    assert copy.running().answer("/readyz") == 200
