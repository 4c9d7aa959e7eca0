"""The addresses at which applications report: ``/ping/KEY[/start|/fail]`` and ``/push/KEY``.

A bare ASGI route: no middleware, no session, no database of its own. GET, HEAD and POST all count,
so that a shell line with curl or wget is enough.
"""

import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from kawal.monitoring.feeds.numbers import LARGEST_BODY
from kawal.monitoring.ingest import Away, Ingest

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

PING, PUSH = "/ping/", "/push/"
METHODS = {"GET", "HEAD", "POST"}
LONGEST_KEY = 64
_HEADERS = [
    (b"content-type", b"text/plain; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"access-control-allow-origin", b"*"),
]


class TooMuch(Exception):
    """A body is larger than anybody's numbers."""


def is_door(path: str) -> bool:
    """Tell whether an address is one at which applications report."""
    return path.startswith((PING, PUSH))


async def serve(
    ingest: Ingest, scope: Message, receive: Receive, send: Send, *, wall: Any = time.time
) -> None:
    """Take one report and answer when it is stored."""
    at = wall()
    method, path = scope["method"], scope["path"]
    allowed = METHODS if path.startswith(PING) else {"POST", "PUT"}
    if method not in allowed:
        await _say(send, 405, "GET, HEAD, POST\n" if allowed is METHODS else "POST, PUT\n")
        return
    try:
        body = await _body(receive)
        status, text = await _take(ingest, path, body, at)
    except TooMuch:
        status, text = 413, f"at most {LARGEST_BODY} bytes\n"
    except ValueError as error:
        status, text = 400, f"not numbers: {error}\n"
    except Away:
        status, text = 503, "come again\n"
    await _say(send, status, text)


async def _take(ingest: Ingest, path: str, body: bytes, at: float) -> tuple[int, str]:
    door, key, *rest = path.strip("/").split("/")
    kind = "push" if door == "push" else "/".join(rest)
    if len(key) > LONGEST_KEY or (door == "push" and rest):
        return 404, "not found\n"
    known = await ingest.accept(key, kind, body, at)
    return (200, "OK\n") if known else (404, "not found\n")


async def _body(receive: Receive) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return bytes(body)
        body += message.get("body", b"")
        if len(body) > LARGEST_BODY:
            raise TooMuch
        if not message.get("more_body"):
            return bytes(body)


async def _say(send: Send, status: int, text: str) -> None:
    body = text.encode()
    headers = [*_HEADERS, (b"content-length", str(len(body)).encode())]
    if status == 503:
        headers.append((b"retry-after", b"5"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
