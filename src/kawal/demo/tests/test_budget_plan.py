"""The demo's budget as it is planned: the published sums to the sen, the same every time."""

import subprocess
import sys
import time
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kawal.demo.budget.goods import GOODS
from kawal.demo.budget.parts import split
from kawal.demo.budget.plan import plan
from kawal.demo.budget.sheets import sums_by_jenis
from kawal.demo.budget.size import CITY, SMALL
from kawal.demo.facts import budget as facts
from kawal.demo.facts import codes
from kawal.demo.facts.agencies import BY_SHORT


@given(st.integers(0, 10**13), st.lists(st.integers(0, 10**6), min_size=1), st.sampled_from((1, 7)))
def test_parts_add_up_and_follow_their_weights(total, weights, step):
    if not sum(weights):
        with pytest.raises(ValueError, match="nothing to divide by"):
            split(total, weights, step)
        return
    parts = split(total, weights, step)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        share = Decimal(total) * weight / sum(weights)
        assert abs(part - share) < 2 * step
        assert part >= 0


@pytest.mark.parametrize("size", [CITY, SMALL])
def test_every_jenis_is_the_published_sum_to_the_sen(size):
    assert plan(size).by_jenis() == facts.PUBLISHED
    revenue = sum(amount for jenis, amount in facts.PUBLISHED.items() if jenis[0] == "4")
    spending = sum(amount for jenis, amount in facts.PUBLISHED.items() if jenis[0] == "5")
    assert revenue == Decimal("1013597766613.00")
    assert spending == Decimal("1010597766613.00")
    assert revenue - spending + facts.PUBLISHED["6.1.01"] - facts.PUBLISHED["6.2.02"] == 0
    assert facts.PUBLISHED["4.2.02"] == Decimal("43509756988.00")


def test_its_size_and_shape_are_those_of_a_city():
    sheets = plan().sheets
    spending = [sheet for sheet in sheets if sheet.kind == "spending"]
    lines = [line for sheet in sheets for line in sheet.lines]
    assert len(spending) == 804
    assert len(lines) == 25357
    assert len({(one.unit, one.activity) for one in spending}) == len(spending)
    by_unit: Counter[str] = Counter()
    for sheet in spending:
        by_unit[sheet.unit] += sheet.amount
    assert [unit for unit, _ in by_unit.most_common(3)] == ["Disdik", "Dinkes", "RSUD"]
    units = {short for short, unit in BY_SHORT.items() if not unit.short.startswith("Kec")}
    assert set(by_unit) == units


def test_every_line_stands_on_known_codes_once_and_costs_something():
    accounts = {one.code for one in codes.ACCOUNTS if one.code.count(".") == 5}
    funds = {one.code for one in codes.FUNDS if one.code.count(".") == 5}
    activities = {one.code for one in codes.ACTIVITIES}
    for sheet in plan().sheets:
        keys = [(line.account, line.fund) for line in sheet.lines]
        assert len(set(keys)) == len(keys), sheet.name
        assert {account for account, _ in keys} <= accounts
        assert {fund for _, fund in keys} <= funds
        assert not sheet.activity or sheet.activity in activities
        for line in sheet.lines:
            assert line.amount > 0
            assert all(one.price > 0 for one in line.components)
            assert all(amount > 0 for one in line.components for amount, _ in one.volumes)


def test_goods_cost_their_standard_price_on_their_own_account():
    by_code = {one.code: one for one in GOODS}
    assert len(by_code) == len(GOODS)
    used = set()
    for sheet in plan().sheets:
        for line in sheet.lines:
            for one in line.components:
                if one.item:
                    good = by_code[one.item]
                    used.add(one.item)
                    assert (one.price, line.account) == (good.price, good.account)
    assert len(used) > len(GOODS) * 8 // 10


def test_earmarked_money_is_spent_to_the_rupiah_and_on_nothing_else():
    came: Counter[str] = Counter()
    went: Counter[str] = Counter()
    for sheet in plan().sheets:
        for line in sheet.lines:
            (came if sheet.kind == "revenue" else went)[line.fund] += line.amount
    for fund in {one.fund for one in facts.EARMARKED}:
        assert went[fund] == came[fund], fund


def test_it_is_the_same_in_every_process_and_soon_made():
    script = (
        "import hashlib; from kawal.demo.budget.plan import plan;"
        "print(hashlib.sha256(repr(plan()).encode()).hexdigest())"
    )
    began = time.monotonic()
    runs = [
        subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1] != ""
    assert time.monotonic() - began < 60  # two of them, on whatever machine


def test_sums_by_jenis_are_of_lines():
    sheet = next(one for one in plan().sheets if one.kind == "financing")
    assert sums_by_jenis(sheet.lines) == {
        "6.1.01": Decimal("200000000.00"),
        "6.2.02": Decimal("3200000000.00"),
    }
