"""Versions rolled up and compared: every sum exact to the sen, what is less below zero."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kawal.budget import queries
from kawal.budget.facts import Compared, Totals, VersionKind
from kawal.budget.tests.small_budget import CONTENT, Small, make_small_budget
from kawal.budget.tests.test_compile_version import PERKADA, enact, make
from tests.world.city import code as agency_code

SALARY, PAPER, HOUSE = "5.1.01.01.01.0001", "5.1.02.01.01.0024", "5.2.03.01.01.0001"


def D(text: str) -> Decimal:
    """Return an amount."""
    return Decimal(text)


@pytest.fixture
def small(world: Any) -> Small:
    """Return the small budget, verified."""
    return make_small_budget(world)


@pytest.fixture
def pair(small: Small) -> tuple[int, int]:
    """Return the Penjabaran, and a shift in which salary gives paper a sen."""
    before = enact(small)
    new = small.revise(
        "sekolah",
        {
            (SALARY, "1.1.01"): "350000000.14",
            (PAPER, "1.1.01"): "0.01",
            (HOUSE, "1.2.02"): "300000000",
        },
    )
    return before, make(small, VersionKind.SHIFT, revision_ids=[new.pk], **PERKADA)


def test_six_levels_of_accounts_add_up_to_the_sen(small: Small) -> None:
    nodes = {node.code: node for node in queries.tree(enact(small))}
    assert [nodes[code].amount for code in ("4", "5", "6")] == [
        D("1000000000.40"),
        D("1000000000.40"),
        D("100000000.00"),
    ]
    assert nodes["5.1"].amount == D("650000000.40")
    assert [nodes["5.1.01.01.01.0001"[:cut]].amount for cut in (1, 3, 6, 9, 12, 17)] == [
        D("1000000000.40"),
        D("650000000.40"),
        *[D("350000000.15")] * 4,
    ]
    assert (nodes[HOUSE].level, nodes[HOUSE].name) == (6, "Bangunan gedung kantor")
    assert nodes["5.2"].name == "Tingkat 5.2"
    by_level = {level: D("0") for level in range(1, 7)}
    for node in nodes.values():
        by_level[node.level] += node.amount
    assert set(by_level.values()) == {D("2100000000.80")}


def test_the_tree_is_narrowed_to_units_and_codes(small: Small) -> None:
    made = enact(small)
    of_unit = queries.tree(made, unit_ids=[small.unit("Kel. Pahlawan")])
    assert [(node.code, node.amount) for node in of_unit if node.level == 2] == [
        ("5.1", D("300000000.25")),
        ("5.2", D("50000000.00")),
    ]
    of_school = queries.tree(made, activity="1.01", account="5.2")
    assert [node.amount for node in of_school] == [D("300000000.00")] * 6
    assert queries.tree(made, account="5.2.0") == []


def test_the_urusan_chain_adds_up(small: Small) -> None:
    nodes = queries.activity_tree(enact(small))
    assert [(node.code, node.level, node.amount) for node in nodes] == [
        ("1", 1, D("650000000.15")),
        ("1.01", 2, D("650000000.15")),
        ("1.01.02", 3, D("650000000.15")),
        ("1.01.02.2.01", 4, D("650000000.15")),
        ("1.01.02.2.01.0001", 5, D("650000000.15")),
        ("7", 1, D("350000000.25")),
        ("7.01", 2, D("350000000.25")),
        ("7.01.03", 3, D("350000000.25")),
        ("7.01.03.2.02", 4, D("350000000.25")),
        ("7.01.03.2.02.0004", 5, D("350000000.25")),
    ]
    assert nodes[1].name == "Pendidikan"


def test_totals_by_unit_close_the_whole(small: Small) -> None:
    found = queries.totals_by_unit(enact(small))
    assert found[small.unit("Disdik")] == Totals(spending=D("650000000.15"))
    bpkad = found[small.unit("BPKAD")]
    assert bpkad.left == D("1000000000.40")
    assert sum((one.left for one in found.values()), D("0")) == 0


def test_lines_before_after_and_less(small: Small, pair: tuple[int, int]) -> None:
    found = queries.compare(*pair)
    assert (found.count, found.before, found.after) == (2, D("350000000.15"), D("350000000.15"))
    assert [
        (line.account, line.fund, line.before, line.after, line.difference) for line in found.lines
    ] == [
        (SALARY, "1.1.01", D("350000000.15"), D("350000000.14"), D("-0.01")),
        (PAPER, "1.1.01", D("0.00"), D("0.01"), D("0.01")),
    ]
    assert {line.activity for line in found.lines} == {"1.01.02.2.01.0001"}
    backwards = queries.compare(*pair[::-1])
    assert [line.difference for line in backwards.lines] == [D("0.01"), D("-0.01")]


def test_all_lines_in_pages_of_one_statement(small: Small, pair: tuple[int, int]) -> None:
    lines = sum(len(content) for content in CONTENT.values()) + 1
    seen = []
    for page in (1, 2, 3):
        with CaptureQueriesContext(connection) as ran:
            found = queries.compare(*pair, only_different=False, page=page, size=4)
        assert (len(ran), found.count, found.after) == (1, lines, D("2100000000.80"))
        seen += [line.line_id for line in found.lines]
    assert len(seen) == len(set(seen)) == lines
    only = queries.compare(*pair, unit_ids=[small.unit("BPKAD")], only_different=False)
    assert only.count == 4


def test_a_version_does_not_differ_from_itself(pair: tuple[int, int]) -> None:
    assert queries.compare(pair[0], pair[0]).lines == ()
    assert queries.compare_accounts(pair[0], pair[0]) == []


def test_accounts_and_agencies_that_differ(pair: tuple[int, int]) -> None:
    assert queries.compare_accounts(*pair, level=3) == [
        Compared("5.1.01", "Tingkat 5.1.01", D("350000000.15"), D("350000000.14")),
        Compared("5.1.02", "Tingkat 5.1.02", D("0.00"), D("0.01")),
    ]
    assert queries.compare_accounts(*pair, level=2) == []
    assert queries.compare_agencies(*pair) == []
    every = queries.compare_agencies(*pair, only_different=False)
    assert [(one.key, one.before, one.difference) for one in every] == [
        (agency_code("Disdik"), D("650000000.15"), D("0")),
        (agency_code("Binjai Utara"), D("350000000.25"), D("0")),
    ]


def test_trillions_keep_their_sen(small: Small) -> None:
    big = "98765432109876.54"
    for name, account in (("pendapatan", "4.1.01.15.01.0001"), ("kelurahan", PAPER)):
        small.sheets[name].revisions.update(state="dropped")
        small.revise(name, {(account, "1.1.01"): big})
    first = make(small, VersionKind.RKA)
    small.revise("kelurahan", {(PAPER, "1.1.01"): "0.01"})
    second = make(small, VersionKind.RKA)
    nodes = {node.code: node.amount for node in queries.tree(first)}
    assert (nodes["4"], nodes["5"]) == (D(big), D(big) + D("650000000.15"))
    (line,) = queries.compare(first, second).lines
    assert line.difference == D("-98765432109876.53")
