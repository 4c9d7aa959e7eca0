"""Pings and numbers: stored when answered, strangers told nothing, silence judged fairly."""

import asyncio
import time
from contextlib import asynccontextmanager

import psycopg
import pytest
from django.db import connection

from kawal.monitoring import doors, sealed
from kawal.monitoring.codes import Code
from kawal.monitoring.facts import State
from kawal.monitoring.feeds.base import PingKind
from kawal.monitoring.ingest import Away, Ingest
from kawal.monitoring.tests.prober.conftest import World, rows, until, world  # noqa: F401


def conninfo():
    values = connection.get_connection_params()
    wanted = ("dbname", "user", "password", "host", "port")
    return psycopg.conninfo.make_conninfo(**{k: values[k] for k in wanted if values.get(k)})


@asynccontextmanager
async def hearing(**options):
    ingest = Ingest(lambda: psycopg.AsyncConnection.connect(conninfo(), autocommit=True), **options)
    task = asyncio.create_task(ingest.run())
    try:
        while ingest._connection is None:
            await asyncio.sleep(0.01)
        yield ingest
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def apart(work, *values):
    """Do something with the database in a thread, and leave no connection behind."""

    def done():
        try:
            return work(*values)
        finally:
            connection.close()

    return await asyncio.to_thread(done)


async def ask(ingest, path, *, method="GET", body=b""):
    said = []

    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message):
        said.append(message)

    scope = {"type": "http", "method": method, "path": path}
    await doors.serve(ingest, scope, receive, send)
    return said[0]["status"]


def heartbeat(world, **spec):  # noqa: F811
    return world.check(
        world.application("Jembatan"), kind="heartbeat", name="Denyut", counts=False,
        spec={"every": 10, "grace": 1, **spec}, key_hash=sealed.key_hash("kunci-denyut"),
    )  # fmt: skip


def figures(world):  # noqa: F811
    return world.check(
        world.application("Loket"), kind="numbers", name="Angka", counts=False,
        spec={"figures": [{"name": "antrean", "bad": 50}]}, key_hash=sealed.key_hash("kunci-angka"),
    )  # fmt: skip


def test_reports_are_stored_when_they_are_answered(world):  # noqa: F811
    beat, numbers = heartbeat(world), figures(world)

    async def play():
        async with hearing() as ingest:
            return [
                await ask(ingest, "/ping/kunci-denyut"),
                await ask(ingest, "/ping/kunci-denyut/start", method="HEAD"),
                await ask(ingest, "/ping/kunci-denyut/fail", method="POST", body=b"disk full"),
                await ask(ingest, "/push/kunci-angka", method="POST", body=b'{"antrean": 7}'),
            ]

    assert asyncio.run(play()) == [200, 200, 200, 200]
    stored = rows("SELECT check_id, kind, body FROM monitoring_ping ORDER BY seq")
    assert stored == [
        (beat.pk, PingKind.SUCCESS, None),
        (beat.pk, PingKind.START, None),
        (beat.pk, PingKind.FAIL, None),
        (numbers.pk, PingKind.NUMBERS, '{"antrean":7}'),
    ]


def test_what_is_wrong_is_refused_and_not_stored(world):  # noqa: F811
    heartbeat(world)
    figures(world)

    async def play():
        async with hearing() as ingest:
            return [
                await ask(ingest, "/ping/salah"),
                await ask(ingest, "/ping/kunci-denyut/lain"),
                await ask(ingest, "/ping/kunci-angka"),
                await ask(ingest, "/push/kunci-denyut", method="POST", body=b'{"a": 1}'),
                await ask(ingest, "/push/kunci-angka", method="POST", body=b"bukan angka"),
                await ask(ingest, "/push/kunci-angka", method="POST", body=b"x" * 70_000),
                await ask(ingest, "/push/kunci-angka"),
                await ask(ingest, "/ping/kunci-denyut", method="DELETE"),
                await ask(ingest, "/ping/" + "k" * 65),
            ]

    assert asyncio.run(play()) == [404, 404, 404, 404, 400, 413, 405, 405, 404]
    assert rows("SELECT count(*) FROM monitoring_ping") == [(0,)]


def test_a_key_works_at_once_and_ends_at_once(world):  # noqa: F811
    async def play():
        async with hearing() as ingest:
            before = await ask(ingest, "/ping/kunci-denyut")
            beat = await apart(heartbeat, world)
            ingest._asked_at = 0.0
            during = await ask(ingest, "/ping/kunci-denyut")
            await apart(retire, beat)
            await ingest._ask_again()
            return before, during, await ask(ingest, "/ping/kunci-denyut")

    def retire(beat):
        beat.retired_at, beat.version = beat.created_at, 2
        beat.save()

    assert asyncio.run(play()) == (404, 200, 404)


