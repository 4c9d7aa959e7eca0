"""A stream on a real port: what the hub writes past the server reads as HTTP and ends as HTTP."""

import asyncio
import http.client
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import pytest
import uvicorn

from kawal.config.stream import app
from kawal.config.stream.app import Doorway
from kawal.config.stream.forward import Forwarder, Receive, Scope, Send
from kawal.config.stream.guard import Guarded
from kawal.config.stream.hub import SLOW, Hub
from kawal.ui import live


class Room:
    """A doorway with one public topic, served beside the test."""

    def __init__(self) -> None:
        self.door = Doorway(Forwarder("/nowhere", trusts_proxy=False))
        self.door.hub = Hub(["room"], limit=2)
        self.topic = self.door.hub.topics["room"]
        self.topic.show({"a": "<p id=a>1</p>"})
        self.server = uvicorn.Server(
            uvicorn.Config(
                self._serve,
                interface="asgi3",
                port=0,
                http=Guarded,
                loop="uvloop",
                lifespan="off",
                log_level="error",
            )
        )
        self.loop: asyncio.AbstractEventLoop | None = None

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.loop = asyncio.get_running_loop()
        await self.door(scope, receive, send)

    @property
    def port(self) -> int:
        port: int = self.server.servers[0].sockets[0].getsockname()[1]
        return port

    def do(self, work: Callable[[], object]) -> None:
        """Do something in the server's own thread."""
        assert self.loop
        self.loop.call_soon_threadsafe(work)

    def is_empty_soon(self) -> bool:
        """Wait at most five seconds until no screen is left."""
        deadline = time.monotonic() + 5
        while self.topic.screens and time.monotonic() < deadline:
            time.sleep(0.01)
        return not self.topic.screens


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    """The room, open to everybody."""
    monkeypatch.setattr(live, "may_open", lambda topic, _ticket: topic == "room")
    made = Room()
    thread = threading.Thread(target=made.server.run, daemon=True)
    thread.start()
    while not made.server.started:
        time.sleep(0.01)
    yield made
    made.server.should_exit = True
    if made.loop:
        made.do(made.door.hub.close)
    thread.join(5)


@contextmanager
def stream(room: Room, path: str = "/events?topic=room") -> Iterator[http.client.HTTPResponse]:
    with closing(http.client.HTTPConnection("127.0.0.1", room.port, timeout=5)) as asked:
        asked.request("GET", path)
        yield asked.getresponse()


def message(answer: http.client.HTTPResponse) -> list[str]:
    """Return the next message's lines."""
    lines = [answer.readline().decode().rstrip("\n") for _ in range(4)]
    assert [line.partition(":")[0] for line in lines] == ["event", "id", "data", ""]
    return lines


def test_a_stream_begins_with_the_state_and_goes_on_with_changes(room: Room):
    with stream(room) as answer:
        assert answer.getheader("Content-Type") == "text/event-stream; charset=utf-8"
        assert message(answer) == ["event: snapshot", "id: 1", 'data: {"a":"<p id=a>1</p>"}', ""]
        room.do(lambda: room.topic.show({"a": "é" * 70_000}))
        assert message(answer) == ["event: change", "id: 2", f'data: {{"a":"{"é" * 70_000}"}}', ""]


def test_a_stream_ends_properly_when_its_time_is_up(room: Room, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(app, "LONGEST", 0.3)
    with stream(room) as answer:
        message(answer)
        assert answer.read() == b""  # raises IncompleteRead when it breaks off
    assert room.is_empty_soon()


def test_a_stream_ends_properly_when_the_server_stops(room: Room):
    with stream(room) as answer:
        message(answer)
        room.do(room.door.hub.close)
        assert answer.read() == b""
    assert room.is_empty_soon()


def test_a_screen_that_goes_away_is_forgotten(room: Room):
    with stream(room) as answer:
        message(answer)
        assert len(room.topic.screens) == 1
    answer.close()
    assert room.is_empty_soon()


def test_a_full_room_lets_nobody_in(room: Room):
    with stream(room) as one, stream(room) as two:
        message(one)
        message(two)
        with stream(room) as third:
            assert (third.status, third.getheader("Retry-After")) == (503, "10")


def test_a_screen_that_does_not_read_is_cut_off(room: Room):
    with closing(socket.create_connection(("127.0.0.1", room.port))) as deaf:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        deaf.sendall(b"GET /events?topic=room HTTP/1.1\r\nHost: a\r\n\r\n")
        deaf.recv(100)
        for number in range(40):
            room.do(lambda number=number: room.topic.show({"a": str(number) * SLOW}))  # type: ignore[misc]
        assert room.is_empty_soon()


@pytest.mark.parametrize("path", ["/events?topic=wall", "/events"])
def test_no_ticket_no_stream(room: Room, path: str):
    with stream(room, path) as answer:
        assert answer.status == 403
