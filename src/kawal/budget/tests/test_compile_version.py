"""A version is made whole, exact to the sen, by the right desk, on the newest base, in public."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from kawal.budget import actions, queries
from kawal.budget.facts import Enacted, Instrument, Totals, VersionKind
from kawal.budget.models import Lock, Revision, Version, VersionSheet
from kawal.budget.queries.sealed import named, version_row, written
from kawal.budget.rules import digests
from kawal.budget.tests.small_budget import AT, YEAR, Small, make_small_budget
from kawal.kernel.refusals import NotThere, Refused
from kawal.trail.models import Leaf

SUMS = Totals(
    Decimal("1000000000.40"), Decimal("1000000000.40"), Decimal(50000000), Decimal(50000000)
)
PERDA: dict[str, Any] = {
    "instrument": Instrument.PERDA,
    "number": "3 Tahun 2026",
    "date": date(2026, 11, 30),
}
PERKADA: dict[str, Any] = {
    "instrument": Instrument.PERKADA,
    "number": "9 Tahun 2026",
    "date": date(2026, 12, 1),
}
STEPS: tuple[tuple[VersionKind, dict[str, Any]], ...] = (
    (VersionKind.RKA, {}),
    (VersionKind.RAPBD, {}),
    (VersionKind.APBD, PERDA),
    (VersionKind.PENJABARAN, PERKADA),
)


def make(small: Small, kind: VersionKind, person: str = "ppkd", **more: Any) -> int:
    """Make a version as a person of the small city."""
    actor = small.world.actor(person, AT)
    return actions.compile_version(YEAR, kind, title=f"{kind} {YEAR}", actor=actor, **more)


def enact(small: Small) -> int:
    """Make the year's first four versions, and return the id of the Penjabaran."""
    return [make(small, kind, **paper) for kind, paper in STEPS][-1]


def codes(act: Callable[[], Any]) -> list[str]:
    """Return the codes of the reasons for which an act is refused."""
    with pytest.raises(Refused) as caught:
        act()
    return [reason.code for reason in caught.value.reasons]


@pytest.fixture
def small(world: Any) -> Small:
    """Return the small budget, verified."""
    return make_small_budget(world)


def test_the_first_version_holds_every_sheet_sealed_with_its_sum(small: Small) -> None:
    made = make(small, VersionKind.RKA)
    row = Version.objects.get(pk=made)
    assert (row.number, row.parent_id, row.stage) == (1, None, "")
    totals = dict(Revision.objects.filter(state="sealed").values_list("sheet_id", "total"))
    assert {name: totals[sheet.pk] for name, sheet in small.sheets.items()} == {
        "pendapatan": Decimal("1000000000.40"),
        "pembiayaan": Decimal("100000000.00"),
        "sekolah": Decimal("650000000.15"),
        "kelurahan": Decimal("350000000.25"),
    }
    assert queries.version_totals(made) == SUMS
    assert sum(queries.amounts(made).values()) == Decimal("2100000000.80")


def test_digests_can_be_taken_again_from_the_rows(small: Small) -> None:
    first, second = make(small, VersionKind.RKA), make(small, VersionKind.RAPBD)
    sealed = dict(Revision.objects.values_list("pk", "digest"))
    assert {
        one.revision_id: digests.revision_digest(one.rows) for one in written(list(sealed))
    } == sealed
    rows = {row.pk: row for row in Version.objects.all()}
    for made, parent in ((first, None), (second, rows[first].digest)):
        own = version_row(rows[made], parent)
        assert digests.version_digest([own, *named(made)]) == rows[made].digest
    assert rows[first].digest != rows[second].digest


def test_a_sheet_not_revised_is_shared_with_the_version_before(small: Small) -> None:
    enact(small)
    new = small.revise(
        "kelurahan",
        {
            ("5.1.02.01.01.0024", "1.1.01"): "299999999.25",
            ("5.2.03.01.01.0001", "2.1.01"): "50000001",
        },
    )
    made = make(small, VersionKind.SHIFT, revision_ids=[new.pk], **PERKADA)
    assert queries.replaced(made) == [small.sheets["kelurahan"].pk]
    row = Version.objects.get(pk=made)
    held = dict(VersionSheet.objects.filter(version=made).values_list("sheet", "revision"))
    before = dict(
        VersionSheet.objects.filter(version=row.parent_id).values_list("sheet", "revision")
    )
    assert held == before | {small.sheets["kelurahan"].pk: new.pk}
    assert (row.stage, row.number, queries.version_totals(made)) == ("P", 5, SUMS)


def test_what_was_made_is_told_in_public(small: Small) -> None:
    enact(small)
    told = [json.loads(bytes(leaf)) for leaf in Leaf.objects.values_list("canonical", flat=True)]
    made = [leaf["facts"] for leaf in told if leaf["kind"] == "version.enacted"]
    assert [one["number"] for one in made] == [1, 2, 3, 4]
    assert made[2] == {
        "year": YEAR,
        "number": 3,
        "kind": "apbd",
        "title": f"apbd {YEAR}",
        "instrument": "perda",
        "instrument_number": "3 Tahun 2026",
        "instrument_date": "2026-11-30",
        "sheets": 4,
        "changed": 0,
        "revenue": "1000000000.40",
        "spending": "1000000000.40",
        "financing_in": "50000000.00",
        "financing_out": "50000000.00",
        "digest": Version.objects.get(number=3).digest,
    }


