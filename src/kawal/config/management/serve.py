"""``kawal serve NAME``: one process of the product, for a service manager such as systemd."""

import os
from collections.abc import Callable
from importlib import import_module

import click


def _command(name: str, help_text: str) -> click.Command:
    """Return the verb of one process."""

    def serve() -> None:
        from django.db import connections

        from kawal.config import deployment, environment

        os.environ.setdefault("KAWAL_PROCESS", name)
        deployment.see_kind(environment.deployment())
        connections.close_all()  # what is forked from here opens its own
        work: Callable[[], None] = import_module(f"kawal.config.serve.{name}").serve
        work()

    return click.Command(
        name,
        callback=serve,
        help=f"{help_text}\n\nThe database must be there: DATABASE_URL, or the embedded server of "
        f"a kawal run.\n\n\b\nExample:\n  kawal serve {name}\n",
    )


web = _command(
    "web",
    "Serve the pages on the unix socket KAWAL_HOME/run/web.sock (or KAWAL_WEB_SOCKET). "
    "KAWAL_WEB_WORKERS (2) and KAWAL_WEB_THREADS (4) say how many requests at once.",
)
stream = _command(
    "stream", "Serve event streams and pings on KAWAL_BIND:PORT, and hand all else to the pages."
)
worker = _command(
    "worker", "Work off jobs, deliver messages, and give the public log's entries their places."
)
prober = _command("prober", "Check every application on its schedule.")
demo = _command("demo", "Serve the simulated applications of a demo deployment.")
