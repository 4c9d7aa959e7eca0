"""``kawal verify funds``: says how many lines agree, and names each that does not."""

import json
from decimal import Decimal

import pytest
from click.testing import CliRunner

from kawal.budget import actions, queries
from kawal.budget.facts import FundsFault, Paper
from kawal.budget.management.verify_funds import command
from kawal.budget.tests.conftest import AT
from kawal.regions.facts import Actor


def test_balances_that_agree(lines: list[int]) -> None:
    amounts = {line: Decimal(7) for line in lines}
    actions.set_ceiling(amounts, Paper("dpa", "1"), Actor(None, None, (), AT), key="k")
    done = CliRunner().invoke(command)
    assert (done.exit_code, done.output) == (0, "3 rincian diperiksa, 0 selisih.\n")


def test_a_balance_that_differs_is_named(lines: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    fault = FundsFault(lines[0], "paid", Decimal("0.01"), Decimal("0.00"))
    monkeypatch.setattr(queries, "differences", lambda: iter([fault]))
    told = CliRunner().invoke(command)
    assert (told.exit_code, told.output) == (
        1,
        f"! rincian {lines[0]}, dibayar: tersimpan 0.01, menurut entri 0.00\n"
        "0 rincian diperiksa, 1 selisih.\n",
    )
    assert json.loads(CliRunner().invoke(command, ["--json"]).output) == {
        "lines": 0,
        "faults": [{"line_id": lines[0], "balance": "paid", "stored": "0.01", "entries": "0.00"}],
    }
