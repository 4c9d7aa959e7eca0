"""Forwards a request to the pages' server on its unix socket, streaming both ways."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

import httptools

Scope = MutableMapping[str, Any]
Event = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

PATIENCE = 60.0  # seconds for the pages to begin, or go on with, an answer
CHUNK = 64 * 1024
HOP_BY_HOP = frozenset(
    b"connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer"
    b" transfer-encoding upgrade expect".split()
)
FORWARDED = frozenset(b"forwarded x-forwarded-for x-forwarded-proto x-forwarded-host".split())


class Unreachable(Exception):
    """The pages' server does not answer."""


class Gone(Exception):
    """The reader went away before the end."""


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

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Forward one HTTP request; answer 503 where the pages are away."""
        answered = Started(send)
        first = await receive()
        # Only what may be asked twice goes out on a kept connection, which may just have died.
        is_safe = scope["method"] in {"GET", "HEAD"} and not first.get("more_body")
        kept = [self.idle.pop()] if is_safe and self.idle else []
        for attempt in [*kept, None]:
            try:
                await self._forward(scope, first, receive, answered, attempt)
            except FAILURES:
                if not answered.is_true and attempt is None:
                    sentence = "Halaman sedang dimulai ulang. / The pages are restarting.\n"
                    await plain(send, 503, sentence, [(b"retry-after", b"2")])
                if not answered.is_true and attempt is not None:
                    continue
            except Gone:
                pass
            return

    async def _forward(
        self,
        scope: Scope,
        first: Event,
        receive: Receive,
        answered: "Started",
        kept: Connection | None,
    ) -> None:
        head, is_chunked = request_head(scope, trusts_proxy=self.trusts_proxy)
        connection = kept or Connection(*await asyncio.open_unix_connection(self.socket))
        try:
            connection.writer.write(head)
            await _send_body(connection.writer, first, receive, is_chunked=is_chunked)
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


async def _send_body(
    writer: asyncio.StreamWriter, event: Event, receive: Receive, *, is_chunked: bool
) -> None:
    """Pass on the request's body piece by piece, no faster than it is taken.

    :raises Gone: when the sender leaves in the middle.
    """
    while event["type"] == "http.request":
        if body := event.get("body", b""):
            writer.write(b"%x\r\n%b\r\n" % (len(body), body) if is_chunked else body)
        if not event.get("more_body"):
            break
        await writer.drain()
        event = await receive()
    if event["type"] == "http.disconnect":
        raise Gone
    if is_chunked:
        writer.write(b"0\r\n\r\n")
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


def request_head(scope: Scope, *, trusts_proxy: bool) -> tuple[bytes, bool]:
    """Return the request line and headers to send, and whether the body goes in chunks.

    The forwarding headers are ours: what a stranger sends of them is dropped, unless a trusted
    proxy stands in front.
    """
    dropped = HOP_BY_HOP if trusts_proxy else HOP_BY_HOP | FORWARDED
    headers = [pair for pair in scope["headers"] if pair[0] not in dropped]
    names = {name for name, _ in scope["headers"]}
    is_chunked = b"transfer-encoding" in names
    if is_chunked:
        headers.append((b"transfer-encoding", b"chunked"))
    if not trusts_proxy:
        client = (scope.get("client") or ("",))[0]
        headers.append((b"x-forwarded-for", client.encode()))
        headers.append((b"x-forwarded-proto", scope["scheme"].encode()))
    path = scope["raw_path"].partition(b"?")[0] or b"/"
    if scope["query_string"]:
        path += b"?" + scope["query_string"]
    return _lines(scope["method"].encode(), path, headers), is_chunked


def _lines(method: bytes, path: bytes, headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    lines = [b"%b %b HTTP/1.1" % (method, path)]
    lines += [b"%b: %b" % pair for pair in headers]
    return b"\r\n".join(lines) + b"\r\n\r\n"


async def plain(send: Send, status: int, text: str, headers: Headers | None = None) -> None:
    """Answer with a sentence."""
    sent = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": sent + (headers or [])})
    await send({"type": "http.response.body", "body": text.encode()})
