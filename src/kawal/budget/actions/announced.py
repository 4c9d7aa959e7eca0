"""Tells the screens that money moved: with ceilings and releases, never with every payment."""

from django.db import connection

from kawal.budget.facts import MONEY_NEWS
from kawal.ui import live


def announce_money() -> None:
    """Tell the screens, when the transaction commits.

    Reservations and payments are not announced: PostgreSQL lets one announcing transaction commit
    at a time, and the wall looks for what moved by itself.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [live.CHANNEL, MONEY_NEWS])
