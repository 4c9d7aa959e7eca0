"""The process of the work behind the pages: jobs, messages, and places in the public log."""

import asyncio
import contextlib
import sys
import threading

import procrastinate
import psycopg
import structlog

from kawal.config.serve.threads import Loops

log = structlog.get_logger(__name__)

CONCURRENCY = 2
RETRY = 2.0  # seconds until a database that went away is tried again
CONNECTIONS = 3  # two jobs and one that listens


def serve() -> None:
    """Run the loops until asked to stop; exit with 1 when one of them fails."""
    from kawal.ledger.actions import folding
    from kawal.messages import courier
    from kawal.trail import sequencer

    loops = {
        "jobs": jobs,
        "courier": courier.run,
        "sequencer": sequencer.run,
        "books": folding.run,
    }
    if not Loops(loops).run():
        sys.exit(1)


def jobs(stop: threading.Event) -> None:
    """Work off procrastinate's queue until asked to stop; a job under way is ended first.

    While the database is away it is tried again; what was begun is then another worker's to retry.
    """
    while not stop.is_set():
        try:
            _run_worker(stop)
        except (procrastinate.exceptions.ConnectorException, psycopg.OperationalError) as error:
            log.warning("the jobs lost the database", cause=type(error).__name__)
        stop.wait(RETRY)


def _run_worker(stop: threading.Event) -> None:
    from procrastinate.contrib.django import app, connector_params

    connector = procrastinate.PsycopgConnector(
        kwargs=connector_params(), min_size=1, max_size=CONNECTIONS
    )
    with app.replace_connector(connector) as opened:
        asyncio.run(_work(opened, stop))


async def _work(app: procrastinate.App, stop: threading.Event) -> None:
    async with app.open_async():
        work = asyncio.create_task(
            app.run_worker_async(
                name="kawal",
                concurrency=CONCURRENCY,
                install_signal_handlers=False,
                delete_jobs="successful",
            )
        )
        while not stop.is_set() and not work.done():
            await asyncio.wait({work}, timeout=0.5)
        if work.done():
            work.result()
            return
        work.cancel()  # procrastinate takes this as the wish to end gracefully
        with contextlib.suppress(asyncio.CancelledError):
            await work
