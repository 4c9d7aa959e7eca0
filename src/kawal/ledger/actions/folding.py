"""Folding journals into the kept balances: what the worker does again and again."""

import logging
import threading

from django.db import DatabaseError, connection

BATCH = 5_000
WAIT_SECONDS = 2.0
_log = logging.getLogger(__name__)


def fold(most: int = BATCH) -> int:
    """Add at most so many committed journals to the kept balances; return how many it were.

    Two at once wait for each other; a posting never waits.
    """
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_fold SET most = %s WHERE id = 1 RETURNING folded", [most])
        return int(cursor.fetchone()[0])


def run(stop: threading.Event) -> None:
    """Fold until ``stop`` is set; a database that goes away is waited for."""
    while not stop.is_set():
        try:
            folded = fold() if _waiting() else 0
        except DatabaseError:
            _log.exception("the books could not be folded")
            connection.close()
            folded = 0
        if folded < BATCH:
            stop.wait(WAIT_SECONDS)
    connection.close()


def _waiting() -> bool:
    """Tell, with one cheap look, whether there is anything to fold: else no row is written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM ledger_unfolded)")
        return bool(cursor.fetchone()[0])
