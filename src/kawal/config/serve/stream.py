"""The process that owns the port: event streams and pings, and all else handed to the pages."""

import resource
from socket import socket

from kawal.config import environment

BACKLOG = 4096


def serve() -> None:
    """Serve on ``KAWAL_BIND``:``PORT`` until asked to stop."""
    import uvicorn

    from kawal.config.asgi import application
    from kawal.config.stream.guard import Guarded

    class Server(uvicorn.Server):
        """Lets the open streams go before it waits for connections to end."""

        async def shutdown(self, sockets: list[socket] | None = None) -> None:
            application.hub.close()
            await super().shutdown(sockets)

    _allow_many_files()
    config = uvicorn.Config(
        application,
        host=environment.bind(),
        port=environment.port(),
        backlog=BACKLOG,
        http=Guarded,
        loop="uvloop",
        ws="none",
        lifespan="on",
        access_log=False,
        log_config=None,
        proxy_headers=False,
        server_header=False,
        date_header=False,  # the pages' answers have one
        timeout_graceful_shutdown=5,
    )
    Server(config).run()


def _allow_many_files() -> None:
    """Raise this process's bound on open files as far as it may: each stream is one."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
