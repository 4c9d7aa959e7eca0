"""Reservations a second through the product's own action, beside pgbench's TPC-B.

32 clients each: the product's are shared out over as many processes as there are cores, one
connection a client; pgbench has as many threads. Each reservation is a transaction that is on the
disk when it counts. 5,000 lines, chosen at random; then all clients on one line.
"""

import argparse
import multiprocessing
import os
import random
import re
import secrets
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from bench.measure import Series, cores, of, publish, ratio, repeated
from bench.product import product

LINES, CLIENTS, SCALE = 5_000, 32, 50
AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


@contextmanager
def opened() -> Iterator[dict[str, str]]:
    """An embedded PostgreSQL as in production (fsync on), migrated."""
    with tempfile.TemporaryDirectory(prefix="kawal-bench-") as folder, product(Path(folder)) as one:
        os.environ.update(one.env)
        _django()
        yield one.env


def _django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kawal.config.settings")
    import django

    django.setup()


def made() -> list[int]:
    """Make the lines, each with more money than can be reserved; return their ids."""
    from django.db import connection

    from kawal.budget import actions
    from kawal.budget.facts import Paper
    from kawal.budget.models import FiscalYear, Line, Sheet
    from kawal.nomenclature.models import Account, Activity, Decree, Fund
    from kawal.regions.facts import Actor
    from kawal.regions.models import Agency

    decree = Decree.objects.create(code="bench", title="Bench", valid_from=date(2026, 1, 1))
    coded: dict[str, Any] = {"decree": decree, "name": "Bench"}
    year = FiscalYear.objects.create(
        year=2027, accounts=decree, activities=decree, funds=decree, opened_at=AT
    )
    sheet = Sheet.objects.create(
        year=year,
        unit=Agency.objects.create(recorded_at=AT),
        kind="spending",
        activity=Activity.objects.create(code="1.01.02.2.01.0001", level="sub_kegiatan", **coded),
        opened_at=AT,
    )
    fund = Fund.objects.create(code="1.2.01", level=3, **coded)
    accounts = Account.objects.bulk_create(
        Account(code=f"5.1.02.01.01.{place:04}", level=6, **coded) for place in range(LINES)
    )
    lines = Line.objects.bulk_create(Line(sheet=sheet, account=a, fund=fund) for a in accounts)
    amounts = {line.pk: Decimal(10) ** 15 for line in lines}
    actor, paper = Actor(None, None, (), AT), Paper("dpa", "bench")
    actions.set_ceiling(amounts, paper, actor, key="dpa")
    actions.release(amounts, paper, actor, key="spd")
    connection.close()
    return list(amounts)


def _share(lines: list[int], clients: int, seconds: int, gate: Any, counts: Any) -> None:
    """Reserve with some clients in this process, and say how many were booked."""
    _django()
    from django.db import connection

    from kawal.budget import actions
    from kawal.budget.facts import Paper
    from kawal.regions.facts import Actor

    actor, paper = Actor(None, None, (), AT), Paper("spp", "bench")
    done, until = [0] * clients, [0.0]
    run = secrets.token_hex(8)

    def begin() -> None:
        gate.wait()  # the other processes are connected too
        until[0] = time.monotonic() + seconds

    ready = threading.Barrier(clients, action=begin)

    def client(number: int) -> None:
        chance = random.Random(f"{run}.{number}")
        connection.ensure_connection()
        ready.wait()
        while time.monotonic() < until[0]:
            key = f"{run}.{number}.{done[number]}"
            actions.reserve({chance.choice(lines): Decimal(1)}, paper, actor, key=key)
            done[number] += 1
        connection.close()

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    counts.put(sum(done))


def reservations(lines: list[int], seconds: int) -> float:
    """Return reservations a second of all clients on these lines."""
    started = multiprocessing.get_context("spawn")
    counts, gate = started.Queue(), started.Barrier(cores())
    parts = [
        started.Process(target=_share, args=(lines, CLIENTS // cores(), seconds, gate, counts))
        for _ in range(cores())
    ]
    for part in parts:
        part.start()
    booked = sum(counts.get() for _ in parts)
    for part in parts:
        part.join()
    return booked / seconds


def pgbench() -> Path | None:
    """Return the binary beside the server's, else Debian's."""
    from kawal.config import embedded

    home = Path(os.environ["KAWAL_HOME"])
    found = [
        embedded.find(home).programs / "pgbench",
        *sorted(Path("/usr/lib/postgresql").glob("*/bin/pgbench")),
    ]
    return next((path for path in found if path.exists()), None)


def _pgbench(binary: Path, *words: str) -> str:
    from kawal.config.environment import Database

    url = os.environ["DATABASE_OWNER_URL"]
    owner = Database.from_url(url, called="DATABASE_OWNER_URL")
    place = (f"--host={owner.host}", f"--port={owner.port}", f"--username={owner.user}")
    done = subprocess.run(
        [binary, *words, *place, owner.name],
        env=os.environ | {"PGPASSWORD": owner.password},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def tpc_b(binary: Path, seconds: int) -> float:
    """Return TPC-B-like transactions a second with as many clients."""
    words = f"--client={CLIENTS} --jobs={cores()} --time={seconds} --no-vacuum".split()
    told = re.search(r"tps = ([\d.]+)", _pgbench(binary, *words))
    assert told
    return float(told[1])


def main() -> None:
    """Measure in turns, print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seconds", type=int, default=8, help="of each of the nine runs")
    seconds = arguments.parse_args().seconds
    with opened():
        lines = made()
        binary = pgbench()
        peer: Series | None = None
        if binary:
            _pgbench(binary, "--initialize", "--quiet", f"--scale={SCALE}")
            peer = repeated(lambda: tpc_b(binary, seconds))
        many = repeated(lambda: reservations(lines, seconds))
        hot = repeated(lambda: reservations(lines[:1], seconds))
        from kawal.budget.queries import differences

        assert list(differences()) == []
        publish(
            "reservations",
            [
                of("TPC-B, scale 50", "pgbench", "/s", peer),
                of("5,000 lines", "Kawal", "/s", many),
                ratio("5,000 lines", many, peer, goal=">= 0.40"),
                of("one hot line", "Kawal", "/s", hot),
                ratio("one hot line", hot, peer, goal=">= 0.25"),
            ],
        )


if __name__ == "__main__":
    main()
