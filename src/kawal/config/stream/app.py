"""The ASGI application: routes a request to the streams, the pings or the pages."""

import asyncio
import contextlib
import random
from urllib.parse import parse_qs

from kawal.config.stream.feed import Feed, connect
from kawal.config.stream.forward import Forwarder, Receive, Scope, Send, plain
from kawal.config.stream.hub import Hub, Line, Topic
from kawal.config.stream.protocol import TRANSPORT
from kawal.monitoring import doors
from kawal.monitoring.ingest import Ingest
from kawal.ui import live

LONGEST = 300.0  # seconds until a stream must ask again: who may no longer look is let go by then
STREAM = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"transfer-encoding", b"chunked"),
]


class Doorway:
    """Everything that comes in on the port."""

    def __init__(self, forwarder: Forwarder) -> None:
        self.forwarder = forwarder
        self.hub = Hub(live.topics())
        self.ingest = Ingest(connect)
        self.tasks: list[asyncio.Task[None]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection's request."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
        elif scope["path"] == "/events":
            await self._stream(scope, receive, send)
        elif doors.is_door(scope["path"]):
            await doors.serve(self.ingest, scope, receive, send)
        else:
            await self.forwarder(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            event = await receive()
            if event["type"] == "lifespan.startup":
                work = (Feed(self.hub).run(), self.ingest.run())
                self.tasks = [asyncio.create_task(one) for one in work]
                await send({"type": "lifespan.startup.complete"})
            else:
                await self._stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _stop(self) -> None:
        self.hub.close()
        self.forwarder.stop()
        for task in self.tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        query = parse_qs(scope["query_string"].decode("latin-1"))
        topic, ticket = query.get("topic", [""])[0], query.get("ticket", [""])[0]
        if scope["method"] != "GET":
            await plain(send, 405, "GET only\n", [(b"allow", b"GET")])
        elif not live.may_open(topic, ticket):
            await plain(send, 403, "Karcis tidak berlaku; muat ulang halaman. / Reload the page.\n")
        elif self.hub.topics[topic].is_full:
            await plain(send, 503, "Penuh / full\n", [(b"retry-after", b"10")])
        else:
            await send({"type": "http.response.start", "status": 200, "headers": STREAM})
            await _keep(
                self.hub.topics[topic], scope["extensions"][TRANSPORT]["transport"], receive
            )
            await send({"type": "http.response.body", "body": b""})


async def _keep(topic: Topic, line: Line, receive: Receive) -> None:
    """Let the hub write to a connection until it ends or its time is up.

    The hub writes the same framed bytes to every connection itself: a thousand screens cost a
    thousand system calls, and no task wakes up. Not all go at the same time.
    """
    topic.join(line)
    try:
        async with asyncio.timeout(LONGEST * random.uniform(0.8, 1)):  # noqa: S311 - no secret
            while (await receive())["type"] != "http.disconnect":
                pass
    except TimeoutError:
        if line.get_write_buffer_size():
            line.abort()  # nothing can be said to one that does not take it
    finally:
        topic.leave(line)
