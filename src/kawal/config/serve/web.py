"""The process of the pages: granian, WSGI, on a unix socket behind the stream process."""

import multiprocessing
import os
import signal
from pathlib import Path
from typing import Any

from kawal.config import death, environment, logs

# Each thread keeps its database connection; a page takes milliseconds, so few are enough.
WORKERS = 2
THREADS = 4
CONNECTIONS = 512  # kept open by the stream process and the proxy, on each worker


def serve() -> None:
    """Serve the pages until asked to stop; a worker that dies is replaced."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    socket = environment.web_socket()
    _make_way(socket)
    Server(
        "kawal.config.wsgi:application",
        interface=Interfaces.WSGI,
        uds=socket,
        uds_permissions=0o660 if os.environ.get("KAWAL_WEB_SOCKET") else 0o600,
        workers=environment.number("KAWAL_WEB_WORKERS", WORKERS),
        blocking_threads=environment.number("KAWAL_WEB_THREADS", THREADS),
        blocking_threads_idle_timeout=600,
        backpressure=CONNECTIONS,
        respawn_failed_workers=True,
        respawn_interval=0.1,
        workers_kill_timeout=10,
        websockets=False,
        log_level=LogLevels.warning,
        log_dictconfig=logs.granian_config(),
    ).serve(target_loader=_load, wrap_loader=False)


def _load() -> Any:
    """Return the application; runs in each worker, which is not to outlive its master."""
    if master := multiprocessing.parent_process():
        death.with_parent(signal.SIGTERM, parent=master.pid)()
    from kawal.config.wsgi import application

    return application


def _make_way(socket: Path) -> None:
    environment.make_home(environment.home())
    environment.make_folder(socket.parent, mode=0o700)
    socket.unlink(missing_ok=True)  # only the holder of the run lock comes here
