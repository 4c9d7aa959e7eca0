"""Hands one mail to the mail server: Apprise composes and connects, and the answer is kept.

Apprise itself says only yes or no. Here the server's answer comes back, and the Message-ID stays
the same however often a mail is tried, so that a mailbox recognises a second copy.
"""

import email
import os
import smtplib
from dataclasses import dataclass
from email.policy import SMTP as WIRE
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import unquote, urlsplit

from apprise.exception import AppriseException
from apprise.plugins.email.base import NotifyEmail
from apprise.plugins.email.smtp import AppriseSMTPController

from kawal.messages import rules

MODES = {"smtp": "insecure", "smtp+starttls": "starttls", "smtps": "ssl"}
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
PATIENCE_SECONDS = 15


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail ready to go."""

    id: str
    to: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of handing it over; ``final`` when trying again cannot help."""

    ok: bool
    code: int | None = None
    error: str = ""
    final: bool = False


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server: from ``smtp://user:password@host:port``, ``smtp+starttls://``, ``smtps://``."""

    mode: str
    host: str
    port: int
    user: str
    password: str
    sender: str

    def hand_over(self, mail: Mail) -> Outcome:
        """Send a mail and return the server's answer; never raises for what a server does."""
        return _Letter(self, mail).outcome()


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder in which each mail becomes a file, for a deployment without a mail server."""

    path: Path
    sender: str

    def hand_over(self, mail: Mail) -> Outcome:
        """Write the mail as ``<id>.eml``; the same mail twice is one file."""
        letter = _Letter(Server("insecure", "localhost", 25, "", "", self.sender), mail)
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            fresh = self.path / f".{os.getpid()}-{mail.id}"
            fresh.write_bytes(letter.as_bytes())
            fresh.replace(self.path / f"{mail.id}.eml")
        except (OSError, AppriseException) as error:
            return Outcome(False, error=rules.scrubbed(str(error)))
        return Outcome(True)


def server(url: str, sender: str) -> Server | Folder | None:
    """Return where mail is handed over; ``None`` when no address is set.

    :raises ValueError: when the address is not of a kind that we know.
    """
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme == "folder":
        return Folder(Path(unquote(parts.path)), sender)
    if parts.scheme not in MODES or not parts.hostname:
        raise ValueError("write smtp://, smtp+starttls:// or smtps://USER:PASSWORD@HOST:PORT")
    return Server(
        mode=MODES[parts.scheme],
        host=parts.hostname,
        port=parts.port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        sender=sender,
    )


class _Line(AppriseSMTPController):
    """Apprise's connection, telling why a mail was not taken."""

    def hand_over(self, sender: str, to: list[str], text: bytes) -> None:
        """Send one mail.

        :raises smtplib.SMTPException: when the server refuses it.
        :raises OSError: when the line breaks.
        """
        smtp: smtplib.SMTP = self._socket  # type: ignore[assignment]
        smtp.sendmail(sender, to, text)


class _Letter(NotifyEmail):  # type: ignore[no-untyped-call]
    """Apprise's mail, with an identity of ours and an outcome."""

    def __init__(self, server: Server, mail: Mail) -> None:
        self._server, self._mail = server, mail
        super().__init__(  # type: ignore[no-untyped-call]
            host=server.host,
            port=server.port,
            user=server.user or None,
            password=server.password or None,
            smtp_host=server.host,
            secure_mode=server.mode,
            from_addr=server.sender,
            targets=[mail.to],
            format="text",
            headers={"Auto-Submitted": "auto-generated"},
        )

    def as_bytes(self) -> bytes:
        """Return the mail as it goes over the wire, under the identity that it always has."""
        (prepared,) = self.prepare_emails(
            subject=" ".join(self._mail.subject.split()),
            body=self._mail.body,
            from_addr=self.from_addr,
            to=self.targets,
            notify_format="text",
            headers=self.headers,
            names=self.names,
        )
        letter = email.message_from_string(prepared.body)
        letter.replace_header("Message-ID", f"<{self._mail.id}>")
        return letter.as_bytes(policy=letter.policy.clone(linesep=WIRE.linesep))

    def outcome(self) -> Outcome:
        """Send it and return what came of it."""
        if not self.targets:
            return Outcome(False, error="not an e-mail address", final=True)
        try:
            line = _Line(
                host=self._server.host,
                port=self._server.port,
                secure_mode=self._server.mode,
                user=self._server.user or None,
                password=self._server.password or None,
                socket_connect_timeout=PATIENCE_SECONDS,
            )
            with line:
                line.hand_over(parseaddr(self._server.sender)[1], [self._mail.to], self.as_bytes())
        except (smtplib.SMTPException, OSError, AppriseException, RuntimeError) as error:
            return self._failed(error)
        return Outcome(True, 250)

    def _failed(self, error: Exception) -> Outcome:
        """Only what the server says of this mail or its reader can be final."""
        code, said, final = None, f"{type(error).__name__}: {error}", False
        if isinstance(error, smtplib.SMTPRecipientsRefused):
            code, answer = next(iter(error.recipients.values()))
            said, final = _text(answer), code >= 500
        elif isinstance(error, smtplib.SMTPResponseException):
            code, said = error.smtp_code, _text(error.smtp_error)
            final = isinstance(error, smtplib.SMTPDataError) and code >= 500
        secrets = [self._server.password]
        return Outcome(
            False, code if code and code > 0 else None, rules.scrubbed(said, secrets), final
        )


def _text(answer: bytes | str) -> str:
    return answer.decode(errors="replace") if isinstance(answer, bytes) else str(answer)
