"""A request's body is taken whole at the door: a slow sender keeps no thread of the pages waiting.

The pages have a handful of threads, and one that reads from a sender who gives a letter a second
serves nobody else. What is taken waits in memory up to 1 MiB, beyond that on the disk, nameless.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile
from typing import Any

Event = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Event]]

LARGEST = 64 * 1024 * 1024  # bytes; the largest document is 50 MiB
MOST_HELD = 1024 * 1024 * 1024  # bytes of all bodies under way
IN_MEMORY = 1024 * 1024
PIECE = 30.0  # seconds for the next piece
WHOLE = 900.0  # seconds for all of it: 64 MiB over a line of 0.6 Mbit/s


class Refusal(Exception):
    """A body that is not taken: the status and the sentence of its answer."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status
        self.text = text


TOO_LARGE = Refusal(413, "Kiriman lebih besar dari 64 MB. / More than 64 MB.\n")
TOO_SLOW = Refusal(408, "Kiriman terlalu lambat. / Too slow.\n")
NO_ROOM = Refusal(503, "Terlalu banyak kiriman sekaligus. / Too much at once.\n")


class Gone(Exception):
    """The other side went away before the end."""


@dataclass(slots=True)
class Room:
    """How much of all bodies under way is held."""

    most: int = MOST_HELD
    used: int = 0


@dataclass(slots=True)
class Body:
    """A body that is here."""

    room: Room
    size: int = 0
    file: "SpooledTemporaryFile[bytes]" = field(
        default_factory=lambda: SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
    )

    def add(self, piece: bytes) -> None:
        """Keep a piece.

        :raises Refusal: when it, or all that is under way, grows too large.
        """
        if self.size + len(piece) > LARGEST:
            raise TOO_LARGE
        if self.room.used + len(piece) > self.room.most:
            raise NO_ROOM
        self.file.write(piece)
        self.size += len(piece)
        self.room.used += len(piece)

    def drop(self) -> None:
        """Let it go."""
        self.file.close()
        self.room.used -= self.size
        self.size = 0


def declared(headers: list[tuple[bytes, bytes]]) -> int:
    """Return the length that a request says its body has; 0 when it says none."""
    length = dict(headers).get(b"content-length", b"0")
    return int(length) if length.isdigit() else 0


async def fill(body: Body, first: Event, receive: Receive, *, patience: float = PIECE) -> None:
    """Take the whole body.

    :raises Refusal: when it is too large or too slow.
    :raises Gone: when the sender leaves in the middle.
    """
    until, event = time.monotonic() + WHOLE, first
    while event["type"] == "http.request":
        body.add(event.get("body", b""))
        if not event.get("more_body"):
            body.file.seek(0)
            return
        left = min(patience, until - time.monotonic())
        try:
            event = await asyncio.wait_for(receive(), max(left, 0.0))
        except TimeoutError:
            raise TOO_SLOW from None
    raise Gone
