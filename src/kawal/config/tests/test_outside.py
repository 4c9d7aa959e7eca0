"""An outside PostgreSQL is used with two roles, of which the one that serves is weak."""

import dataclasses
import os
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from kawal.config import outside
from kawal.config.environment import Database, Misconfigured


@pytest.fixture
def app(db: None) -> Database:
    now = connection.settings_dict
    return Database(now["NAME"], now["USER"], now["PASSWORD"], now["HOST"], int(now["PORT"]))


@pytest.fixture
def owner(app: Database) -> Database:
    password = (Path(os.environ["KAWAL_TEST_PASSWORDS"]) / "kawal_owner").read_text()
    return dataclasses.replace(app, user="kawal_owner", password=password)


@pytest.fixture
def admin(app: Database) -> Database:
    there = Database.from_url(os.environ["KAWAL_TEST_ADMIN_URL"], called="")
    return dataclasses.replace(there, name=app.name)


def test_the_two_roles_as_they_should_be(app: Database, owner: Database):
    outside.see(app, owner)
    outside.see_app(app)


def test_one_role_for_both_is_refused(owner: Database):
    with pytest.raises(Misconfigured, match="both name the role kawal_owner"):
        outside.see(owner, owner)


def test_a_superuser_does_not_serve(admin: Database, owner: Database):
    with pytest.raises(Misconfigured, match="serving role kawal_admin is a superuser"):
        outside.see(admin, owner)


def test_the_owner_does_not_serve(owner: Database):
    with pytest.raises(Misconfigured, match=r"owns the database.*owns tables.*may create tables"):
        outside.see_app(owner)


def test_a_member_of_the_owner_does_not_serve(app: Database, owner: Database, admin: Database):
    member = dataclasses.replace(app, user="trial_member", password="trial")
    with psycopg.connect(admin.conninfo(), autocommit=True) as server:
        server.execute("CREATE ROLE trial_member LOGIN PASSWORD 'trial' IN ROLE kawal_owner")
        try:
            with pytest.raises(Misconfigured, match="trial_member is a member of the owner role"):
                outside.see(member, owner)
        finally:
            server.execute("DROP ROLE trial_member")


def test_an_owner_that_cannot_make_tables_is_refused(app: Database, admin: Database):
    weak = dataclasses.replace(app, user="trial_weak", password="trial")
    with psycopg.connect(admin.conninfo(), autocommit=True) as server:
        server.execute("CREATE ROLE trial_weak LOGIN PASSWORD 'trial'")
        try:
            with pytest.raises(Misconfigured, match="owner role trial_weak may not create tables"):
                outside.see(app, weak)
        finally:
            server.execute("DROP ROLE trial_weak")


def test_a_wrong_password_names_the_setting_and_not_the_password(app: Database, owner: Database):
    wrong = dataclasses.replace(owner, password="geheim")
    with pytest.raises(Misconfigured, match=r"DATABASE_OWNER_URL: .*password auth") as refused:
        outside.see(app, wrong)
    assert "geheim" not in str(refused.value)


def test_an_address_keeps_how_its_line_is_secured():
    url = (
        "postgresql://kawal_app:p%40ss@db.go.id:5433/kawal?sslmode=verify-full&sslrootcert=/etc/ca"
    )
    database = Database.from_url(url, called="DATABASE_URL")
    assert (database.password, database.port) == ("p@ss", 5433)
    assert database.tls == (("sslmode", "verify-full"), ("sslrootcert", "/etc/ca"))
    assert "sslmode=verify-full" in database.conninfo()
    assert Database.from_url(database.url(), called="") == database
    with pytest.raises(Misconfigured, match="words that are not known: sslmod"):
        Database.from_url("postgresql://a:b@c/d?sslmod=require", called="DATABASE_URL")
