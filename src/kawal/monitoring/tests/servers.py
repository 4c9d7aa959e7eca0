"""Servers for tests: honest ones and hostile ones, each on a free port of loopback."""

import contextlib
import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator

Serve = Callable[[socket.socket, bytes], None]


def page(body: bytes, status: str = "200 OK", **headers: str) -> bytes:
    """Return a whole HTTP answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def answers(whole: bytes) -> Serve:
    """Return a server's manner: send this and hang up."""
    return lambda peer, request: peer.sendall(whole)


def silent(peer: socket.socket, request: bytes) -> None:
    """Take the request and never say a word."""
    time.sleep(30)


def dripping(peer: socket.socket, request: bytes) -> None:
    """Send one byte now and then, for ever."""
    peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
    for _ in range(300):
        peer.sendall(b"x")
        time.sleep(0.1)


def endless(peer: socket.socket, request: bytes) -> None:
    """Send as fast as can be, for ever."""
    peer.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        peer.sendall(b"10000\r\n" + b"y" * 65536 + b"\r\n")


def header_flood(peer: socket.socket, request: bytes) -> None:
    """Never end the header."""
    peer.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        peer.sendall(b"X-Filler: " + b"z" * 8000 + b"\r\n")


def bomb(peer: socket.socket, request: bytes) -> None:
    """Send 100 MB as a zip of 100 kB, unasked."""
    zipped = gzip.compress(b"0" * 100_000_000)
    peer.sendall(page(zipped, Content_Encoding="gzip"))


@contextlib.contextmanager
def serving(manner: Serve, *, context: object = None) -> Iterator[int]:
    """Serve on a free port of 127.0.0.1 until the end of the block."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=200)
    listener.settimeout(0.05)
    stop = threading.Event()

    def one(peer: socket.socket) -> None:
        with contextlib.suppress(OSError), peer:
            if context is not None:
                peer = context.wrap_socket(peer, server_side=True)  # type: ignore[attr-defined]
            peer.settimeout(5)
            with peer:
                manner(peer, peer.recv(65536))

    def accept() -> None:
        while not stop.is_set():
            with contextlib.suppress(TimeoutError):
                peer, _ = listener.accept()
                threading.Thread(target=one, args=(peer,), daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        stop.set()
        thread.join()
        listener.close()


def unused_port() -> int:
    """Return a port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
