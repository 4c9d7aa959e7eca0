"""How the demo city's published totals fall to its agencies: an invention, of a believable shape.

Only the totals by jenis are facts: Binjai's APBD of 2023 as DJPK publishes it
(``published.csv``), except that jenis 4.2.02, published as 43,509,756,988.4, is taken as
43,509,756,988.00, without which the budget would not close. Weights are parts of what a jenis has
left after ``EARMARKED``; amounts are rupiah.
"""

import csv
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files

_KECAMATAN = (90, 22, 2, 2, 0)
_KELURAHAN = (0, 16, 1, 1, 1)
JENIS = ("5.1.01", "5.1.02", "5.2.02", "5.2.03", "5.2.04")


@dataclass(frozen=True, slots=True)
class Earmark:
    """Money that came for one thing: its revenue account and fund, what it is spent on, where.

    ``unit`` may be ``kelurahan``: then each of them gets an equal part.
    """

    revenue: str
    fund: str
    unit: str
    activity: str
    accounts: tuple[str, ...]
    amount: Decimal


def _rows(name: str) -> list[dict[str, str]]:
    text = files("kawal.demo.facts").joinpath(f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _earmark(row: dict[str, str]) -> Earmark:
    accounts = tuple(row["accounts"].split())
    amount = Decimal(row["amount"])
    return Earmark(row["revenue"], row["fund"], row["unit"], row["activity"], accounts, amount)


PUBLISHED = {row["jenis"]: Decimal(row["amount"]) for row in _rows("published")}
EARMARKED = tuple(map(_earmark, _rows("earmarks")))
WEIGHTS = {row.pop("unit"): tuple(map(int, row.values())) for row in _rows("weights")}
ALONE = tuple(
    (row["unit"], row["activity"], row["account"], int(row["weight"])) for row in _rows("alone")
)
REVENUE = tuple(
    (row["unit"], row["account"], row["fund"], int(row["weight"])) for row in _rows("revenue")
)
FINANCING = (  # account, fund: BPKAD's alone
    ("6.1.01.05.01.0001", "1.4.01.05.01.01"),
    ("6.2.02.02.01.0001", "1.2.01.01.02.01"),
)
GENERAL = ("1.2.01.01.02.01", "1.1.01.15.01.01", "1.1.01.10.01.01", "1.2.02.01.01.01")


def weights_of(short: str, kind: str) -> tuple[int, ...]:
    """Return a unit's weights in ``JENIS``."""
    if kind == "kecamatan":
        return _KECAMATAN
    return _KELURAHAN if kind == "kelurahan" else WEIGHTS[short]
