"""The embedded server lets nobody in, survives kill -9, and says clearly why it cannot start."""

import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from kawal.config.embedded import Server, borrowed, cluster, find, leftovers, programs
from kawal.config.embedded import place as places
from kawal.config.embedded.roles import ADMIN, APP, OWNER
from kawal.config.embedded.users import User, reaches
from kawal.config.environment import Database, Misconfigured

QUICK = {"fsync": "off", "shared_buffers": "16MB", "max_connections": "12"}


def _a_home() -> Path:
    """Return a place that the server's user can reach (pytest's own are closed to it)."""
    return Path(tempfile.gettempdir()) / f"kawal-home-{secrets.token_hex(4)}"


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """A data home whose server was made once and has stopped."""
    made = _a_home()
    server = Server(find(made), QUICK)
    server.start()
    server.stop()
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def fresh() -> Iterator[Path]:
    """A data home that does not exist yet."""
    fresh = _a_home()
    yield fresh
    shutil.rmtree(fresh, ignore_errors=True)


@pytest.fixture
def home(made: Path, fresh: Path) -> Path:
    """A copy of the made one, with its owners and modes."""
    subprocess.run(["cp", "-a", made, fresh], check=True)
    return fresh


@pytest.fixture
def server(home: Path) -> Iterator[Server]:
    server = Server(find(home), QUICK)
    server.start()
    yield server
    server.stop()


def _one(server: Server, role: str, query: str) -> object:
    with psycopg.connect(server.database(role).conninfo()) as connection:
        row = connection.execute(query).fetchone()
    return row and row[0]


def test_nobody_enters_without_a_password(server: Server):
    for role in (ADMIN, OWNER, APP):
        address = server.database(role)
        with pytest.raises(psycopg.OperationalError, match="no password supplied"):
            psycopg.connect(host=address.host, user=role, dbname="kawal", connect_timeout=5)
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(host=address.host, user=role, dbname="kawal", password="postgres")


def test_files_and_folders_are_for_one_user_only(server: Server, home: Path):
    modes = {
        path.name: oct(path.stat().st_mode & 0o777)
        for path in (server.place.sockets, server.place.data, home / "secrets")
    }
    assert modes == {"s": "0o700", "data": "0o700", "secrets": "0o700"}
    assert {oct(f.stat().st_mode & 0o777) for f in (home / "secrets").iterdir()} == {"0o600"}
    assert oct(server.place.log.stat().st_mode & 0o777) == "0o600"
    assert _one(server, APP, "SHOW listen_addresses") == ""


def test_the_roles_are_what_they_should_be(server: Server):
    rows = (
        "SELECT string_agg(rolname || ' ' || rolsuper || ' ' || rolcreatedb, ', ' ORDER BY rolname)"
    )
    rows += " FROM pg_roles WHERE rolname LIKE 'kawal%'"
    assert _one(server, APP, rows) == (
        "kawal_admin true true, kawal_app false false, kawal_owner false false"
    )


def test_passwords_are_never_in_the_log(server: Server):
    server.stop()
    log = server.place.log.read_text()
    for role in (ADMIN, OWNER, APP):
        assert (server.place.secrets / role).read_text().strip() not in log


