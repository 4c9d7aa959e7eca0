"""Feeds the hub: listens to the database, renders what has changed, beats."""

import asyncio
import contextlib
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import psycopg
import structlog
from django.db import close_old_connections, connection
from django.utils import translation

from kawal.config.stream.hub import Hub
from kawal.ui import live

GATHER = 0.04  # seconds in which changes that come together are painted together
BEAT = 2.0  # seconds between beats; a screen calls the line lost after 5
REPAINT = 15.0  # seconds after which everything is painted anew, whatever was announced

log = structlog.get_logger(__name__)
T = TypeVar("T")


class Feed:
    """Keeps every topic of the hub current; one thread talks to the database."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.thread = ThreadPoolExecutor(1, thread_name_prefix="render")
        self.is_dirty = asyncio.Event()
        self.pulses: dict[str, Mapping[str, object]] = {}
        self.is_fed = False  # False while the database does not answer

    async def run(self) -> None:
        """Work until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._listen())
            tasks.create_task(self._paint())
            tasks.create_task(self._beat())

    async def _listen(self) -> None:
        while True:
            try:
                await self._heed()
            except (psycopg.Error, OSError) as error:
                log.warning("stream.listen_lost", error=type(error).__name__)
                await asyncio.sleep(1)

    async def _heed(self) -> None:
        async with await connect() as line:
            await line.execute(f"LISTEN {live.CHANNEL}")
            self.is_dirty.set()  # what was announced while nobody listened
            async for _ in line.notifies():
                self.is_dirty.set()

    async def _paint(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.is_dirty.wait(), REPAINT)
            await asyncio.sleep(GATHER)
            self.is_dirty.clear()
            for name, topic in live.topics().items():
                fragments = await self._ask(topic.render)
                if fragments is not None:
                    self.hub.topics[name].show(fragments)

    async def _beat(self) -> None:
        while True:
            for name, topic in live.topics().items():
                if self.hub.topics[name].screens:
                    self.pulses[name] = await self._ask(topic.pulse) or {}
            self.hub.beat(self._facts)
            await asyncio.sleep(BEAT)

    def _facts(self, topic: str) -> Mapping[str, object]:
        return {"now": time.time(), "fed": self.is_fed, **self.pulses.get(topic, {})}

    async def _ask(self, question: Callable[[], T]) -> T | None:
        """Ask in the database's thread; ``None`` where it does not answer."""
        loop = asyncio.get_running_loop()
        try:
            answer = await loop.run_in_executor(self.thread, _in_city_language, question)
        except Exception as error:  # whatever it is, the screens must learn that they are not fed
            log.warning("stream.not_fed", error=repr(error)[:300])
            self.is_fed = False
            await asyncio.sleep(0.5)
            return None
        self.is_fed = True
        return answer


def _in_city_language(question: Callable[[], T]) -> T:
    close_old_connections()
    with translation.override("id"):
        return question()


async def connect() -> "psycopg.AsyncConnection[tuple[Any, ...]]":
    """Return a connection of the serving role for this event loop, in autocommit."""
    return await psycopg.AsyncConnection.connect(_conninfo(), autocommit=True)


def _conninfo() -> str:
    parameters: dict[str, Any] = connection.get_connection_params()
    wanted = ("dbname", "user", "password", "host", "port")
    return psycopg.conninfo.make_conninfo(
        **{key: parameters[key] for key in wanted if parameters.get(key)},
        application_name="kawal stream",
    )
