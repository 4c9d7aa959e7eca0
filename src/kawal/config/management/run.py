"""``kawal run``: everything, started in order, watched, stopped in order."""

import sys

import click


@click.command()
def command() -> None:
    """Start the whole product and keep it running until Ctrl-C.

    The embedded PostgreSQL is started (or DATABASE_URL and DATABASE_OWNER_URL name an outside one),
    the database is brought up to date, a demo deployment gets its city once, and then the pages,
    the event stream, the worker and the prober run. When one of them ends, all are stopped, and
    the last lines say why.

    PORT is the port (8000), KAWAL_HOME the data folder (var), KAWAL_DEPLOYMENT one of demo,
    rehearsal and live.

    \b
    Example:
      kawal run
      PORT=8001 KAWAL_HOME=/srv/kawal-two kawal run
    """
    from kawal.config.supervisor.product import run
    from kawal.config.supervisor.voice import Voice

    sys.exit(run(Voice()))
