"""A new version of a 60,000-line budget: copy, seal, difference per line, six-level totals.

200 sheets of 300 lines, one component a line. Every sheet is copied and one of its lines changed,
verified, and made into a version by the product's own actions, as the role that serves; then all
lines are compared with the version before and rolled up. Beside it, on the same server in the same
run: INSERT..SELECT of the same lines and components into tables with the same columns, checks and
indexes, but without the product's triggers and foreign keys.
"""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from bench.measure import Series, of, publish, ratio, repeated
from bench.reservations import opened

SHEETS, LINES = 200, 300
AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
YEAR = 2027
RAW = """
DROP TABLE IF EXISTS bench_line, bench_component;
CREATE TABLE bench_line (LIKE budget_revisionline INCLUDING ALL);
CREATE TABLE bench_component (LIKE budget_component INCLUDING ALL)
"""
COPIED = """
INSERT INTO bench_line SELECT l.* FROM budget_revisionline l
JOIN budget_versionsheet h ON h.revision_id = l.revision_id WHERE h.version_id = %s;
INSERT INTO bench_component (
    revision_line_id, position, "group", note, name, specification, volume1, unit1, volume2, unit2,
    volume3, unit3, volume4, unit4, price, tax
) SELECT c.revision_line_id, c.position, c."group", c.note, c.name, c.specification, c.volume1,
    c.unit1, c.volume2, c.unit2, c.volume3, c.unit3, c.volume4, c.unit4, c.price, c.tax
FROM budget_component c JOIN bench_line l ON l.id = c.revision_line_id
"""
STEPS = ("copy", "verify", "seal and enact", "difference", "totals")


def ppkd() -> Any:
    """Return somebody who may make versions."""
    from kawal.regions.facts import Acting, Actor, AppointmentFacts, Role

    post = AppointmentFacts(1, 1, Role.PPKD, None, Acting.DEFINITIVE, AT.date(), None)
    return Actor(None, None, (post,), AT)


def made() -> int:
    """Make the year with all its lines as a first version, and return its id."""
    from kawal.budget.models import FiscalYear, Line, Revision, Sheet
    from kawal.nomenclature.models import Account, Activity, Decree, Fund
    from kawal.regions.models import Agency

    decree = Decree.objects.create(code="bench", title="Bench", valid_from=date(2020, 1, 1))
    coded: dict[str, Any] = {"decree": decree, "name": "Bench"}
    year = FiscalYear.objects.create(
        year=YEAR, accounts=decree, activities=decree, funds=decree, opened_at=AT
    )
    unit = Agency.objects.create(recorded_at=AT)
    fund = Fund.objects.create(code="1.2.01", level=3, **coded)
    accounts = Account.objects.bulk_create(
        Account(code=f"5.1.02.{place % 20:02}.{place % 50:02}.{place:04}", level=6, **coded)
        for place in range(LINES)
    )
    activities = Activity.objects.bulk_create(
        Activity(code=f"1.01.{place:02}.2.01.{place:04}", level="sub_kegiatan", **coded)
        for place in range(SHEETS)
    )
    sheets = Sheet.objects.bulk_create(
        Sheet(year=year, unit=unit, kind="spending", activity=one, opened_at=AT)
        for one in activities
    )
    Line.objects.bulk_create(
        Line(sheet=sheet, account=account, fund=fund) for sheet in sheets for account in accounts
    )
    Revision.objects.bulk_create(Revision(sheet=one, number=1, changed_at=AT) for one in sheets)
    _fill()
    return _verify_and_make(list(Revision.objects.values_list("pk", flat=True)))


def _fill() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO budget_revisionline (revision_id, line_id, amount) SELECT r.id, l.id, 0"
            " FROM budget_revision r JOIN budget_line l ON l.sheet_id = r.sheet_id"
        )
        cursor.execute(
            'INSERT INTO budget_component (revision_line_id, position, "group", note, name,'
            " specification, volume1, unit1, unit2, unit3, unit4, price, tax) SELECT id, 1, '', '',"
            " 'Kertas HVS', 'A4/80 gram', 3, 'Rim', '', '', '', 51000.55, 11"
            " FROM budget_revisionline ORDER BY id"
        )


def _verify_and_make(revisions: list[int]) -> int:
    from kawal.budget import actions
    from kawal.budget.actions.rewriting import take_as_verified
    from kawal.budget.facts import VersionKind

    take_as_verified(revisions, ppkd())
    return actions.compile_version(YEAR, VersionKind.RKA, title="RKA", actor=ppkd())


def version(seconds: dict[str, list[float]]) -> float:
    """Make the next version of all lines, note the seconds of each step, and return their sum."""
    from kawal.budget import actions, queries
    from kawal.budget.actions.rewriting import Copy, begin_copies, take_as_verified
    from kawal.budget.facts import VersionKind
    from kawal.budget.models import Component, RevisionLine, VersionSheet

    head = queries.head(YEAR)
    assert head is not None
    held = VersionSheet.objects.filter(version=head.id).values_list("sheet", "revision")
    copies = [Copy(sheet, revision, revision) for sheet, revision in held]
    begun: dict[int, int] = {}
    new: list[int] = []

    def copy() -> None:
        begun.update(begin_copies(copies, ppkd()))

    def change() -> None:
        first = RevisionLine.objects.filter(revision__in=begun.values()).distinct("revision")
        lines = list(first.order_by("revision", "pk").values_list("pk", flat=True))
        Component.objects.filter(revision_line__in=lines).update(price=Decimal("51000.56"))

    def enact() -> None:
        kind = VersionKind.RKA
        new.append(actions.compile_version(YEAR, kind, title="RKA", actor=ppkd()))

    def differ() -> None:
        found = queries.compare(head.id, new[0], only_different=False, size=SHEETS * LINES)
        assert len(found.lines) == SHEETS * LINES

    def total() -> None:
        assert {node.level for node in queries.tree(new[0])} == {1, 2, 3, 4, 5, 6}

    def verify() -> None:
        take_as_verified(begun.values(), ppkd())

    timed = {"copy": _timed(copy)}
    change()
    for step, work in zip(STEPS[1:], (verify, enact, differ, total), strict=True):
        timed[step] = _timed(work)
    for step, spent in timed.items():
        seconds.setdefault(step, []).append(spent)
    return sum(timed.values())


def _timed(work: Callable[[], object]) -> float:
    begun = time.monotonic()
    work()
    return time.monotonic() - begun


def raw(version_id: int) -> float:
    """Return the seconds of INSERT..SELECT of the version's lines and components, durable."""
    import os

    import psycopg

    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        for statement in RAW.split(";"):
            owner.execute(statement)  # type: ignore[call-overload, arg-type, unused-ignore]
        lines, components = COPIED.split(";")
        begun = time.monotonic()
        with owner.transaction():
            owner.execute(lines, [version_id])  # type: ignore[call-overload, arg-type, unused-ignore]
            owner.execute(components)  # type: ignore[call-overload, arg-type, unused-ignore]
        return time.monotonic() - begun


def main() -> None:
    """Measure in turns, print the table."""
    with opened():
        first, seconds = made(), {}
        peer = repeated(lambda: raw(first))
        whole = repeated(lambda: version(seconds))
        publish(
            "new_version",
            [
                of("60,000 lines and components, INSERT..SELECT", "PostgreSQL", "s", peer),
                of("60,000 lines, whole", "Kawal", "s", whole, goal="< 5"),
                *(of(f"  {step}", "Kawal", "s", Series.of(seconds[step])) for step in STEPS),
                ratio("whole, to INSERT..SELECT", whole, peer),
            ],
        )


if __name__ == "__main__":
    main()
