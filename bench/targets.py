"""Many fast targets on loopback, HTTP and HTTPS, each to be broken by a URL.

``python -m bench.targets --count 1000`` prints one line of JSON with the ports. Target ``n`` is
``http://127.0.0.1:PORT/t/n`` on its port (several targets share one). On the control port:
``/switch?target=n&to=ok|error|hang|keyword`` and ``/served`` (requests answered so far).
"""

import argparse
import asyncio
import json
import ssl
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import trustme
import uvloop

PAGE = b"<!doctype html><title>t</title><p>Layanan siap</p>" + b" " * 900
WRONG = b"<!doctype html><title>t</title><p>Galat</p>"
HOST = "127.0.0.1"


def _answer(status: bytes, body: bytes, *, closing: bool) -> bytes:
    keep = b"close" if closing else b"keep-alive"
    return (
        b"HTTP/1.1 %s\r\nContent-Type: text/html\r\nContent-Length: %d\r\nConnection: %s\r\n\r\n"
        % (status, len(body), keep)
    ) + body


ANSWERS = {
    "ok": _answer(b"200 OK", PAGE, closing=True),
    "error": _answer(b"500 Internal Server Error", WRONG, closing=True),
    "keyword": _answer(b"200 OK", WRONG, closing=True),
}


class State:
    """What each target does, and how many requests were answered; ``broken`` is by its path."""

    def __init__(self) -> None:
        self.served = 0
        self.broken: dict[bytes, str] = {}
        self.first_bad: dict[str, float] = {}  # when a broken target was first asked


class Target(asyncio.Protocol):
    """Answers at once, without a parser: a measuring load must cost little beside the measured."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.waiting = b""
        self.transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.waiting += data
        if not self.waiting.endswith(b"\r\n\r\n"):
            return
        path = self.waiting.split(b" ", 2)[1]
        self.waiting = b""
        mode = self.state.broken.get(path, "ok")
        if mode != "ok":
            self.state.first_bad.setdefault(path.decode(), time.time())
        if mode == "hang":
            return
        self.state.served += 1
        self.transport.write(ANSWERS[mode])
        self.transport.close()


class Control(asyncio.Protocol):
    """Takes orders."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        parts = urlsplit(data.split(b" ", 2)[1].decode())
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/switch":
            path = f"/t/{query['target']}"
            self.state.broken[path.encode()] = query["to"]
            self.state.first_bad.pop(path, None)
        says = {
            "served": self.state.served,
            "at": time.time(),
            "first_bad": self.state.first_bad,
        }
        self.transport.write(_answer(b"200 OK", json.dumps(says).encode(), closing=True))
        self.transport.close()


def _context(folder: Path) -> ssl.SSLContext:
    authority = trustme.CA(key_type=trustme.KeyType.ECDSA)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.num_tickets = 0  # fresh handshakes: nothing to resume with
    authority.issue_cert(HOST, "localhost").configure_cert(context)
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))
    return context


async def serve(count: int, listeners: int, folder: Path, host: str = HOST) -> None:
    """Serve for ever; print where."""
    state, loop = State(), asyncio.get_running_loop()
    servers = [
        await loop.create_server(lambda: Target(state), host, 0, backlog=4096)
        for _ in range(listeners)
    ]
    sealed = [
        await loop.create_server(lambda: Target(state), host, 0, ssl=_context(folder), backlog=4096)
    ]
    control = await loop.create_server(lambda: Control(state), HOST, 0)
    facts = {
        "count": count,
        "http": [one.sockets[0].getsockname()[1] for one in servers],
        "https": [one.sockets[0].getsockname()[1] for one in sealed],
        "control": control.sockets[0].getsockname()[1],
        "authority": str(folder / "authority.pem"),
    }
    print(json.dumps(facts), flush=True)
    await asyncio.Event().wait()


def main() -> None:
    """Serve until killed."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--count", type=int, default=1000)
    arguments.add_argument("--listeners", type=int, default=50)
    arguments.add_argument("--host", default=HOST, help="where to listen")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="kawal-bench-") as folder:
        try:
            asyncio.Runner(loop_factory=uvloop.new_event_loop).run(
                serve(chosen.count, chosen.listeners, Path(folder), chosen.host)
            )
        except KeyboardInterrupt:
            sys.exit(0)


if __name__ == "__main__":
    main()
