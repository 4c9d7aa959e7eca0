"""A small HTTP/1.1 server side: reads requests, answers each in its turn, keeps the connection."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

import httptools

from kawal.demo.answers import Answer

LONGEST_URL, LARGEST_BODY, MOST_WAITING = 8_192, 4_096, 16
IDLE = 75.0  # seconds without a request

_REASONS = {
    200: "OK",
    302: "Found",
    303: "See Other",
    400: "Bad Request",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    500: "Internal Server Error",
    503: "Service Unavailable",
}


@dataclass(slots=True)
class Request:
    """A request as far as the demo looks at it."""

    method: str = ""
    path: str = ""
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    keep_alive: bool = True


Responder = Callable[[Request], Answer | None]


class Connection(asyncio.Protocol):
    """One connection; ``respond`` gives the answers, and ``None`` leaves the caller waiting."""

    def __init__(self, respond: Responder, all_open: set["Connection"]) -> None:
        self.respond = respond
        self.all_open = all_open
        self.parser: Any = httptools.HttpRequestParser(self)
        self.loop = asyncio.get_running_loop()
        self.transport: asyncio.Transport | None = None
        self.reading = Request()
        self.url = b""
        self.waiting: deque[Request] = deque()
        self.busy = False
        self.idle: asyncio.TimerHandle | None = None

    # what asyncio calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember the connection and begin to count its idle time."""
        assert isinstance(transport, asyncio.Transport) or hasattr(transport, "write")
        self.transport = transport  # type: ignore[assignment]
        self.all_open.add(self)
        self._rest()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self.transport = None
        self.all_open.discard(self)
        if self.idle:
            self.idle.cancel()

    def data_received(self, data: bytes) -> None:
        """Read on; what is no HTTP ends the connection."""
        try:
            self.parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self.close()

    # what the parser calls

    def on_message_begin(self) -> None:
        """Begin a request."""
        self.reading, self.url = Request(), b""

    def on_url(self, url: bytes) -> None:
        """Take in a piece of its address."""
        self.url += url
        if len(self.url) > LONGEST_URL:
            self.close()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take in the two headers that the demo looks at."""
        if name.lower() in (b"host", b"origin"):
            self.reading.headers[name.lower().decode()] = value.decode("latin-1")

    def on_body(self, body: bytes) -> None:
        """Take in a piece of its body."""
        self.reading.body += body
        if len(self.reading.body) > LARGEST_BODY:
            self.close()

    def on_message_complete(self) -> None:
        """Answer it, or let it wait behind the one before."""
        self.reading.method = self.parser.get_method().decode()
        self.reading.path = unquote(urlsplit(self.url.decode("latin-1")).path)
        self.reading.keep_alive = self.parser.should_keep_alive()
        self.waiting.append(self.reading)
        if len(self.waiting) > MOST_WAITING:
            self.close()
        elif not self.busy:
            self._next()

    # what we do

    def close(self) -> None:
        """End the connection."""
        if self.transport:
            self.transport.close()

    def _rest(self) -> None:
        self.idle = self.loop.call_later(IDLE, self.close)

    def _next(self) -> None:
        """Take up the next request; a caller that is left hanging stays busy for good."""
        request = self.waiting.popleft()
        self.busy = True
        if self.idle:
            self.idle.cancel()
        answer = self.respond(request)
        if answer is None:
            self._rest()
        elif answer.delay:
            self.loop.call_later(answer.delay, self._send, request, answer)
        else:
            self._send(request, answer)

    def _send(self, request: Request, answer: Answer) -> None:
        if self.transport is None:
            return
        self.transport.write(_bytes(request, answer))
        self.busy = False
        if not request.keep_alive:
            self.transport.close()
        elif self.waiting:
            self._next()
        else:
            self._rest()


def _bytes(request: Request, answer: Answer) -> bytes:
    lines = [
        f"HTTP/1.1 {answer.status} {_REASONS[answer.status]}",
        f"Content-Type: {answer.kind}",
        f"Content-Length: {len(answer.body)}",
        "X-Simulasi: ya",
        "Cache-Control: no-store",
        "Connection: " + ("keep-alive" if request.keep_alive else "close"),
    ]
    if answer.location:
        lines.append(f"Location: {answer.location}")
    head = "\r\n".join([*lines, "", ""]).encode("latin-1")
    return head if request.method == "HEAD" else head + answer.body
