"""Our server's HTTP: it offers the application the connection itself, for the streams."""

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

TRANSPORT = "kawal.transport"  # the name of the ASGI extension


class Protocol(HttpToolsProtocol):
    """Adds the connection's transport to the scope's extensions."""

    def on_message_begin(self) -> None:
        """Begin a request (httptools calls it)."""
        super().on_message_begin()
        self.scope["extensions"] = {TRANSPORT: {"transport": self.transport}}
