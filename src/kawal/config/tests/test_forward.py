"""What comes in on the port reaches the pages unchanged, and comes back unchanged."""

import http.client
import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import uvicorn

from kawal.config.stream.forward import Forwarder, Receive, Scope, Send, request_head


class Pages(socketserver.ThreadingUnixStreamServer):
    """A server on a unix socket that keeps what it heard, and answers as it is told."""

    daemon_threads = True

    def __init__(self, path: Path, answer: bytes, *, hang_up: bool = False) -> None:
        super().__init__(str(path), Conversation)
        self.answer, self.hang_up = answer, hang_up
        self.heard: list[bytes] = []
        self.connections = 0


class Conversation(socketserver.StreamRequestHandler):
    """One connection to it."""

    server: Pages

    def handle(self) -> None:
        self.server.connections += 1
        while head := self._head():
            self.server.heard.append(head + self._body(head.lower()))
            self.wfile.write(self.server.answer)
            if self.server.hang_up:
                return

    def _head(self) -> bytes:
        lines = []
        while line := self.rfile.readline():
            lines.append(line)
            if line == b"\r\n":
                break
        return b"".join(lines)

    def _body(self, head: bytes) -> bytes:
        if b"transfer-encoding: chunked" in head:
            return b"".join(iter(self.rfile.readline, b"0\r\n")) + self.rfile.readline()
        length = re.search(rb"content-length: (\d+)", head)
        return self.rfile.read(int(length[1])) if length else b""


@contextmanager
def door(socket: Path) -> Iterator[int]:
    """Serve the forwarder on a real port."""
    forwarder = Forwarder(str(socket), trusts_proxy=False)

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            return await forwarder(scope, receive, send)
        for step in ("startup", "shutdown"):
            await receive()
            if step == "shutdown":
                forwarder.stop()
            await send({"type": f"lifespan.{step}.complete"})
        return None

    config = uvicorn.Config(application, port=0, log_level="error", proxy_headers=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.01)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(5)


@pytest.fixture
def socket(tmp_path: Path) -> Path:
    return tmp_path / "web.sock"


@contextmanager
def pages(socket: Path, answer: bytes, **options: bool) -> Iterator[Pages]:
    """Serve an answer on the socket."""
    with Pages(socket, answer, **options) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join(5)
    socket.unlink()


OK = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n\r\nhalo\n"


def ask(port: int, method: str, path: str, body: object = None, **headers: str):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    is_chunked = "Transfer-Encoding" in headers
    with closing(connection):
        connection.request(method, path, body, headers, encode_chunked=is_chunked)  # type: ignore[arg-type]
        answer = connection.getresponse()
        return answer, answer.read()


def test_an_answer_comes_back_whole_with_each_of_its_cookies(socket: Path):
    with pages(socket, OK) as server, door(socket) as port:
        answer, text = ask(port, "GET", "/a%2Fb?q=1&q=2")
    assert (answer.status, text) == (200, b"halo\n")
    assert answer.headers.get_all("set-cookie") == ["a=1", "b=2"]
    assert server.heard[0].startswith(b"GET /a%2Fb?q=1&q=2 HTTP/1.1\r\n")


def test_the_forwarding_headers_of_a_stranger_are_dropped(socket: Path):
    with pages(socket, OK) as server, door(socket) as port:
        ask(port, "GET", "/", **{"X-Forwarded-For": "6.6.6.6", "X-Forwarded-Proto": "https"})
    assert b"6.6.6.6" not in server.heard[0]
    assert b"x-forwarded-for: 127.0.0.1\r\n" in server.heard[0]
    assert b"x-forwarded-proto: http\r\n" in server.heard[0]


def test_a_large_body_goes_through_with_its_length(socket: Path):
    body = bytes(range(256)) * 8192
    with pages(socket, OK) as server, door(socket) as port:
        answer, _ = ask(port, "POST", "/", body)
    assert answer.status == 200
    assert server.heard[0].partition(b"\r\n\r\n")[2] == body


def test_a_body_of_unknown_length_goes_in_chunks(socket: Path):
    with pages(socket, OK) as server, door(socket) as port:
        ask(port, "POST", "/", iter([b"satu", b"dua"]), **{"Transfer-Encoding": "chunked"})
    head, _, body = server.heard[0].partition(b"\r\n\r\n")
    assert b"content-length" not in head.lower()
    assert b"satu" in body
    assert b"dua" in body


def test_not_modified_has_no_body_and_does_not_hang(socket: Path):
    with pages(socket, b"HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n"), door(socket) as port:
        assert ask(port, "GET", "/")[0].status == 304


def test_the_answer_to_head_has_no_body_and_does_not_hang(socket: Path):
    length = b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"
    with pages(socket, length), door(socket) as port:
        answer, text = ask(port, "HEAD", "/")
    assert (answer.status, answer.headers["content-length"], text) == (200, "5000", b"")


def test_a_kept_connection_that_has_died_is_no_fault(socket: Path):
    with pages(socket, OK, hang_up=True), door(socket) as port:
        assert [ask(port, "GET", "/")[0].status for _ in range(4)] == [200] * 4


def test_a_kept_connection_is_used_again(socket: Path):
    with pages(socket, OK) as server, door(socket) as port:
        assert [ask(port, "GET", "/")[0].status for _ in range(4)] == [200] * 4
    assert server.connections == 1


def test_pages_that_are_away_are_told_in_a_sentence(socket: Path):
    with door(socket) as port:
        answer, text = ask(port, "GET", "/")
    assert (answer.status, answer.headers["retry-after"]) == (503, "2")
    assert "dimulai ulang" in text.decode()


def test_an_answer_that_breaks_off_is_not_passed_off_as_whole(socket: Path):
    half = b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf"
    with (
        pages(socket, half, hang_up=True),
        door(socket) as port,
        pytest.raises(http.client.IncompleteRead),
    ):
        ask(port, "GET", "/")


def test_a_trusted_proxy_keeps_its_headers():
    scope = {
        "method": "GET", "raw_path": b"/", "query_string": b"", "scheme": "http",
        "client": ("127.0.0.1", 1), "headers": [(b"x-forwarded-for", b"10.9.8.7")],
    }  # fmt: skip
    assert b"x-forwarded-for: 10.9.8.7\r\n" in request_head(scope, trusts_proxy=True)[0]
