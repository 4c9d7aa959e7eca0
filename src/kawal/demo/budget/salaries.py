"""Pay of officials by account, where it stands, and of the council and the mayor."""

from collections.abc import Sequence

from kawal.demo.budget import lines as made
from kawal.demo.budget.parts import split
from kawal.demo.budget.sheets import PlannedLine, PlannedSheet
from kawal.demo.facts.budget import GENERAL

_PAY = "5.1.01.01."
# account after 5.1.01.01. | weight for PNS | weight for PPPK
_PARTS = (
    ("01", 4300, 800),
    ("02", 420, 60),
    ("03", 180, 2),
    ("04", 330, 20),
    ("05", 90, 4),
    ("06", 260, 45),
    ("07", 35, 3),
    ("09", 170, 32),
    ("10", 9, 2),
    ("11", 27, 6),
)
ROUNDING = "5.1.01.01.08.0001"
_EXTRA = (("5.1.01.02.01.0001", 1500), ("5.1.01.02.03.0001", 350), ("5.1.01.03.07.0001", 40))
_COUNCIL = tuple((f"5.1.01.04.{n:02}.0001", w) for n, w in (
    (1, 9), (2, 1), (3, 1), (4, 1), (5, 13), (6, 1), (7, 1), (8, 40), (9, 10), (10, 2),
))  # fmt: skip
_MAYOR = tuple((f"5.1.01.05.{n:02}.0001", w) for n, w in (
    (1, 12), (2, 2), (3, 21), (4, 1), (5, 1), (7, 1), (8, 1),
))  # fmt: skip
COUNCIL, MAYOR = "4.02.01.2.15.0001", "4.01.01.2.11.0001"


def pay(sheets: Sequence[PlannedSheet], amount: int, salaries: PlannedSheet) -> None:
    """Plan a unit's personnel spending in rupiah; the last line takes what rounding leaves."""
    council = next((one for one in sheets if one.activity == COUNCIL), None)
    mayor = next((one for one in sheets if one.activity == MAYOR), None)
    if council:
        amount -= _lumps(council, _COUNCIL, amount * 3 // 5)
    if mayor:
        amount -= _lumps(mayor, _MAYOR, 620_000_000)
    for account, part in _divided(amount):
        if part >= made.SALARIES * 100:
            salaries.lines.append(made.salary(account, GENERAL[0], part))
    rest = amount - sum(line.amount for line in salaries.lines if not line.is_fixed)
    lump = made.lump(ROUNDING, max(rest, 100))
    salaries.lines.append(PlannedLine(ROUNDING, GENERAL[0], [lump]))


def _lumps(sheet: PlannedSheet, parts: Sequence[tuple[str, int]], amount: int) -> int:
    shares = split(amount, [weight for _, weight in parts], 1000)
    for (account, _), part in zip(parts, shares, strict=True):
        sheet.lines.append(PlannedLine(account, GENERAL[0], [made.lump(account, part)]))
    return amount


def _divided(amount: int) -> list[tuple[str, int]]:
    weights: list[tuple[str, int]] = []
    for code, civil, contract in _PARTS:
        weights.append((f"{_PAY}{code}.0001", civil))
        weights.append((f"{_PAY}{code}.0002", contract))
    weights += _EXTRA
    parts = split(amount, [weight for _, weight in weights], 1000)
    return [(account, part) for (account, _), part in zip(weights, parts, strict=True)]