@pytest.mark.parametrize("person", ["tapd", "siti", "joko", "budi", "walikota"])
def test_only_the_ppkd_makes_a_version(small: Small, person: str) -> None:
    assert codes(lambda: make(small, VersionKind.RKA, person)) == ["regions.not_permitted"]
    assert not Version.objects.exists()
    assert not Revision.objects.filter(state="sealed").exists()


def test_a_shift_is_made_by_a_desk_that_reaches_its_units(small: Small) -> None:
    enact(small)
    new = small.revise("kelurahan", {("5.1.02.01.01.0024", "1.1.01"): "350000000.25"})
    for person in ("siti", "tapd", "joko"):
        shift = partial(make, small, VersionKind.SHIFT, person, revision_ids=[new.pk], **PERKADA)
        assert codes(shift) == ["regions.not_permitted"]
    assert Version.objects.count() == 4


def test_a_revision_on_a_base_that_was_replaced_is_refused(small: Small) -> None:
    make(small, VersionKind.RKA)
    stale = small.revise("sekolah", {("5.1.01.01.01.0001", "1.1.01"): "1"})
    Revision.objects.filter(pk=stale.pk).update(state="dropped")
    fresh = small.revise("sekolah", {("5.1.01.01.01.0001", "1.1.01"): "2"}, state="verified")
    first = make(small, VersionKind.RKA, revision_ids=[fresh.pk])
    broken = Revision.objects.create(
        sheet=small.sheets["sekolah"], number=9, based_on_id=fresh.based_on_id, changed_at=AT
    )
    refused = codes(lambda: make(small, VersionKind.RKA, revision_ids=[broken.pk]))
    assert refused == ["version.not_verified", "version.stale"]
    assert queries.head(YEAR).id == first  # type: ignore[union-attr]


def test_who_read_an_older_head_is_refused(small: Small) -> None:
    first = make(small, VersionKind.RKA, after=0)
    assert codes(lambda: make(small, VersionKind.RAPBD, after=0)) == ["version.moved_on"]
    assert make(small, VersionKind.RAPBD, after=first) > first


def test_a_year_that_nobody_opened_has_no_version(small: Small) -> None:
    with pytest.raises(NotThere):
        actions.compile_version(
            2031, VersionKind.RKA, title="x", actor=small.world.actor("ppkd", AT)
        )


def test_balance_and_earmarks_are_held_from_rapbd_on_and_nothing_moves(small: Small) -> None:
    make(small, VersionKind.RKA)
    small.revise(
        "sekolah",
        {
            ("5.1.01.01.01.0001", "1.1.01"): "350000000.15",
            ("5.2.03.01.01.0001", "1.2.02"): "299999999.99",
        },
    )
    assert codes(lambda: make(small, VersionKind.RAPBD)) == [
        "version.unbalanced",
        "version.earmarked",
    ]
    assert Revision.objects.filter(state="verified").count() == 1
    assert Version.objects.count() == 1


def test_a_locked_agency_changes_in_no_version(small: Small) -> None:
    make(small, VersionKind.RKA)
    small.revise("kelurahan", {("5.1.02.01.01.0024", "1.1.01"): "350000000.25"})
    lock = Lock.objects.create(
        year_id=YEAR, agency_id=small.unit("Binjai Utara"), reason="Reviu APIP", locked_at=AT
    )
    assert codes(lambda: make(small, VersionKind.RAPBD)) == ["lock.agency"]
    Lock.objects.filter(pk=lock.pk).update(released_at=AT, release_reason="Selesai")
    assert make(small, VersionKind.RAPBD)


def test_what_is_enacted_follows_the_paper_s_day(small: Small) -> None:
    enact(small)
    assert queries.enacted(YEAR, date(2026, 11, 30)) == []
    rows = queries.enacted(YEAR, date(2026, 12, 1))
    assert len(rows) == 8
    assert rows[0] == Enacted(
        small.unit("BPKAD"),
        small.accounts["4.1.01.15.01.0001"].pk,
        "4.1.01.15.01.0001",
        small.funds["1.1.01"].pk,
        Decimal("700000000.40"),
    )


@pytest.mark.django_db(transaction=True)
def test_of_two_who_make_a_version_at_once_one_follows_or_is_refused(world: Any) -> None:
    small, barrier = make_small_budget(world), Barrier(2)
    outcomes: list[object] = []

    def run() -> None:
        try:
            barrier.wait()
            outcomes.append(make(small, VersionKind.RKA, after=0))
        except Refused as refused:
            outcomes.append([reason.code for reason in refused.reasons])
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ["version.moved_on"] in outcomes
    assert Version.objects.count() == 1
    assert VersionSheet.objects.count() == 4
