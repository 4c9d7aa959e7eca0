"""The connections of the port: a head that is too large or too slow in coming ends its connection.

uvicorn itself waits for ever, and keeps whatever comes.
"""

import asyncio
from typing import Any

from kawal.config.stream.protocol import Protocol

LARGEST_HEAD = 64 * 1024  # bytes of the request line and headers
PATIENCE = 20.0  # seconds from its first byte until a head is whole


class Guarded(Protocol):
    """Our protocol with bounds on the head of each request."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.has_head = False
        self.head_bytes = 0
        self.head_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first head."""
        super().connection_made(transport)
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Pass on what came, unless the head has grown too large."""
        if not self.has_head:
            self._expect_head()
            self.head_bytes += len(data)
        super().data_received(data)
        if not self.has_head and self.head_bytes > LARGEST_HEAD and not self.transport.is_closing():
            self._refuse()

    def on_headers_complete(self) -> None:
        """Stop waiting: the head is whole."""
        self.has_head = True
        self._stop_timer()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Make ready for the next head."""
        super().on_message_complete()
        self.has_head, self.head_bytes = False, 0

    def _expect_head(self) -> None:
        if self.head_timer is None:
            self.head_timer = self.loop.call_later(PATIENCE, self._give_up)

    def _stop_timer(self) -> None:
        if self.head_timer is not None:
            self.head_timer.cancel()
            self.head_timer = None

    def _give_up(self) -> None:
        self.head_timer = None
        self.transport.close()

    def _refuse(self) -> None:
        self.transport.write(
            b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
            b"content-length: 0\r\nconnection: close\r\n\r\n"
        )
        self.transport.close()
