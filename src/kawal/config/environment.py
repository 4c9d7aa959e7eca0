"""What the environment says: read once, checked, with a clear sentence where it is wrong."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

SOCKET_PATH_LIMIT = 107  # bytes of a unix socket's address on Linux
TLS = {"sslmode", "sslrootcert", "sslcert", "sslkey"}
DEPLOYMENTS = ("demo", "rehearsal", "live")


class Misconfigured(Exception):
    """A setting is missing or wrong; the text says which and how to mend it."""


@dataclass(frozen=True, slots=True)
class Database:
    """Where PostgreSQL is and who asks: host is a name or a socket folder.

    ``tls`` holds libpq's words for how the line is secured, such as sslmode and sslrootcert.
    """

    name: str
    user: str
    password: str
    host: str
    port: int
    tls: tuple[tuple[str, str], ...] = ()

    @classmethod
    def from_url(cls, url: str, *, called: str) -> "Database":
        """Read ``postgresql://user:password@host:port/name``.

        Behind a question mark: ``host=`` for a socket folder, and ``sslmode=``, ``sslrootcert=``,
        ``sslcert=`` and ``sslkey=``.

        :raises Misconfigured: when it is not such an address, or says something else.
        """
        parts = urlsplit(url)
        if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
            raise Misconfigured(
                f"{called} is not a PostgreSQL address; write "
                "postgresql://USER:PASSWORD@HOST:5432/NAME"
            )
        query = dict(pair.partition("=")[::2] for pair in parts.query.split("&") if pair)
        if unknown := query.keys() - TLS - {"host", "port"}:
            raise Misconfigured(f"{called} has words that are not known: {', '.join(unknown)}")
        return cls(
            name=unquote(parts.path.lstrip("/")),
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            host=unquote(query.get("host", "")) or parts.hostname or "",
            port=parts.port or int(query.get("port", "5432")),
            tls=tuple((name, unquote(query[name])) for name in sorted(TLS & query.keys())),
        )

    def conninfo(self) -> str:
        """Return libpq's words for it."""
        from psycopg.conninfo import make_conninfo

        return make_conninfo(
            dbname=self.name,
            user=self.user,
            password=self.password,
            host=self.host,
            port=self.port,
            **dict(self.tls),
        )

    def url(self) -> str:
        """Return it as an address that ``from_url`` reads back."""
        from urllib.parse import quote

        words = {"host": self.host, "port": str(self.port), **dict(self.tls)}
        return (
            f"postgresql://{quote(self.user)}:{quote(self.password, safe='')}@/{quote(self.name)}?"
            + "&".join(f"{name}={quote(value, safe='')}" for name, value in words.items())
        )


def home() -> Path:
    """Return the data folder: ``KAWAL_HOME``, else ``var`` in the working folder."""
    return Path(os.environ.get("KAWAL_HOME") or "var").resolve()


def make_home(folder: Path) -> None:
    """Make the data folder where it is missing: ours alone, or passable when we are root.

    Root's PostgreSQL runs as another user, who passes through; everything inside is closed.

    :raises Misconfigured: when it cannot be made or written.
    """
    make_folder(folder, mode=0o711 if os.geteuid() == 0 else 0o700)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Misconfigured(
            f"{folder} cannot be written; set KAWAL_HOME to a folder that this user may write"
        )


