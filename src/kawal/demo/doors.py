"""The doors of the demo's applications: a listening port each, shut while one refuses."""

import asyncio
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

import structlog

from kawal.demo import answers, index, pages
from kawal.demo.addresses import HOST, INDEX, MAIL, PARKED, Addresses
from kawal.demo.answers import Answer
from kawal.demo.board import Board
from kawal.demo.facts.applications import APPLICATIONS, DemoApplication
from kawal.demo.faults import Fault
from kawal.demo.protocol import Connection, Request, Responder

log = structlog.get_logger(__name__)
Clock = Callable[[], datetime]


@dataclass(slots=True)
class Doors:
    """The listening sockets: one for each application, shut while it refuses connections."""

    board: Board
    places: Addresses
    now: Clock
    contexts: dict[str, ssl.SSLContext]
    servers: dict[str, asyncio.Server] = field(default_factory=dict)
    connections: dict[str, set[Connection]] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)  # whose port somebody else holds

    async def open_all(self) -> None:
        """Open the demo's own pages and every application's door."""
        await self._open(INDEX, self._list)
        await self._open(PARKED, lambda _: Answer(200, pages.parked()))
        self.servers[MAIL] = await asyncio.get_running_loop().create_server(
            _Greeting, HOST, self.places.ports[MAIL]
        )
        await self.follow_schedule()

    async def follow_schedule(self) -> None:
        """Shut the doors of those that refuse now, and open those that do so no more."""
        at = self.now()
        for one in APPLICATIONS:
            spell = self.board.spell(one.code, at)
            refuses = spell is not None and spell.fault is Fault.REFUSED
            if refuses and one.code in self.servers:
                self._shut(one.code)
            elif not refuses and one.code not in self.servers:
                await self._open(one.code, partial(self._respond, one))

    def close_all(self) -> None:
        """Shut every door."""
        for code in list(self.servers):
            self._shut(code)

    def _list(self, request: Request) -> Answer:
        return index.respond(self.board, self.places, request, self.now())

    def _respond(self, one: DemoApplication, request: Request) -> Answer | None:
        at = self.now()
        if request.method not in ("GET", "HEAD"):
            return Answer(405, b"")
        spell = self.board.spell(one.code, at)
        elsewhere = self.places.url(PARKED)
        return answers.answer(self.board.seed, one, request.path, spell, at=at, elsewhere=elsewhere)

    async def _open(self, code: str, respond: Responder) -> None:
        port, group = self.places.ports[code], self.connections.setdefault(code, set())
        try:
            self.servers[code] = await asyncio.get_running_loop().create_server(
                lambda: Connection(respond, group),
                HOST,
                port,
                ssl=self.contexts.get(code),
                backlog=64,
            )
            self.taken.discard(code)
        except OSError as error:  # tried again at the next look, told once
            if code not in self.taken:
                log.warning("demo.port_taken", application=code, port=port, error=str(error))
            self.taken.add(code)

    def _shut(self, code: str) -> None:
        self.servers.pop(code).close()
        for connection in list(self.connections.get(code, ())):
            connection.close()


class _Greeting(asyncio.Protocol):
    """Greets like a mail server and hangs up."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport) or hasattr(transport, "write")
        transport.write(b"220 surel.binjai.example ESMTP SIMULASI\r\n")
        transport.close()
