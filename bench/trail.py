"""What the public log costs: an append inside a payment, places given, proofs, verification."""

import json
import os
import secrets
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from bench.measure import Line, Series, of, publish, ratio, repeated
from bench.product import product

PAYMENTS, LEAVES, PROOFS = 1_000, 30_000, 200
AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
FACTS = {
    "number": "000123/SP2D/2026",
    "agency_code": "1.01.2.22.0.00.01.0000",
    "amount": Decimal("123456789.00"),
    "text": "Pembayaran Gaji Bulan Februari 2026 Dinas Pendidikan",
    "on": AT.date(),
}
TABLE = "CREATE TABLE bench_payment (id uuid PRIMARY KEY, said bytea NOT NULL)"
GRANT = "GRANT INSERT, SELECT ON bench_payment TO kawal_app"
PLAIN = "INSERT INTO bench_payment (id, said) VALUES (%s, %s)"


@contextmanager
def opened() -> Iterator[None]:
    """An embedded PostgreSQL as in production (fsync on), migrated, with Django pointed at it."""
    with tempfile.TemporaryDirectory(prefix="kawal-bench-") as folder, product(Path(folder)) as one:
        os.environ.update(one.env)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kawal.config.settings")
        import django

        django.setup()
        _prepare(one.env["DATABASE_OWNER_URL"])
        yield


def _prepare(owner_url: str) -> None:
    import psycopg

    from kawal.config.environment import Database
    from kawal.trail import registry
    from kawal.trail.registry import Code, Day, Kind, Rupiah, Text

    database = Database.from_url(owner_url, called="DATABASE_OWNER_URL")
    with psycopg.connect(database.conninfo(), autocommit=True) as owner:
        owner.execute(TABLE)
        owner.execute(GRANT)
    fields = {
        "number": Code(r"\d{6}/SP2D/\d{4}"),
        "agency_code": Code(r"[\d.]{22}"),
        "amount": Rupiah(),
        "text": Text(200),
        "on": Day(),
    }
    private = frozenset({"payee"})
    registry.register(Kind("bench.paid", fields=fields, about="number", private=private))


def milliseconds(work: Callable[[], Any], times: int) -> float:
    """Return how long one call takes, inside one transaction: without the cost of committing."""
    from django.db import transaction

    with transaction.atomic():
        work()
        began = time.perf_counter()
        for _ in range(times):
            work()
        return (time.perf_counter() - began) / times * 1000


def appends() -> tuple[Series, Series, Series]:
    """Return ms for an append, for one with private content, for a plain INSERT of those bytes."""
    from django.db import connection

    from kawal.trail import actions, registry, rules

    id = rules.leaf_id(AT, secrets.token_bytes(10))
    said = rules.leaf(registry.kind("bench.paid"), FACTS, id=id, at=AT, commitment=None)

    def plain() -> None:
        with connection.cursor() as cursor:
            cursor.execute(PLAIN, [rules.leaf_id(AT, secrets.token_bytes(10)), said])

    def append(**more: Any) -> None:
        actions.append("bench.paid", FACTS, at=AT, **more)

    return (
        repeated(lambda: milliseconds(append, PAYMENTS)),
        repeated(lambda: milliseconds(lambda: append(private={"payee": "Dewi"}), PAYMENTS)),
        repeated(lambda: milliseconds(plain, PAYMENTS)),
    )


def places() -> Series:
    """Return how many leaves a second one sequencer places, each batch committed to the disk."""
    from django.db import transaction

    from kawal.trail import actions, sequencer

    def once() -> float:
        with transaction.atomic():
            for _ in range(LEAVES // 3):
                actions.append("bench.paid", FACTS, at=AT)
        began, placed, one = time.perf_counter(), 0, sequencer.Sequencer()
        while done := one.step(AT):
            placed += done
        return placed / (time.perf_counter() - began)

    return repeated(once)


def reads() -> tuple[Series, int, int]:
    """Return ms for a proof, its bytes, and the size of the log that it is about."""
    from kawal.trail import presenters, queries

    head = queries.head()
    assert head is not None
    numbers = [1 + secrets.randbelow(head.size) for _ in range(PROOFS)]
    proofs = []

    def prove() -> float:
        began = time.perf_counter()
        proofs.extend(queries.inclusion(number) for number in numbers)
        return (time.perf_counter() - began) / PROOFS * 1000

    taken = repeated(prove)
    return taken, max(len(json.dumps(presenters.proof_file(one))) for one in proofs), head.size


def verified() -> tuple[float, int]:
    """Return entries a second of a whole verification, and how many faults it found."""
    from kawal.trail.verification import verify

    began = time.perf_counter()
    verdict = verify()
    return verdict.entries / (time.perf_counter() - began), len(verdict.faults)


def main() -> None:
    """Measure and print."""
    from kawal.trail.facts import Deployment

    with opened():
        from kawal.trail import actions, sequencer

        actions.start_log(origin="kawal.demo/12.75", kind=Deployment.DEMO, at=AT)
        sequencer.Sequencer().step(AT)
        append, private, plain = appends()
        beyond = append.median - plain.median
        placed = places()
        proof, size, leaves = reads()
        rate, faults = verified()
    publish(
        "trail",
        [
            of("append in a payment's transaction", "kawal", "ms", append),
            of("append with private content", "kawal", "ms", private),
            of("plain INSERT of the same bytes", "PostgreSQL", "ms", plain),
            Line("append beyond the INSERT", "kawal", "ms", beyond, goal="< 0.3"),
            ratio("append / plain INSERT", append, plain),
            of("places given, one sequencer", "kawal", "leaves/s", placed, goal=">= 5,000"),
            of(f"inclusion proof, {leaves:,} leaves", "kawal", "ms", proof),
            Line("proof with its leaf, as JSON", "kawal", "bytes", float(size)),
            Line("verification of everything", "kawal", "entries/s", rate, note=f"{faults} faults"),
        ],
    )


if __name__ == "__main__":
    main()
