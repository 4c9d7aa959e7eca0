"""The product as it runs in production: its own processes on a database of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

KAWAL = Path(sys.executable).parent / "kawal"
PATIENCE = 60.0


def free_port() -> int:
    """Return a port that nobody uses now."""
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        return int(opened.getsockname()[1])


@dataclass
class Product:
    """The processes, their database and their address.

    ``start("prober")`` and its like add a process for the journeys that need one.
    """

    home: Path
    database_url: str
    port: int = field(default_factory=free_port)
    processes: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Return the address of the pages."""
        return f"http://127.0.0.1:{self.port}"

    def environment(self) -> dict[str, str]:
        """Return what every process gets; the test run's own settings stay outside."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("KAWAL_TEST", "DJANGO"))}
        return kept | {
            "KAWAL_HOME": str(self.home),
            "KAWAL_DEPLOYMENT": "demo",
            "KAWAL_URL": self.url,
            "KAWAL_WEB_WORKERS": "1",
            "DATABASE_URL": self.database_url,
            "PORT": str(self.port),
            "PYTHONWARNINGS": "ignore",
        }

    def start(self, name: str) -> None:
        """Start ``kawal serve NAME``; its words go to a file beside the data."""
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [KAWAL, "serve", name], env=self.environment(), stdout=log, stderr=log
            )

    def run(self, *words: str) -> str:
        """Run one verb of the command line to its end and return what it printed."""
        done = subprocess.run(
            [KAWAL, *words], env=self.environment(), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"kawal {' '.join(words)}: {done.stdout}{done.stderr}"
        return done.stdout

    def fill(self) -> None:
        """Fill the demo city, as the first start does."""
        self.python("from kawal.demo import city; assert city.fill(now, size=None)")

    def find(self) -> None:
        """Let the watchers have found some trouble, without their running."""
        self.python("from tests.system.found import seed; seed(now)")

    def python(self, words: str) -> None:
        """Run some words inside the product; ``now`` is the instant."""
        head = (
            "import django; django.setup(); from django.utils import timezone; "
            "now = timezone.now(); "
        )
        env = self.environment() | {"DJANGO_SETTINGS_MODULE": "kawal.config.settings"}
        done = subprocess.run(
            [sys.executable, "-c", head + words],
            env=env,
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{words}: {done.stderr}"

    def wait(self) -> None:
        """Wait until the pages answer through the port.

        :raises AssertionError: with the end of the logs, when a process ends or none answers.
        """
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            ended = [name for name, process in self.processes.items() if process.poll() is not None]
            assert not ended, f"{', '.join(ended)} ended: {self.last_words()}"
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise AssertionError(f"the product did not answer: {self.last_words()}")

    def stop(self, name: str = "") -> None:
        """Stop one process, or all in the reverse order of their start."""
        for each in [name] if name else list(reversed(self.processes)):
            process = self.processes.pop(each)
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def last_words(self, most: int = 2000) -> str:
        """Return the ends of all logs."""
        logs = sorted(self.home.glob("*.log"))
        return "\n".join(f"{log.name}: {log.read_text(errors='replace')[-most:]}" for log in logs)
