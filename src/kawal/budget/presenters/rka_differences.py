"""What one revision of a sheet says that another does not: per line, in rupiah."""

from dataclasses import dataclass
from decimal import Decimal

from kawal.budget.facts import Content, LineFacts

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Difference:
    """A line before and after; nothing where it was not, or is no more."""

    line: LineFacts
    before: Decimal | None
    after: Decimal | None

    @property
    def change(self) -> Decimal:
        """Return by how much it grew, in rupiah; below zero it shrank."""
        return (self.after or NOTHING) - (self.before or NOTHING)


def differences(before: Content | None, after: Content) -> list[Difference]:
    """Return every line of either, by account and fund; those that are equal too."""
    old = {line.line_id: line for line in before.lines} if before else {}
    new = {line.line_id: line for line in after.lines}
    found = [
        Difference(
            new.get(key) or old[key],
            old[key].amount if key in old else None,
            new[key].amount if key in new else None,
        )
        for key in old.keys() | new.keys()
    ]
    return sorted(found, key=lambda one: (one.line.account_code, one.line.fund_code))
