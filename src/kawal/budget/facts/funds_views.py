"""Funds left as pages and downloads show them: a sheet's sums, a line's place, its movements."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from kawal.budget.facts.funds import Delta, Movement, Paper
from kawal.budget.facts.sheets import SheetKind
from kawal.budget.facts.spd import Execution


@dataclass(frozen=True, slots=True)
class SheetFunds:
    """A sheet of a unit with the sums of its lines, in rupiah."""

    sheet_id: int
    unit_id: int
    kind: SheetKind
    activity_code: str
    activity_name: str
    sums: Execution


@dataclass(frozen=True, slots=True)
class LineFunds:
    """A line in its place with what it has, in rupiah."""

    line_id: int
    sheet_id: int
    unit_id: int
    year: int
    activity_code: str
    activity_name: str
    account_code: str
    account_name: str
    fund_code: str
    fund_name: str
    sums: Execution


@dataclass(frozen=True, slots=True)
class FundMovement:
    """One movement of a line: what it added, by which paper, when, by whom and why."""

    kind: Movement
    delta: Delta
    paper: Paper
    reason: str
    at: datetime
    person_id: int | None

    @property
    def amount(self) -> Decimal:
        """Return what moved, as its kind counts it."""
        d = self.delta
        return d.ceiling or d.released or d.reserved or d.committed or d.paid