def make_folder(folder: Path, *, mode: int) -> None:
    """Make a folder with exactly this mode; one that exists is left as it is.

    :raises Misconfigured: when it cannot be made.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=mode)
        folder.chmod(mode)  # whatever the umask says
    except FileExistsError:
        if not folder.is_dir():
            raise Misconfigured(f"{folder} must be a folder and is a file") from None
    except OSError as error:
        raise Misconfigured(
            f"{folder} cannot be made ({error.strerror}); set KAWAL_HOME to a folder that this "
            "user may write"
        ) from error


def port() -> int:
    """Return the port of the pages (``PORT``, else 8000).

    :raises Misconfigured: when it is not a port number.
    """
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Misconfigured(f"PORT is {text!r}; write a number from 1 to 65535")
    return int(text)


def number(name: str, otherwise: int) -> int:
    """Return a whole number above 0 from the environment.

    :raises Misconfigured: when it is something else.
    """
    text = os.environ.get(name) or str(otherwise)
    if not text.isdigit() or int(text) < 1:
        raise Misconfigured(f"{name} is {text!r}; write a whole number above 0")
    return int(text)


def deployment() -> str:
    """Return the kind of deployment: demo, rehearsal or live (``KAWAL_DEPLOYMENT``).

    :raises Misconfigured: when it is none of the three.
    """
    kind = os.environ.get("KAWAL_DEPLOYMENT") or "demo"
    if kind not in DEPLOYMENTS:
        raise Misconfigured(f"KAWAL_DEPLOYMENT is {kind!r}; write one of {', '.join(DEPLOYMENTS)}")
    return kind


def database(role: str) -> Database | None:
    """Return the database for ``app`` or ``owner``; ``None`` while none is named or started.

    ``DATABASE_URL`` and ``DATABASE_OWNER_URL`` name an outside server; ``kawal run`` sets both for
    its children when it starts the embedded one.
    """
    called = "DATABASE_URL" if role == "app" else "DATABASE_OWNER_URL"
    url = os.environ.get(called, "")
    return Database.from_url(url, called=called) if url else None


def base_url() -> str:
    """Return the address that people use (``KAWAL_URL``), without a slash at its end."""
    return (os.environ.get("KAWAL_URL") or f"http://localhost:{port()}").rstrip("/")


def hosts() -> list[str]:
    """Return the host names that are answered: that of ``KAWAL_URL``, and this machine's own."""
    return [urlsplit(base_url()).hostname or "localhost", "localhost", "127.0.0.1", "[::1]"]


def days(called: str, otherwise: int, *, least: int) -> int:
    """Return a number of days from the environment.

    :raises Misconfigured: when it is no number, or too few.
    """
    text = os.environ.get(called) or str(otherwise)
    if not text.isdigit() or int(text) < least:
        raise Misconfigured(f"{called} is {text!r}; write a number of days, at least {least}")
    return int(text)


def mail_server() -> str:
    """Return where mail is handed over (``KAWAL_SMTP_URL``); empty: it waits in the outbox.

    ``smtp://USER:PASSWORD@HOST:PORT``, ``smtp+starttls://``, ``smtps://``, or ``folder:/PATH``
    to write each mail into a file. A demo writes files into ``KAWAL_HOME/mail`` unless told.

    :raises Misconfigured: when it is none of these.
    """
    text = os.environ.get("KAWAL_SMTP_URL", "")
    if not text:
        return f"folder:{home() / 'mail'}" if deployment() == "demo" else ""
    parts = urlsplit(text)
    if parts.scheme not in {"smtp", "smtp+starttls", "smtps", "folder"} or not (
        parts.hostname or parts.path
    ):
        raise Misconfigured(
            "KAWAL_SMTP_URL is not a mail server; write smtp://, smtp+starttls:// or "
            "smtps://USER:PASSWORD@HOST:PORT, or folder:/PATH"
        )
    return text


def mail_from() -> str:
    """Return the sender of mail (``KAWAL_MAIL_FROM``), such as ``Kawal <kawal@binjai.go.id>``."""
    host = urlsplit(base_url()).hostname or "localhost"
    plain = host if "." in host and not host.replace(".", "").isdigit() else "kawal.invalid"
    return os.environ.get("KAWAL_MAIL_FROM") or f"Kawal <kawal@{plain}>"


def behind_proxy() -> bool:
    """Tell whether a reverse proxy in front sets the X-Forwarded headers (``KAWAL_PROXY=1``)."""
    return os.environ.get("KAWAL_PROXY") == "1"


def bind() -> str:
    """Return the address that the pages' port is opened on (``KAWAL_BIND``, else this machine)."""
    return os.environ.get("KAWAL_BIND") or "127.0.0.1"


def run_folder() -> Path:
    """Return the folder of what lives only while the product runs: sockets, locks, counters."""
    return home() / "run"


def web_socket() -> Path:
    """Return the unix socket of the pages' server (``KAWAL_WEB_SOCKET``, else below the home)."""
    named = os.environ.get("KAWAL_WEB_SOCKET")
    return Path(named) if named else short_folder(run_folder(), "web.sock") / "web.sock"


def short_folder(folder: Path, name: str) -> Path:
    """Return the folder, or a stand-in with a short name where a socket cannot be in it.

    That is where its address would be too long, or holds a comma, which to PostgreSQL divides two
    addresses. The stand-in has the same name each time; whoever makes it sees to its owner and
    its mode.
    """
    if len(os.fsencode(folder / name)) <= SOCKET_PATH_LIMIT and "," not in str(folder):
        return folder
    key = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    return Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / f"kawal-{key}"
