"""Forwards a request to the pages' server on its unix socket, streaming both ways."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

import httptools

from kawal.config.stream.body import (
    LARGEST,
    TOO_LARGE,
    Body,
    Event,
    Gone,
    Refusal,
    Room,
    declared,
    fill,
)
from kawal.config.stream.body import Receive as Receive

Scope = MutableMapping[str, Any]
Send = Callable[[Event], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

PATIENCE = 60.0  # seconds for the pages to begin, or go on with, an answer
CHUNK = 64 * 1024
HOP_BY_HOP = frozenset(
    b"connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer"
    b" transfer-encoding upgrade expect".split()
)
LENGTHS = frozenset({b"content-length", b"transfer-encoding"})  # said anew of what came in
FORWARDED = frozenset(b"forwarded x-forwarded-for x-forwarded-proto x-forwarded-host".split())


class Unreachable(Exception):
    """The pages' server does not answer."""


CLOSE = [(b"connection", b"close")]
FAILURES = (OSError, Unreachable, TimeoutError, httptools.HttpParserError)


@dataclass(slots=True)
class Answer:
    """What httptools has read of the upstream answer so far."""

    status: int = 0
    headers: Headers = field(default_factory=list)
    body: list[bytes] = field(default_factory=list)
    has_headers: bool = False
    is_complete: bool = False
    keeps_alive: bool = True

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keep a header, and heed one that ends the connection."""
        name = name.lower()
        self.headers.append((name, value))
        if name == b"connection" and value.lower() == b"close":
            self.keeps_alive = False

    def on_headers_complete(self) -> None:
        """Note that the body begins."""
        self.has_headers = True

    def on_body(self, body: bytes) -> None:
        """Keep a piece of the body."""
        self.body.append(body)

    def on_message_complete(self) -> None:
        """Note the end."""
        self.is_complete = True


class Connection:
    """One kept connection to the pages."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer
        self.is_reusable = True

    def close(self) -> None:
        """Let it go."""
        self.is_reusable = False
        self.writer.close()

    async def answer(self, *, to_head: bool) -> AsyncIterator[Answer]:
        """Yield the growing answer: first with its headers, then with each piece of the body."""
        answer = Answer()
        parser = httptools.HttpResponseParser(answer)
        while not answer.is_complete:
            data = await asyncio.wait_for(self.reader.read(CHUNK), PATIENCE)
            if not data:
                self.is_reusable = False
                if not answer.has_headers:
                    raise Unreachable
                answer.is_complete = True
            else:
                parser.feed_data(data)
            if answer.has_headers:
                answer.status = parser.get_status_code()
                if to_head:
                    answer.is_complete = True
                yield answer
                answer.body.clear()
        self.is_reusable = self.is_reusable and answer.keeps_alive and not to_head


