"""``kawal import ceilings``, as an officer types it."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from kawal.budget import queries
from kawal.budget.imports import ceilings
from kawal.budget.models import Ceiling
from kawal.budget.tests.rka_world import ACTIVITIES, YEAR

PAPER = ("--by", "tapd", "--number", "903/11/NK/2026", "--date", "2026-08-14")


def typed(path: Path, *words: str) -> dict[str, Any]:
    command = [str(path), str(YEAR), *PAPER, *words, "--json"]
    result = CliRunner().invoke(ceilings.command, command)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    said: dict[str, Any] = json.loads(result.stdout)
    return said


def some(said: dict[str, Any]) -> list[object]:
    return [said[key] for key in ("read", "new", "changed", "unchanged", "rejected")]


def listed(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "pagu.csv"
    path.write_text("\n".join(["Kode Unit;Sub Kegiatan;Sumber Dana;Pagu", *rows]))
    return path


def test_a_round_is_set_from_a_file_and_a_second_run_changes_nothing(
    plan: Any, tmp_path: Path
) -> None:
    code = plan.world.agency("Disdik").code
    path = listed(
        tmp_path,
        f"{code};;;3.000.000,50",
        f"{code};{ACTIVITIES[0]};;2.000.000",
        f"{code};{ACTIVITIES[0]};1.2.01;Rp 500.000",
    )
    assert some(typed(path)) == [3, 3, 0, 0, 0]
    assert some(typed(path)) == [3, 0, 0, 3, 0]
    assert queries.last_round(YEAR) == 1
    path = listed(tmp_path, f"{code};;;3.000.000,50", f"{code};{ACTIVITIES[0]};;2.500.000")
    assert some(typed(path, "--dry-run")) == [2, 0, 1, 1, 0]
    assert some(typed(path)) == [2, 0, 1, 1, 0]
    amounts = [(one.round, one.amount) for one in queries.ceilings(YEAR) if not one.fund_code]
    assert amounts == [(1, Decimal("3000000.50")), (2, Decimal("2500000.00"))]


def test_a_round_with_a_wrong_row_is_not_set(plan: Any, tmp_path: Path) -> None:
    code = plan.world.agency("Disdik").code
    path = listed(tmp_path, f"{code};;;100", f"{code};{ACTIVITIES[0]};;101")
    assert some(typed(path)) == [2, 0, 0, 0, 2]
    path = listed(tmp_path, f"{code};;;100", f"9.99;{ACTIVITIES[0]};;1", f"{code};x;y;1")
    assert some(typed(path)) == [3, 0, 0, 0, 3]
    assert Ceiling.objects.count() == 0
