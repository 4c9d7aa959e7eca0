"""The process that owns the port: event streams and pings, and all else handed to the pages."""

import resource

from kawal.config import environment

BACKLOG = 4096


def serve() -> None:
    """Serve on ``KAWAL_BIND``:``PORT`` until asked to stop."""
    import uvicorn

    _allow_many_files()
    uvicorn.run(
        "kawal.config.asgi:application",
        host=environment.bind(),
        port=environment.port(),
        backlog=BACKLOG,
        ws="none",
        lifespan="on",
        access_log=False,
        log_config=None,
        proxy_headers=False,
        server_header=False,
        date_header=False,  # the pages' answers have one
        timeout_graceful_shutdown=5,
    )


def _allow_many_files() -> None:
    """Raise this process's bound on open files as far as it may: each stream is one."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
