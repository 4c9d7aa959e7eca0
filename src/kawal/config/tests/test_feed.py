"""The first news is painted at once, what follows together; nobody looking, nobody paints."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from kawal.config.stream import feed
from kawal.config.stream.feed import Painter
from kawal.config.stream.hub import Topic
from kawal.config.tests.test_hub import Wire
from kawal.ui import live

PACE = 0.05


class Brush:
    """Paints a number that grows, and keeps what news it was given."""

    def __init__(self) -> None:
        self.given: list[live.News] = []
        self.is_dead = False

    def paint(self, news: live.News) -> dict[str, str]:
        self.given.append(news)
        return {"a": str(len(self.given))}

    async def ask(self, question: Callable[[], Any]) -> Any:
        """Answer at once; like a database that is away where it is dead."""
        return None if self.is_dead else question()


def painting(work: Callable[[Painter, Brush, Topic], Awaitable[None]], *, watched: bool = True):
    """Run a painter beside the work."""

    async def both() -> None:
        brush, shown = Brush(), Topic("wall", limit=9)
        topic = live.Topic("wall", brush.paint, dict, pace=PACE)
        painter = Painter(topic, shown, brush.ask)
        if watched:
            shown.join(Wire())
        task = asyncio.create_task(painter.run())
        try:
            await work(painter, brush, shown)
        finally:
            task.cancel()

    asyncio.run(both())


def test_the_first_news_is_painted_at_once_and_the_rest_together():
    async def work(painter: Painter, brush: Brush, _shown: Topic) -> None:
        await asyncio.sleep(PACE * 2)
        assert brush.given == [None]  # the first paint is whole
        painter.tell("one")
        await asyncio.sleep(0.01)
        assert brush.given[1:] == [{"one"}]
        painter.tell("two")
        painter.tell("three")
        painter.tell("two")
        await asyncio.sleep(0.01)
        assert len(brush.given) == 2
        await asyncio.sleep(PACE)
        assert brush.given[2:] == [{"two", "three"}]

    painting(work)


def test_what_may_have_been_missed_is_painted_whole():
    async def work(painter: Painter, brush: Brush, _shown: Topic) -> None:
        await asyncio.sleep(PACE * 2)
        painter.tell("one")
        painter.tell(None)
        painter.tell("two")
        await asyncio.sleep(PACE)
        assert brush.given == [None, None]

    painting(work)


def test_nobody_looking_nobody_paints_until_somebody_comes():
    async def work(painter: Painter, brush: Brush, shown: Topic) -> None:
        painter.tell("one")
        await asyncio.sleep(PACE * 2)
        assert brush.given == []
        wire = Wire()
        shown.join(wire)
        await asyncio.sleep(PACE * 2)
        assert brush.given == [None]
        assert wire.take() == [("snapshot", {"a": "1"})]

    painting(work, watched=False)


def test_a_database_that_was_away_is_asked_for_everything():
    async def work(painter: Painter, brush: Brush, shown: Topic) -> None:
        await asyncio.sleep(PACE * 2)
        brush.is_dead = True
        painter.tell("one")
        await asyncio.sleep(PACE)
        assert not shown.is_current
        brush.is_dead = False
        await asyncio.sleep(PACE * 3)
        assert brush.given == [None, None]
        assert shown.is_current

    painting(work)


def test_everything_is_painted_anew_now_and_then(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(feed, "WHOLE", 0.12)

    async def work(_painter: Painter, brush: Brush, _shown: Topic) -> None:
        await asyncio.sleep(0.45)
        assert brush.given == [None] * len(brush.given)
        assert len(brush.given) in {3, 4}

    painting(work)
