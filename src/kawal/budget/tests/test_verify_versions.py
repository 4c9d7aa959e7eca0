"""What a database owner changes behind the triggers is found, and the place is named."""

import json
from decimal import Decimal
from typing import Any

import pytest
from click.testing import CliRunner

from kawal.budget import queries
from kawal.budget.facts import VersionFault
from kawal.budget.management.verify_versions import command
from kawal.budget.models import Revision, Version
from kawal.budget.tests.small_budget import AT, YEAR, Small, make_small_budget
from kawal.budget.tests.test_compile_version import enact
from kawal.budget.tests.test_dpa import ratify
from kawal.trail.sequencer import Sequencer
from tests.administrator import administrator

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def small(world: Any) -> Small:
    """Return the small budget, enacted, ratified for Disdik, and placed in the public log."""
    small = make_small_budget(world)
    ratify(small, enact(small))
    _place()
    return small


def _place() -> None:
    sequencer = Sequencer()
    while sequencer.step(AT):
        pass


def _tamper(*statements: str) -> None:
    """Run statements as the database's owner could, without any trigger."""
    with administrator() as owner:
        owner.execute("SET session_replication_role = replica")
        for statement in statements:
            owner.execute(statement)


def _found() -> list[tuple[str, str]]:
    return [(fault.version, fault.what) for fault in queries.version_faults()]


def test_an_untouched_budget_has_no_fault(small: Small) -> None:
    done = CliRunner().invoke(command)
    assert (done.exit_code, done.output) == (
        0,
        "4 versi dan 4 rancangan diperiksa, 0 selisih.\n",
    )


def test_a_price_changed_in_a_sealed_sheet_is_named(small: Small) -> None:
    _tamper("UPDATE budget_component SET price = price + 0.01 WHERE price = 300000000.25")
    faults = list(queries.version_faults())
    unit = small.unit("Kel. Pahlawan")
    place = f"7.01.03.2.02.0004 spending, unit {unit}, revision 1"
    assert [(one.version, one.place, one.what) for one in faults] == [
        (f"{YEAR}/1", place, "digest"),
        (f"{YEAR}/1", place, "5.1.02.01.01.0024"),
    ]
    assert (faults[1].stored, faults[1].found) == ("300000000.25", "300000000.26")
    told = CliRunner().invoke(command, ["--json"])
    assert told.exit_code == 1
    assert [one["what"] for one in json.loads(told.output)["faults"]] == [
        "digest",
        "5.1.02.01.01.0024",
    ]


def test_who_mends_every_sum_is_betrayed_by_the_digests(small: Small) -> None:
    _tamper(
        "UPDATE budget_component SET price = price + 0.01 WHERE price = 300000000.25",
        "UPDATE budget_revisionline SET amount = amount + 0.01 WHERE amount = 300000000.25",
        "UPDATE budget_revision SET total = total + 0.01 WHERE total = 350000000.25",
    )
    assert _found() == [
        (f"{YEAR}/1", "digest"),
        *[(f"{YEAR}/{n}", what) for n in range(1, 5) for what in ("digest", "spending")],
    ]


def test_who_rewrites_the_digests_too_is_betrayed_by_the_trail(small: Small) -> None:
    _tamper(
        "UPDATE budget_indicator SET measure = 'Lain'"
        " WHERE revision_id = (SELECT max(id) FROM budget_revision)",
    )
    from kawal.budget.queries.sealed import named, version_row, written
    from kawal.budget.rules import digests

    (last,) = written([Revision.objects.order_by("-pk").values_list("pk", flat=True)[0]])
    _tamper(
        f"UPDATE budget_revision SET digest = '{digests.revision_digest(last.rows)}'"
        f" WHERE id = {last.revision_id}"
    )
    parent = None
    for row in Version.objects.order_by("number"):
        own = version_row(row, parent)
        parent = digests.version_digest([own, *named(row.pk)])
        _tamper(f"UPDATE budget_version SET digest = '{parent}' WHERE id = {row.pk}")
    faults = list(queries.version_faults())
    assert [(one.version, one.place, one.what) for one in faults] == [
        (f"{YEAR}/{number}", "trail", "digest") for number in range(1, 5)
    ]


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        (
            "UPDATE budget_version SET title = 'Lain' WHERE number = 4",
            [(f"{YEAR}/4", "digest")],
        ),
        (
            "UPDATE budget_version SET kind = 'shift' WHERE number = 4",
            [(f"{YEAR}/4", "digest"), (f"{YEAR}/4", "kind")],
        ),
        (
            "DELETE FROM budget_version WHERE number = 4",
            [(f"{YEAR}/4", "version"), (f"{YEAR}/4", "dpa")],
        ),
        (
            "UPDATE budget_dpa SET total = total + 1",
            [(f"{YEAR}/4", "total")],
        ),
        (
            "UPDATE budget_dpa SET number = 'DPA/2'",
            [(f"{YEAR}/4", "trail"), (f"{YEAR}/4", "dpa")],
        ),
    ],
)
def test_each_other_change_is_found(small: Small, sql: str, found: list[tuple[str, str]]) -> None:
    if sql.startswith("DELETE"):
        _tamper(
            "DELETE FROM budget_dpa",
            "DELETE FROM budget_versionsheet h USING budget_version v"
            " WHERE v.id = h.version_id AND v.number = 4",
        )
    _tamper(sql)
    assert _found() == found


def test_a_sheet_taken_out_of_a_version_is_found(small: Small) -> None:
    _tamper(
        "DELETE FROM budget_versionsheet h USING budget_version v, budget_sheet s"
        " WHERE v.id = h.version_id AND v.number = 3 AND s.id = h.sheet_id AND s.kind = 'revenue'"
    )
    assert _found() == [(f"{YEAR}/3", "digest"), (f"{YEAR}/3", "revenue")]


def test_a_version_never_told_in_public_is_found(small: Small) -> None:
    _tamper(
        "INSERT INTO budget_version (year_id, number, kind, parent_id, stage, instrument,"
        " instrument_number, title, digest, made_at, record, source, external_id)"
        " SELECT year_id, 5, 'shift', id, 'P', '', '', 'Gelap', digest, made_at, 'here', '', ''"
        " FROM budget_version WHERE number = 4"
    )
    assert _found() == [(f"{YEAR}/5", "digest"), (f"{YEAR}/5", "trail")]


def test_faults_are_told_with_both_values(monkeypatch: pytest.MonkeyPatch, world: Any) -> None:
    fault = VersionFault(f"{YEAR}/1", "sheet 7", "total", "1.00", str(Decimal("1.01")))
    monkeypatch.setattr(queries, "version_faults", lambda: iter([fault]))
    told = CliRunner().invoke(command)
    assert (told.exit_code, told.output) == (
        1,
        f"! versi {YEAR}/1, sheet 7, total: tersimpan 1.00, seharusnya 1.01\n"
        "0 versi dan 0 rancangan diperiksa, 1 selisih.\n",
    )
