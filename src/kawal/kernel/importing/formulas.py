"""Cells that a spreadsheet would run as a formula: made harmless, and read back as they were."""

import re

NUMBER = re.compile(r"[+-]?[\d.,\s]*\d[\d.,\s]*%?")
FORMULA = re.compile(r"'*[=+\-@\t\r]")
QUOTED = re.compile(r"'+[=+\-@\t\r]")


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet runs as a formula; numbers stay numbers."""
    return f"'{cell}" if FORMULA.match(cell) and not NUMBER.fullmatch(cell) else cell


def bare(cell: str) -> str:
    """Return the cell that :func:`harmless` made harmless; others as they are."""
    return cell[1:] if QUOTED.match(cell) else cell
