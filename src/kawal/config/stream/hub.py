"""Who listens, and what each topic shows now: a newcomer gets the state, never the history."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

SLOW = 512 * 1024  # bytes that may wait for a slow screen before it is dropped to start afresh
LAST = b"0\r\n\r\n"  # what ends an answer in chunks


class Line(Protocol):
    """A connection, as far as the hub needs it (of ``asyncio.Transport``)."""

    def write(self, data: bytes) -> None: ...
    def is_closing(self) -> bool: ...
    def get_write_buffer_size(self) -> int: ...
    def close(self) -> None: ...
    def abort(self) -> None: ...


class Topic:
    """Named fragments as they are now, and the screens that show them.

    ``is_current`` is false while they may be old: nobody looks, so nobody paints. Who then comes
    is among the ``waiting`` until the next paint, which ``on_wanted`` asks for.
    """

    def __init__(self, name: str, *, limit: int) -> None:
        self.name = name
        self.limit = limit
        self.fragments: dict[str, str] = {}
        self.screens: set[Line] = set()
        self.waiting: set[Line] = set()
        self.version = 0
        self.is_current = False
        self.on_wanted: Callable[[], None] = lambda: None
        self._snapshot: bytes | None = None

    @property
    def is_full(self) -> bool:
        """Tell whether nobody more may come."""
        return len(self.screens) >= self.limit

    def join(self, line: Line) -> None:
        """Let a screen in with the whole current state."""
        self.screens.add(line)
        if self.is_current:
            line.write(self.snapshot())
        else:
            self.waiting.add(line)
            self.on_wanted()

    def leave(self, line: Line) -> None:
        """Forget a screen."""
        self.screens.discard(line)
        self.waiting.discard(line)

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
            if seeing := self.screens - self.waiting:
                text = message("change", {**changed, **dict.fromkeys(gone, "")}, self.version)
                self.send(text, seeing)
        self.is_current = True
        if self.waiting:
            self.send(self.snapshot(), self.waiting)
            self.waiting.clear()
        return len(changed) + len(gone)

    def send(self, text: bytes, lines: Iterable[Line]) -> None:
        """Send the same bytes to these screens; one too slow is let go and comes back afresh."""
        slow = []
        for line in lines:
            if line.get_write_buffer_size() > SLOW:
                slow.append(line)
            elif not line.is_closing():
                line.write(text)
        for line in slow:
            self.leave(line)
            line.abort()


class Hub:
    """All topics."""

    def __init__(self, names: Iterable[str], *, limit: int = 20_000) -> None:
        self.topics = {name: Topic(name, limit=limit) for name in names}

    def beat(self, facts: Callable[[str], Mapping[str, object]]) -> None:
        """Tell every screen that the line is alive, and how fresh its data are."""
        for topic in self.topics.values():
            if topic.screens:
                topic.send(message("beat", facts(topic.name), topic.version), topic.screens)

    def close(self) -> None:
        """Let everybody go, as the server stops."""
        for topic in self.topics.values():
            for line in list(topic.screens):
                if not line.is_closing():
                    line.write(LAST)
                    line.close()


def message(event: str, data: object, version: int) -> bytes:
    """Return one server-sent event, in the frame of one HTTP chunk."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    said = f"event: {event}\nid: {version}\ndata: {text}\n\n".encode()
    return b"%x\r\n%b\r\n" % (len(said), said)
