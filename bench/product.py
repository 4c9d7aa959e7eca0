"""Kawal itself, set up for a measurement: an embedded PostgreSQL of its own, chosen processes."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.peers import free_port
from bench.programs import program


@dataclass(slots=True)
class Product:
    """A running product: its folder, port, and the processes to be measured by their names."""

    home: Path
    port: int
    env: dict[str, str]
    pids: dict[str, int] = field(default_factory=dict)

    def load(self, plan: list[dict[str, object]]) -> dict[str, object]:
        """Make a city, applications and checks by a plan (see ``bench.load``)."""
        done = subprocess.run(
            [sys.executable, "-m", "bench.load"],
            input=json.dumps(plan),
            capture_output=True,
            text=True,
            env=os.environ | self.env,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(done.stderr[-4000:])
        answer: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
        return answer

    @property
    def url(self) -> str:
        """Return the address of its pages, without a slash at the end."""
        return self.env["KAWAL_URL"]

    @contextmanager
    def serving(self, names: Sequence[str], extra: dict[str, str] | None = None) -> Iterator[None]:
        """Run some of the product's processes while the block lasts."""
        with ExitStack() as running:
            for name in names:
                words = (sys.executable, "-c", _MAIN, "serve", name)
                env = self.env | (extra or {})
                one = running.enter_context(program(*words, log=self.home / f"{name}.log", env=env))
                self.pids[name] = one.pid
            yield
        for name in names:
            del self.pids[name]

    @contextmanager
    def running(self, patience: float = 120.0) -> Iterator[None]:
        """Run the whole product by ``kawal run`` while the block lasts.

        :raises RuntimeError: when it does not answer in ``patience`` seconds.
        """
        words = (sys.executable, "-c", _MAIN, "run")
        with program(*words, log=self.home / "run.log", env=self.env) as one:
            deadline = time.monotonic() + patience
            while not _answers(f"{self.url}/readyz"):
                if time.monotonic() > deadline or one.poll() is not None:
                    raise RuntimeError((self.home / "run.log").read_text()[-4000:])
                time.sleep(0.5)
            self.pids["kawal run"] = one.pid
            yield
        del self.pids["kawal run"]


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=5).close()
    except OSError:
        return False
    return True


_MAIN = "from kawal.config.cli import main; main()"


@contextmanager
def product(folder: Path) -> Iterator[Product]:
    """Start a PostgreSQL with an empty, migrated product while the block lasts."""
    from kawal.config import embedded
    from kawal.config.embedded import roles

    folder.mkdir(parents=True, exist_ok=True)
    server = embedded.Server(embedded.find(folder))
    server.start()
    try:
        assert server.process is not None
        port = free_port()
        env = {
            "KAWAL_HOME": str(folder),
            "KAWAL_DEPLOYMENT": "demo",
            "PORT": str(port),
            "KAWAL_URL": f"http://127.0.0.1:{port}",
            "DATABASE_URL": server.database(roles.APP).url(),
            "DATABASE_OWNER_URL": server.database(roles.OWNER).url(),
            "DJANGO_SETTINGS_MODULE": "kawal.config.settings",
        }
        subprocess.run(
            [sys.executable, "-c", _MAIN, "migrate"],
            env=os.environ | env,
            check=True,
            capture_output=True,
        )
        yield Product(folder, port, env, {"postgres": server.process.pid})
    finally:
        server.stop()