def test_many_at_once_are_few_commits(world):  # noqa: F811
    heartbeat(world)

    async def play():
        async with hearing() as ingest:
            await ask(ingest, "/ping/kunci-denyut")
            before = ingest.accepted
            commits = 0
            store = ingest._commit

            async def counted(*args):
                nonlocal commits
                commits += 1
                await store(*args)

            ingest._commit = counted
            found = await asyncio.gather(*(ask(ingest, "/ping/kunci-denyut") for _ in range(500)))
            return set(found), ingest.accepted - before, commits

    statuses, accepted, commits = asyncio.run(play())
    assert (statuses, accepted) == ({200}, 500)
    assert commits <= 3
    assert rows("SELECT count(*) FROM monitoring_ping") == [(501,)]


def test_nothing_is_acknowledged_while_the_database_is_away(world):  # noqa: F811
    heartbeat(world)

    async def play():
        async with hearing() as ingest:
            await ask(ingest, "/ping/kunci-denyut")
            pid = ingest._connection.info.backend_pid
            await apart(rows, "SELECT pg_terminate_backend(%s)", pid)
            lost = await ask(ingest, "/ping/kunci-denyut")
            while ingest._connection is None:
                await asyncio.sleep(0.05)
            return lost, await ask(ingest, "/ping/kunci-denyut")

    assert asyncio.run(play()) == (503, 200)
    assert rows("SELECT count(*) FROM monitoring_ping") == [(2,)]


def test_too_much_at_once_is_sent_away(world, monkeypatch):  # noqa: F811
    heartbeat(world)
    monkeypatch.setattr("kawal.monitoring.ingest.MOST_WAITING", 3)

    async def play():
        async with hearing() as ingest:
            await ask(ingest, "/ping/kunci-denyut")
            return await asyncio.gather(
                *(ingest.accept("kunci-denyut", "", b"", time.time()) for _ in range(5)),
                return_exceptions=True,
            )

    found = asyncio.run(play())
    assert [one for one in found if one is True] == [True] * 3
    assert [type(one) for one in found if one is not True] == [Away, Away]


def test_a_job_is_up_when_it_reports_and_down_when_it_says_so(world):  # noqa: F811
    beat = heartbeat(world)

    async def report(*paths):
        async with hearing() as ingest:
            for path in paths:
                await ask(ingest, path)

    with world.prober():
        world.wait(beat, State.UNKNOWN)
        asyncio.run(report("/ping/kunci-denyut"))
        world.wait(beat, State.UP)
        asyncio.run(report("/ping/kunci-denyut/fail"))
        world.wait(beat, State.DOWN)
        asyncio.run(report("/ping/kunci-denyut"))
        world.wait(beat, State.UP)
        # nobody hears now: its silence proves nothing
        world.wait(beat, State.UNKNOWN, patience=30)
    codes = [code for _, _, code in world.transitions(beat)]
    assert codes == [Code.WAITING, 0, Code.FAILED, 0, Code.INGEST_DOWN]
    assert rows("SELECT DISTINCT memory ? 'success' FROM monitoring_checkstate") == [(True,)]


@pytest.mark.long
def test_silence_is_late_when_we_would_have_heard(world):  # noqa: F811
    beat = heartbeat(world)

    async def play():
        async with hearing() as ingest:
            await ask(ingest, "/ping/kunci-denyut")
            await apart(world.wait, beat, State.UP)
            began = time.time()
            await apart(world.wait, beat, State.DOWN, 30.0)
            return time.time() - began

    with world.prober():
        took = asyncio.run(play())
    assert 10 < took < 16
    assert [code for _, _, code in world.transitions(beat)][-1] == Code.LATE


def test_numbers_past_their_bound_are_down(world):  # noqa: F811
    loket = figures(world)

    async def report(body):
        async with hearing() as ingest:
            await ask(ingest, "/push/kunci-angka", method="POST", body=body)

    with world.prober():
        asyncio.run(report(b"antrean 12\n"))
        world.wait(loket, State.UP)
        asyncio.run(report(b'{"antrean": 50}'))
        world.wait(loket, State.DOWN)
        until(lambda: rows("SELECT detail FROM monitoring_checkstate") == [("antrean = 50",)])
