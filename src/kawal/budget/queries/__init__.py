"""Reads of the budget."""

from kawal.budget.queries.funds import (
    agency_funds,
    differences,
    funded_lines,
    funds_left,
    movement,
    sheet_funds,
    unit_funds,
)

__all__ = [
    "agency_funds",
    "differences",
    "funded_lines",
    "funds_left",
    "movement",
    "sheet_funds",
    "unit_funds",
]
