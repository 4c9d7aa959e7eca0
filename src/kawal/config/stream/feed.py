"""Feeds the hub: listens to the database, renders what has changed, beats."""

import asyncio
import contextlib
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Protocol, TypeVar

import psycopg
import structlog
from django.db import close_old_connections, connection
from django.utils import translation

from kawal.config.stream.hub import Hub, Topic
from kawal.ui import live

BEAT = 2.0  # seconds between beats; a screen calls the line lost after 5
WHOLE = 15.0  # seconds after which everything is painted anew, whatever was announced

log = structlog.get_logger(__name__)
T = TypeVar("T")


class Ask(Protocol):
    """Asks in the database's thread; ``None`` where it does not answer."""

    async def __call__(self, question: Callable[[], T]) -> T | None: ...


class Painter:
    """Keeps one topic current: the first news at once, what comes on its heels together."""

    def __init__(self, topic: live.Topic, shown: Topic, ask: "Ask") -> None:
        self.topic = topic
        self.shown = shown
        self.ask = ask
        self.news: set[str] | None = None  # None: anything may have changed
        self.is_wanted = asyncio.Event()
        self.painted_whole = -WHOLE
        shown.on_wanted = self.is_wanted.set

    def tell(self, news: str | None) -> None:
        """Take an announcement; ``None`` where some may have been missed."""
        if news is None:
            self.news = None
        elif self.news is not None:
            self.news.add(news)
        self.is_wanted.set()

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.is_wanted.wait(), WHOLE)
            self.is_wanted.clear()
            began = time.monotonic()
            if not self.shown.screens:
                self.shown.is_current, self.news = False, None
            elif not await self._paint(began):
                self.is_wanted.set()
            await asyncio.sleep(max(0.0, began + self.topic.pace - time.monotonic()))

    async def _paint(self, now: float) -> bool:
        """Paint what the news may have touched; return whether the database answered."""
        is_whole = not self.shown.is_current or now - self.painted_whole >= WHOLE
        news = None if is_whole else self.news
        self.news = set()
        fragments = await self.ask(partial(self.topic.render, news))
        if fragments is None:
            self.news = None
            self.shown.is_current = False
            return False
        if news is None:
            self.painted_whole = now
        self.shown.show(fragments)
        return True


class Feed:
    """Keeps every topic of the hub current; one thread talks to the database."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.thread = ThreadPoolExecutor(1, thread_name_prefix="render")
        self.painters = [
            Painter(topic, hub.topics[name], self._ask) for name, topic in live.topics().items()
        ]
        self.pulses: dict[str, Mapping[str, object]] = {}
        self.is_fed = False  # False while the database does not answer

    async def run(self) -> None:
        """Work until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._listen())
            for painter in self.painters:
                tasks.create_task(painter.run())
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
            self._tell(None)  # what was announced while nobody listened
            async for said in line.notifies():
                self._tell(said.payload)

    def _tell(self, news: str | None) -> None:
        for painter in self.painters:
            painter.tell(news)

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
