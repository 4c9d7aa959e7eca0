"""Who listens, and what each topic shows now: a newcomer gets the state, never the history."""

import asyncio
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

LIMIT = 64  # messages that may wait for a slow screen before it is dropped to start afresh


@dataclass(eq=False, slots=True)
class Screen:
    """One open stream: messages wait here until its connection takes them."""

    queue: asyncio.Queue[bytes | None] = field(default_factory=lambda: asyncio.Queue(maxsize=LIMIT))

    def offer(self, message: bytes | None) -> bool:
        """Put a message in line; return False where the screen is too slow."""
        try:
            self.queue.put_nowait(message)
        except asyncio.QueueFull:
            return False
        return True


class Topic:
    """Named fragments as they are now, and the screens that show them."""

    def __init__(self, name: str, *, limit: int) -> None:
        self.name = name
        self.limit = limit
        self.fragments: dict[str, str] = {}
        self.screens: set[Screen] = set()
        self.version = 0
        self._snapshot: bytes | None = None

    def join(self) -> Screen | None:
        """Let a screen in with the whole current state; ``None`` when the topic is full."""
        if len(self.screens) >= self.limit:
            return None
        screen = Screen()
        screen.offer(self.snapshot())
        self.screens.add(screen)
        return screen

    def leave(self, screen: Screen) -> None:
        """Forget a screen."""
        self.screens.discard(screen)

    def snapshot(self) -> bytes:
        """Return the message that paints everything; made once per version."""
        if self._snapshot is None:
            self._snapshot = message("snapshot", self.fragments, self.version)
        return self._snapshot

    def show(self, fragments: Mapping[str, str]) -> int:
        """Take the current fragments, send what differs, and return how many that were."""
        changed = {key: html for key, html in fragments.items() if self.fragments.get(key) != html}
        gone = self.fragments.keys() - fragments.keys()
        if changed or gone:
            self.fragments = dict(fragments)
            self.version += 1
            self._snapshot = None
            self.send(message("change", {**changed, **dict.fromkeys(gone, "")}, self.version))
        return len(changed) + len(gone)

    def send(self, text: bytes) -> None:
        """Send to every screen; one that cannot keep up is let go and comes back afresh."""
        for screen in [screen for screen in self.screens if not screen.offer(text)]:
            self.screens.discard(screen)
            while not screen.queue.empty():
                screen.queue.get_nowait()
            screen.offer(None)


class Hub:
    """All topics."""

    def __init__(self, names: Iterable[str], *, limit: int = 20_000) -> None:
        self.topics = {name: Topic(name, limit=limit) for name in names}

    def beat(self, facts: Callable[[str], Mapping[str, object]]) -> None:
        """Tell every screen that the line is alive, and how fresh its data are."""
        for topic in self.topics.values():
            if topic.screens:
                topic.send(message("beat", facts(topic.name), topic.version))

    def close(self) -> None:
        """Let everybody go, as the server stops."""
        for topic in self.topics.values():
            for screen in list(topic.screens):
                screen.offer(None)


def message(event: str, data: object, version: int) -> bytes:
    """Return one server-sent event."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"event: {event}\nid: {version}\ndata: {text}\n\n".encode()
