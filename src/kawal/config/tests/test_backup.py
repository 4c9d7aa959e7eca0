"""A backup holds everything but the keys, and comes back row by row or not at all."""

import json
import os
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from kawal.config.backup import archive, tables
from kawal.config.backup.back import restore
from kawal.config.backup.make import make
from kawal.config.environment import Database, Misconfigured
from kawal.config.grants import statements

AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


@pytest.fixture
def source(transactional_db: None) -> Database:
    """The worker's database with a few rows in it, as its owner."""
    app = connection.settings_dict
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_content_type (app_label, model)"
            " SELECT 'trial', repeat('é\"\\', n) FROM generate_series(1, 20) AS n"
        )
    password = (Path(os.environ["KAWAL_TEST_PASSWORDS"]) / "kawal_owner").read_text()
    return Database(app["NAME"], "kawal_owner", password, app["HOST"], int(app["PORT"]))


@pytest.fixture
def empty(source: Database) -> Iterator[Database]:
    """A new database of the same server."""
    name = f"{source.name}_restored"
    admin = Database.from_url(os.environ["KAWAL_TEST_ADMIN_URL"], called="")
    with psycopg.connect(admin.conninfo(), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} OWNER kawal_owner")
        yield Database(name, source.user, source.password, source.host, source.port)
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    (home / "files" / "ab").mkdir(parents=True)
    (home / "files" / "ab" / "abcd").write_bytes(b"surat keputusan")
    (home / "files" / ".incoming").mkdir()
    (home / "files" / ".incoming" / "half").write_bytes(b"not yet")
    (home / "secrets").mkdir()
    (home / "secrets" / "kawal_app").write_text("a password")
    return home


@pytest.fixture
def made(source: Database, home: Path, tmp_path: Path) -> Path:
    target = tmp_path / "kawal.tar"
    make(source, home, target, deployment="rehearsal", at=AT)
    return target


def _contents(database: Database) -> tables.Contents:
    with tables.connect(database) as connection:
        return tables.contents(connection)


def test_it_holds_the_database_and_the_files_and_no_key_or_password(made: Path, home: Path):
    with tarfile.open(made) as tar:
        assert tar.getnames() == ["manifest.json", "database.dump", "files/ab/abcd"]
    assert made.stat().st_mode & 0o777 == 0o600
    content = made.read_bytes()
    assert (home / "keys" / "seal").read_text().strip().encode() not in content
    assert b"a password" not in content
    assert json.loads((home / "last-backup.json").read_text())["sha256"] == archive.digest(made)


def test_every_table_comes_back_as_it_was(
    made: Path, home: Path, source: Database, empty: Database
):
    before = _contents(source)
    assert before["django_content_type"]["rows"] > 20
    other = home.with_name("other")
    other.mkdir()
    restored = restore(empty, other, made)
    assert _contents(empty) == before
    assert (other / "files" / "ab" / "abcd").read_bytes() == b"surat keputusan"
    assert (restored.tables, restored.files) == (len(before), 1)
    assert restored.rows == sum(table["rows"] for table in before.values())
    assert "lacks 1 of the keys" in restored.warnings[0]


def test_the_triggers_and_the_serving_roles_bounds_come_back_too(
    made: Path, home: Path, source: Database, empty: Database
):
    triggers = "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal"
    restore(empty, home, made)
    with psycopg.connect(source.conninfo()) as one, psycopg.connect(empty.conninfo()) as two:
        there = one.execute(triggers).fetchone()
        assert there == two.execute(triggers).fetchone()
        assert there is not None and there[0] > 10
        for statement in statements():  # what migrate does afterwards
            two.execute(statement)
        assert two.execute(
            "SELECT has_table_privilege('kawal_app', 'trail_entry', 'INSERT'),"
            " has_table_privilege('kawal_app', 'trail_entry', 'UPDATE')"
        ).fetchone() == (True, False)


def test_a_database_with_tables_is_refused_and_stays(made: Path, home: Path, source: Database):
    before = _contents(source)
    with pytest.raises(Misconfigured, match="is not empty"):
        restore(source, home, made)
    assert _contents(source) == before


@pytest.mark.parametrize("where", [0.5, 0.999])
def test_a_damaged_archive_brings_nothing_back(
    made: Path, home: Path, empty: Database, where: float
):
    content = bytearray(made.read_bytes())
    member = content.index(b"PGDMP") if where == 0.5 else content.index(b"surat keputusan")
    content[member + 7] ^= 1
    made.write_bytes(content)
    other = home.with_name("other")
    other.mkdir()
    with pytest.raises(Misconfigured, match="is damaged: its SHA-256"):
        restore(empty, other, made)
    assert _contents(empty) == {}
    assert [path for path in other.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("kept", ["half of the database", "all but the files"])
def test_an_archive_that_was_cut_off_is_a_sentence(
    made: Path, home: Path, empty: Database, kept: str
):
    content = made.read_bytes()
    last = content.rindex(b"files/ab/abcd\0")  # where its header begins
    made.write_bytes(content[: last if kept == "all but the files" else len(content) // 2])
    with pytest.raises(Misconfigured, match=r"kawal\.tar is cut off"):
        restore(empty, home, made)
    assert _contents(empty) == {}


def test_something_else_is_not_a_backup(tmp_path: Path):
    (tmp_path / "letter.txt").write_text("Dengan hormat")
    with pytest.raises(Misconfigured, match="not a backup of Kawal"):
        archive.read_manifest(tmp_path / "letter.txt")


def test_a_member_that_leaves_the_home_is_refused(made: Path, tmp_path: Path):
    evil = tmp_path / "evil.tar"
    manifest = archive.read_manifest(made)
    (tmp_path / "x").write_text("x")
    archive.write(evil, manifest, {"../outside": tmp_path / "x"})
    with pytest.raises(Misconfigured, match="is not in its manifest"):
        archive.unpack(evil, archive.read_manifest(evil), lambda name: tmp_path / "home" / name)
    assert not (tmp_path / "outside").exists()


def test_a_backup_never_replaces_another(made: Path, source: Database, home: Path):
    before = archive.digest(made)
    with pytest.raises(Misconfigured, match="exists"):
        make(source, home, made, deployment="rehearsal", at=AT)
    assert archive.digest(made) == before


def test_differences_are_named_by_table():
    before = {"a": {"rows": 2, "sum": "5"}, "b": {"rows": 1, "sum": "1"}, "c": {"rows": 0}}
    after = {"a": {"rows": 1, "sum": "5"}, "b": {"rows": 1, "sum": "2"}}
    assert tables.differences(before, after) == [
        "table a had 2 rows and has 1",
        "table b has other rows than it had",
        "table c is in one of the two only",
    ]
