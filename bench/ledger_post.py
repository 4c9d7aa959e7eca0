"""Postings a second into the books through the product's own action, beside pgbench's TPC-B.

32 clients each, shared out as in the reservations. Each posting is an SP2D-LS with a tax: three
journals of eight lines in all, of one of 34 SKPD, and a transaction that is on the disk when it
counts. All go into one month, by one official: what one busy December looks like to the books.
"""

import argparse
import multiprocessing
import secrets
import threading
import time
from datetime import date
from decimal import Decimal
from typing import Any

from bench.measure import Line, Series, cores, of, publish, ratio, repeated
from bench.reservations import AT, CLIENTS, SCALE, _django, _pgbench, opened, pgbench, tpc_b

AGENCIES = 34
CODES = (
    "1.1.01.01.01.0001",
    "1.1.13.01.01.0001",
    "3.1.03.01.01.0001",
    "3.1.02.05.01.0001",
    "8.1.02.01.01.0024",
    "5.1.02.01.01.0024",
    "2.1.01.05.02.0001",
)
Made = tuple[list[int], int, int, int]  # agencies, spending account, tax account, person


def made() -> Made:
    """Open the books of 2027."""
    from django.db import connection

    from kawal.identity import actions as identity
    from kawal.identity.facts import PersonDraft
    from kawal.ledger.models import Books, Period
    from kawal.nomenclature.models import Account, Decree
    from kawal.regions.models import Agency

    decree = Decree.objects.create(code="bench", title="Bench", valid_from=date(2026, 1, 1))
    ids = {
        code: Account.objects.create(decree=decree, code=code, name=code, level=6).pk
        for code in CODES
    }
    books = Books.objects.create(year=2027, accounts=decree, opened_at=AT)
    Period.objects.bulk_create(
        Period(id=202700 + month, books=books, month=month) for month in range(15)
    )
    agencies = [Agency.objects.create(recorded_at=AT).pk for _ in range(AGENCIES)]
    person = identity.register_person(PersonDraft("Budi"), at=AT)
    connection.close()
    return agencies, ids[CODES[5]], ids[CODES[6]], person.id


def _share(told: Made, clients: int, seconds: int, gate: Any, counts: Any) -> None:
    """Post with some clients in this process, and say how many were booked."""
    _django()
    from django.db import connection

    from kawal.ledger import actions
    from kawal.ledger.facts import Event, Item, Part, Posting, Source
    from kawal.regions.facts import Actor

    agencies, spending, tax, person = told
    actor, run = Actor(person, None, (), AT), secrets.token_hex(8)
    items = (
        Item(spending, Decimal("111000000.00")),
        Item(tax, Decimal("1750000.25"), Part.DEDUCTION),
    )
    done, until = [0] * clients, [0.0]

    def begin() -> None:
        gate.wait()  # the other processes are connected too
        until[0] = time.monotonic() + seconds

    ready = threading.Barrier(clients, action=begin)

    def client(number: int) -> None:
        connection.ensure_connection()
        ready.wait()
        while time.monotonic() < until[0]:
            key = f"{run}.{number}.{done[number]}"
            agency = agencies[(number + done[number]) % len(agencies)]
            source = Source("sp2d", key, key)
            one = Posting(
                Event.SP2D_LS, agency, agency, date(2027, 12, 15), source, key, "Bench", items
            )
            actions.post(one, actor=actor)
            done[number] += 1
        connection.close()

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    counts.put(sum(done))


def postings(told: Made, seconds: int) -> float:
    """Return postings a second of all clients."""
    started = multiprocessing.get_context("spawn")
    counts, gate = started.Queue(), started.Barrier(cores())
    parts = [
        started.Process(target=_share, args=(told, CLIENTS // cores(), seconds, gate, counts))
        for _ in range(cores())
    ]
    for part in parts:
        part.start()
    booked = sum(counts.get() for _ in parts)
    for part in parts:
        part.join()
    return booked / seconds


def folding() -> float:
    """Fold all that was posted; return journals a second."""
    from kawal.ledger import actions

    began, folded = time.monotonic(), 0
    while some := actions.fold():
        folded += some
    return folded / (time.monotonic() - began)


def main() -> None:
    """Measure in turns, print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seconds", type=int, default=8, help="of each of the six runs")
    seconds = arguments.parse_args().seconds
    with opened():
        told = made()
        binary = pgbench()
        peer: Series | None = None
        if binary:
            _pgbench(binary, "--initialize", "--quiet", f"--scale={SCALE}")
            peer = repeated(lambda: tpc_b(binary, seconds))
        ours = repeated(lambda: postings(told, seconds))
        folded = folding()
        publish(
            "ledger_post",
            [
                of("TPC-B, scale 50", "pgbench", "/s", peer),
                of("postings into one month", "Kawal", "/s", ours),
                ratio("postings into one month", ours, peer, goal=">= 0.25"),
                Line("journals folded by one", "Kawal", "/s", folded),
            ],
        )


if __name__ == "__main__":
    main()