class Forwarder:
    """Hands requests on; keeps a few connections open between them."""

    def __init__(self, socket: str, *, trusts_proxy: bool, kept: int = 32) -> None:
        self.socket = socket
        self.trusts_proxy = trusts_proxy
        self.kept = kept
        self.idle: list[Connection] = []
        self.room = Room()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Forward one HTTP request; answer 503 where the pages are away."""
        if declared(scope["headers"]) > LARGEST:
            await plain(send, TOO_LARGE.status, TOO_LARGE.text, CLOSE)
            return
        body = Body(self.room)
        try:
            await fill(body, await receive(), receive)
            await self._try(scope, body, receive, send)
        except Refusal as refused:
            await plain(send, refused.status, refused.text, CLOSE)
        except Gone:
            pass
        finally:
            body.drop()

    async def _try(self, scope: Scope, body: Body, receive: Receive, send: Send) -> None:
        answered = Started(send)
        # Only what may be asked twice goes out on a kept connection, which may just have died.
        is_safe = scope["method"] in {"GET", "HEAD"} and not body.size
        kept = [self.idle.pop()] if is_safe and self.idle else []
        for attempt in [*kept, None]:
            try:
                await self._forward(scope, body, receive, answered, attempt)
            except FAILURES:
                if not answered.is_true and attempt is None:
                    sentence = "Halaman sedang dimulai ulang. / The pages are restarting.\n"
                    await plain(send, 503, sentence, [(b"retry-after", b"2")])
                if not answered.is_true and attempt is not None:
                    continue
            return

    async def _forward(
        self,
        scope: Scope,
        body: Body,
        receive: Receive,
        answered: "Started",
        kept: Connection | None,
    ) -> None:
        head = request_head(scope, body.size, trusts_proxy=self.trusts_proxy)
        connection = kept or Connection(*await asyncio.open_unix_connection(self.socket))
        try:
            connection.writer.write(head)
            await _send_body(connection.writer, body)
            await _relay(connection.answer(to_head=scope["method"] == "HEAD"), answered, receive)
        except BaseException:
            connection.close()
            raise
        self._keep(connection)

    def stop(self) -> None:
        """Let the kept connections go."""
        while self.idle:
            self.idle.pop().close()

    def _keep(self, connection: Connection) -> None:
        if connection.is_reusable and len(self.idle) < self.kept:
            self.idle.append(connection)
        else:
            connection.close()


async def _send_body(writer: asyncio.StreamWriter, body: Body) -> None:
    """Pass on the request's body piece by piece, no faster than it is taken."""
    while piece := body.file.read(CHUNK):
        writer.write(piece)
        await writer.drain()


class Started:
    """Sends, and remembers whether an answer has begun."""

    def __init__(self, send: Send) -> None:
        self.send = send
        self.is_true = False

    async def __call__(self, answer: Answer) -> None:
        """Pass on what has come since the last call."""
        if not self.is_true:
            self.is_true = True
            kept = [pair for pair in answer.headers if pair[0] not in HOP_BY_HOP]
            await self.send(
                {"type": "http.response.start", "status": answer.status, "headers": kept}
            )
        await self.send(
            {
                "type": "http.response.body",
                "body": b"".join(answer.body),
                "more_body": not answer.is_complete,
            }
        )


async def _relay(answers: AsyncIterator[Answer], started: Started, receive: Receive) -> None:
    """Pass the answer on until it ends or the reader goes away."""
    gone = asyncio.ensure_future(_until_gone(receive))
    try:
        async for answer in answers:
            if gone.done():
                raise Gone
            await started(answer)
    finally:
        gone.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await gone


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def request_head(scope: Scope, size: int, *, trusts_proxy: bool) -> bytes:
    """Return the request line and headers to send, for a body of so many bytes.

    The forwarding headers are ours: what a stranger sends of them is dropped, unless a trusted
    proxy stands in front. So is a name with an underscore, which the pages could not tell from the
    one with a dash.
    """
    dropped = HOP_BY_HOP | LENGTHS
    if not trusts_proxy:
        dropped |= FORWARDED
    headers = [pair for pair in scope["headers"] if pair[0] not in dropped and b"_" not in pair[0]]
    if {name for name, _ in scope["headers"]} & LENGTHS:
        headers.append((b"content-length", str(size).encode()))
    if not trusts_proxy:
        client = (scope.get("client") or ("",))[0]
        headers.append((b"x-forwarded-for", client.encode()))
        headers.append((b"x-forwarded-proto", scope["scheme"].encode()))
    path = scope["raw_path"].partition(b"?")[0] or b"/"
    if scope["query_string"]:
        path += b"?" + scope["query_string"]
    return _lines(scope["method"].encode(), path, headers)


def _lines(method: bytes, path: bytes, headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    lines = [b"%b %b HTTP/1.1" % (method, path)]
    lines += [b"%b: %b" % pair for pair in headers]
    return b"\r\n".join(lines) + b"\r\n\r\n"


async def plain(send: Send, status: int, text: str, headers: Headers | None = None) -> None:
    """Answer with a sentence."""
    sent = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": sent + (headers or [])})
    await send({"type": "http.response.body", "body": text.encode()})
