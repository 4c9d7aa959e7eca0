"""What a planned sheet is: a unit, a sub kegiatan, lines of components; amounts in rupiah."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

Volume = tuple[int, str]


@dataclass(slots=True)
class PlannedComponent:
    """Up to four volumes with their units x a price in whole rupiah; ``item`` is a good's code."""

    name: str
    price: int
    volumes: tuple[Volume, ...]
    specification: str = ""
    item: str = ""

    @property
    def amount(self) -> int:
        """Return volumes x price."""
        product = self.price
        for amount, _ in self.volumes:
            product *= amount
        return product


@dataclass(slots=True)
class PlannedLine:
    """An account and a fund; ``is_fixed`` where its amount is settled and takes no difference."""

    account: str
    fund: str
    components: list[PlannedComponent]
    is_fixed: bool = False

    @property
    def amount(self) -> int:
        """Return the sum of the components."""
        return sum(one.amount for one in self.components)

    @property
    def jenis(self) -> str:
        """Return the first three levels of the account."""
        return self.account[:6]

    @property
    def lump(self) -> PlannedComponent | None:
        """Return the component whose price may be anything: one of no standard, taken once."""
        last = self.components[-1]
        free = not self.is_fixed and not last.item and last.volumes[0][0] == 1
        return last if free and len(last.volumes) == 1 else None


@dataclass(slots=True)
class PlannedSheet:
    """A unit's plan of one sub kegiatan, or of its revenue or financing (no activity)."""

    unit: str
    kind: str
    activity: str = ""
    name: str = ""
    place: str = ""
    lines: list[PlannedLine] = field(default_factory=list)

    @property
    def amount(self) -> int:
        """Return the sum of the lines."""
        return sum(line.amount for line in self.lines)


@dataclass(frozen=True, slots=True)
class BudgetPlan:
    """The whole budget."""

    sheets: tuple[PlannedSheet, ...]

    def by_jenis(self) -> dict[str, Decimal]:
        """Return the sums in rupiah by jenis."""
        return sums_by_jenis(line for sheet in self.sheets for line in sheet.lines)


def sums_by_jenis(lines: Iterable[PlannedLine]) -> dict[str, Decimal]:
    """Return the sums of lines in rupiah by jenis."""
    sums: dict[str, int] = {}
    for line in lines:
        sums[line.jenis] = sums.get(line.jenis, 0) + line.amount
    return {jenis: Decimal(amount).quantize(Decimal("0.01")) for jenis, amount in sums.items()}