def test_a_commit_outlives_kill_9_of_the_whole_server(server: Server):
    with psycopg.connect(server.database(OWNER).conninfo()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    assert server.process
    os.killpg(server.process.pid, signal.SIGKILL)
    server.process.wait()
    assert (server.place.data / "postmaster.pid").exists()
    again = Server(server.place, QUICK)
    again.start()
    try:
        assert _one(again, OWNER, "SELECT answer FROM kept") == 42
    finally:
        again.stop()


def test_a_server_left_by_a_killed_supervisor_is_stopped_first(server: Server):
    left = server.process
    assert left
    again = Server(server.place, QUICK)
    again.start()
    try:
        assert left.wait(5) == 0  # a clean shutdown, not a kill
        assert _one(again, APP, "SELECT 1") == 1
    finally:
        again.stop()


def test_a_pid_file_that_names_a_stranger_is_removed_and_the_stranger_left_alone(tmp_path: Path):
    (tmp_path / "postmaster.pid").write_text(f"{os.getpid()}\n{tmp_path}\n")
    (tmp_path / ".s.PGSQL.5432.lock").write_text(f"{os.getpid()}\n{tmp_path}\n")
    leftovers.clear(tmp_path, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_server_ends_cleanly_when_its_supervisor_is_killed(home: Path):
    code = (
        "import sys, time; from pathlib import Path\n"
        "from kawal.config.embedded import Server, find\n"
        f"server = Server(find(Path(sys.argv[1])), {QUICK!r}); server.start()\n"
        "print(server.process.pid, flush=True); time.sleep(60)\n"
    )
    supervisor = subprocess.Popen([sys.executable, "-c", code, home], stdout=subprocess.PIPE)
    assert supervisor.stdout
    with supervisor.stdout as said:
        pid = int(said.readline())
    supervisor.kill()
    supervisor.wait()
    deadline = time.monotonic() + 10
    while Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{pid}").exists()
    assert "database system is shut down" in find(home).log.read_text()


def test_a_second_verb_shares_the_server_of_the_first(home: Path):
    with borrowed(home) as first, borrowed(home) as second:
        assert second.process is None
        assert _one(second, APP, "SELECT current_user") == APP
    assert first.process and first.process.poll() == 0


def test_data_of_another_version_is_a_sentence(server: Server):
    server.stop()
    (server.place.data / "PG_VERSION").write_text("13\n")
    with pytest.raises(Misconfigured, match=r"made by PostgreSQL 13 and this Kawal carries"):
        Server(server.place, QUICK).start()


def test_a_full_disk_is_a_sentence(fresh: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cluster, "ROOM_FOR_NEW", 1 << 60)
    with pytest.raises(Misconfigured, match=r"The disk that holds .* is full: \d+ MB are free"):
        Server(find(fresh), QUICK).start()
    assert not (fresh / "postgres" / "data").exists()


def test_a_password_of_another_installation_is_a_sentence(server: Server):
    server.stop()
    (server.place.secrets / ADMIN).write_text("something else")
    with pytest.raises(Misconfigured, match="not of the same installation"):
        Server(server.place, QUICK).start()


def test_a_home_that_cannot_be_made_is_a_sentence():
    with pytest.raises(Misconfigured, match=r"cannot be made .*set KAWAL_HOME"):
        find(Path("/proc/kawal"))


def test_a_long_path_moves_the_socket_to_a_short_private_folder(home: Path):
    place = places.Place(home, home / ("x" * 90), Path("/bin"), None)
    assert len(str(place.sockets)) < 60
    assert place.sockets == places.Place(home, home / ("x" * 90), Path("/bin"), None).sockets


def test_a_home_may_have_any_name(fresh: Path):
    odd = fresh / "kota Binjai, data 100% é"
    fresh.mkdir(mode=0o711)
    server = Server(find(odd), QUICK)
    server.start()
    try:
        assert _one(server, APP, "SELECT current_user") == APP
        again = Database.from_url(server.database(APP).url(), called="")
        psycopg.connect(again.conninfo()).close()
    finally:
        server.stop()
        if not server.place.sockets.is_relative_to(fresh):
            server.place.sockets.rmdir()


def test_reaching_follows_owner_group_and_others(tmp_path: Path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    stat = closed.stat()
    assert reaches(User("me", stat.st_uid, stat.st_gid), closed) is (
        stat.st_uid == 0 or reaches(User("me", stat.st_uid, stat.st_gid), tmp_path)
    )
    assert not reaches(User("other", 54321, 54321), closed)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs PostgreSQL as another user")
def test_a_closed_home_of_root_keeps_its_mode_and_the_data_lies_elsewhere(
    fresh: Path, monkeypatch: pytest.MonkeyPatch
):
    fresh.mkdir(mode=0o700)
    elsewhere = fresh.with_name(fresh.name + "-shared")
    monkeypatch.setattr(places, "SHARED", elsewhere)
    wheel = programs.wheel()
    monkeypatch.setattr(programs, "reaches", lambda user, path: path != wheel)
    try:
        server = Server(find(fresh), QUICK)
        server.start()
        try:
            assert _one(server, APP, "SELECT 1") == 1
            assert server.place.folder.parent == elsewhere
            assert server.place.programs.is_relative_to(elsewhere)
            assert find(fresh).folder == server.place.folder
            assert oct(fresh.stat().st_mode & 0o777) == "0o700"
        finally:
            server.stop()
    finally:
        shutil.rmtree(elsewhere)
