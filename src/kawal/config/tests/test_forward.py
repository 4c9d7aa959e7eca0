"""What comes in on the port reaches the pages unchanged, and comes back unchanged."""

import http.client
import re
import socket as tcp
import socketserver
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import uvicorn

from kawal.config.stream import body as body_module
from kawal.config.stream import guard
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

    config = uvicorn.Config(
        application, http=guard.Guarded, port=0, log_level="error", proxy_headers=False
    )
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
        try:
            yield server
        finally:
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


@contextmanager
def connected(port: int) -> Iterator[tcp.socket]:
    """Open a bare connection."""
    with tcp.create_connection(("127.0.0.1", port), timeout=10) as line:
        yield line


def say(port: int, text: bytes) -> bytes:
    """Say something and return all that comes back until the other side hangs up."""
    with connected(port) as line:
        heard = b""
        try:
            line.sendall(text)
            while piece := line.recv(4096):
                heard += piece
        except ConnectionError:
            pass
        return heard


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


def test_a_body_of_unknown_length_goes_on_with_its_length(socket: Path):
    with pages(socket, OK) as server, door(socket) as port:
        ask(port, "POST", "/", iter([b"satu", b"dua"]), **{"Transfer-Encoding": "chunked"})
    head, _, body = server.heard[0].partition(b"\r\n\r\n")
    assert b"content-length: 7\r\n" in head + b"\r\n"
    assert b"transfer-encoding" not in head
    assert body == b"satudua"


def test_a_header_whose_name_could_pass_for_ours_is_dropped(socket: Path):
    with pages(socket, OK) as server, door(socket) as port:
        ask(port, "GET", "/", **{"X_Forwarded_For": "6.6.6.6", "X-Asked": "1"})
    assert b"6.6.6.6" not in server.heard[0]
    assert b"x-asked: 1\r\n" in server.heard[0]


def test_a_body_that_says_it_is_too_large_is_refused_before_it_comes(socket: Path):
    with pages(socket, OK) as server, door(socket) as port:
        text = say(port, b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 67108865\r\n\r\nabc")
    assert text.startswith(b"HTTP/1.1 413")
    assert server.heard == []


def test_a_body_that_grows_too_large_is_refused_and_let_go(
    socket: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(body_module, "LARGEST", 10)
    with pages(socket, OK) as server, door(socket) as port:
        sent = b"6\r\nabcdef\r\n6\r\nghijkl\r\n0\r\n\r\n"
        text = say(port, b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + sent)
        assert text.startswith(b"HTTP/1.1 413")
        assert server.heard == []


def test_a_slow_sender_reaches_no_page_until_all_is_here(socket: Path):
    with pages(socket, OK) as server, door(socket) as port, connected(port) as line:
        line.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\nabc")
        assert ask(port, "GET", "/")[0].status == 200  # after which the first had its turn
        assert [heard.split(b" ")[0] for heard in server.heard] == [b"GET"]
        line.sendall(b"def")
        assert line.recv(99).startswith(b"HTTP/1.1 200")
    assert server.heard[1].endswith(b"abcdef")


def test_a_sender_who_falls_silent_is_let_go(socket: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(body_module, "WHOLE", 0.2)
    with pages(socket, OK), door(socket) as port, connected(port) as line:
        line.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\nabc")
        assert line.recv(99).startswith(b"HTTP/1.1 408")


def test_a_head_without_end_is_refused(socket: Path):
    with door(socket) as port:
        text = say(port, b"GET / HTTP/1.1\r\nHost: x\r\nX-A: " + b"a" * 400_000)
    assert text.startswith(b"HTTP/1.1 431")


def test_a_head_that_does_not_come_ends_the_connection(
    socket: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(guard, "PATIENCE", 0.2)
    with door(socket) as port:
        assert say(port, b"GET / HTTP/1.1\r\n") == b""
        assert say(port, b"") == b""
        assert say(port, b"\r\n\r\n") == b""


def test_a_large_body_behind_its_head_is_no_large_head(socket: Path):
    with pages(socket, OK), door(socket) as port, connected(port) as line:
        line.sendall(
            b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n" + b"a" * 200_000
        )
        assert line.recv(999).startswith(b"HTTP/1.1 200")
        line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        heard = b"".join(iter(lambda: line.recv(999), b""))
    assert b"HTTP/1.1 200" in heard


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
    assert b"x-forwarded-for: 10.9.8.7\r\n" in request_head(scope, 0, trusts_proxy=True)
