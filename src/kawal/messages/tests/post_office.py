"""A real SMTP server on loopback that does what a test asks of it."""

import asyncio
import email
import socket
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


class Clerk:
    """Takes mail, or answers with the line that ``answers`` holds for its recipient."""

    def __init__(self) -> None:
        self.taken: list[Message] = []
        self.recipients: list[str] = []
        self.answers: dict[str, str] = {}
        self.at_data: dict[str, str] = {}
        self.stalls: dict[str, float] = {}

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take or refuse a recipient."""
        if address in self.stalls:
            await asyncio.sleep(self.stalls[address])
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take or refuse a mail."""
        (address,) = envelope.rcpt_tos
        if address in self.at_data:
            return self.at_data[address]
        content = envelope.content
        assert isinstance(content, bytes)
        self.taken.append(email.message_from_bytes(content))
        self.recipients.append(address)
        return "250 taken"

    def text(self, number: int = 0) -> str:
        """Return a taken mail's words."""
        payload = self.taken[number].get_payload(decode=True)
        assert isinstance(payload, bytes)
        return payload.decode().replace("\r\n", "\n")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class PostOffice:
    """The server, opened and closed with a ``with``."""

    def __init__(self, password: str = "", hostname: str = "127.0.0.1", **options: Any) -> None:
        self.clerk = Clerk()
        self.port = free_port()
        self._password = password
        if password:
            options |= {
                "authenticator": self._admit,
                "auth_required": True,
                "auth_require_tls": False,
            }
        self._controller = Controller(self.clerk, hostname=hostname, port=self.port, **options)

    def _admit(self, *given: Any) -> AuthResult:
        login = given[-1]
        good = isinstance(login, LoginPassword) and login.password == self._password.encode()
        return AuthResult(success=good, handled=False)

    @property
    def url(self) -> str:
        """Return its address."""
        return f"smtp://127.0.0.1:{self.port}"

    def __enter__(self) -> "PostOffice":
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()
