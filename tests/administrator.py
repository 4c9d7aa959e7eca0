"""A session of the test server's administrator, for tests that take a guard away."""

import os
from typing import Any

import psycopg

from kawal.config.environment import Database


def administrator() -> "psycopg.Connection[Any]":
    """Return one on the database that this test uses."""
    from django.db import connection

    admin = Database.from_url(os.environ["KAWAL_TEST_ADMIN_URL"], called="KAWAL_TEST_ADMIN_URL")
    return psycopg.connect(admin.conninfo(), dbname=connection.settings_dict["NAME"])
