"""The life of the embedded server: made once, started as our child, waited for, stopped."""

import contextlib
import signal
import subprocess
import time
from collections.abc import Callable
from typing import Any

import psycopg

from kawal.config import death
from kawal.config.embedded import cluster, leftovers, passwords, programs, roles, tuning
from kawal.config.embedded.place import Place
from kawal.config.environment import Database, Misconfigured

RECOVERY = 1800.0  # seconds: after a crash the log is replayed, and that may take its time


class Server:
    """One PostgreSQL server in its place."""

    def __init__(self, place: Place, settings: dict[str, str] | None = None) -> None:
        self.place = place
        self.settings = tuning.settings(programs.major(place.programs)) | (settings or {})
        self.process: subprocess.Popen[bytes] | None = None

    def database(self, role: str, name: str = roles.NAME) -> Database:
        """Return the address for a role, with its password from the secrets folder."""
        password = passwords.kept(self.place.secrets, role)
        return Database(name, role, password, str(self.place.sockets), 5432)

    def start(
        self, *, patience: float = RECOVERY, say: Callable[[str], None] = lambda line: None
    ) -> None:
        """Make the cluster where it is new, start it, wait until it answers, make its roles.

        Call it from the main thread: the server stops when that thread ends, however it ends.

        :raises Misconfigured: when it cannot start; a sentence that says why.
        """
        self.place.make()
        leftovers.clear(self.place.data, self.place.sockets)
        cluster.make(
            self.place,
            passwords.kept(self.place.secrets, roles.ADMIN),
            durable=self.settings.get("fsync") != "off",
            say=say,
        )
        try:
            self._launch_until(time.monotonic() + patience, say)
            roles.ensure(self.database(roles.ADMIN, "postgres").conninfo(), self.place.secrets)
        except BaseException:
            self.stop()
            raise

    def stop(self, *, patience: float = 60.0) -> None:
        """Stop it: open transactions are rolled back, all that was committed is written."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(patience)
            return
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait()

    def _launch(self) -> "subprocess.Popen[bytes]":
        words: list[Any] = [self.place.programs / "postgres", "-D", self.place.data]
        words += ["-k", f'"{self.place.sockets}"']  # a list, in which names may be quoted
        for name, value in self.settings.items():
            words += ["-c", f"{name}={value}"]
        with cluster.open_log(self.place) as log:
            return subprocess.Popen(  # noqa: S603 - our own program, our own words
                words,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,  # Ctrl-C is for the supervisor, who stops us last
                preexec_fn=death.with_parent(signal.SIGINT),
                **cluster.as_user(self.place),
            )

    def _launch_until(self, deadline: float, say: Callable[[str], None]) -> None:
        """Start the program; once more while the processes of a killed server are still ending."""
        self.process = self._launch()
        remark = time.monotonic() + 5
        while not self._answers():
            if self.process.poll() is not None:
                said = cluster.last_words(self.place)
                if "pre-existing shared memory block" not in said or time.monotonic() > deadline:
                    raise Misconfigured(cluster.explain(said, self.place))
                time.sleep(0.5)
                self.process = self._launch()
            elif time.monotonic() > deadline:
                raise Misconfigured(f"PostgreSQL does not answer yet; its log is {self.place.log}")
            elif time.monotonic() > remark:
                say("PostgreSQL is reading its log again after a crash; this may take minutes")
                remark = time.monotonic() + 30
            time.sleep(0.03)

    def _answers(self) -> bool:
        admin = self.database(roles.ADMIN, "postgres")
        try:
            psycopg.connect(admin.conninfo(), connect_timeout=5).close()
        except psycopg.OperationalError as error:
            if "password authentication failed" in str(error):
                raise Misconfigured(
                    f"The password in {self.place.secrets / roles.ADMIN} does not open the "
                    f"database in {self.place.data}: the two are not of the same installation"
                ) from error
            return False
        return True
