"""A year of books to try journals on: three accounts, its periods, two agencies."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest

AT = datetime(2027, 3, 15, 2, 0, tzinfo=UTC)
CODES = {
    "cash": "1.1.01.03.01.0001",
    "rk": "3.1.03.01.01.0001",
    "paper": "8.1.02.01.01.0024",
    "spending": "5.1.02.01.01.0024",
    "sal": "3.1.02.05.01.0001",
}


@dataclass(frozen=True)
class Shelf:
    """The books of 2027 with their accounts by short names, and an agency."""

    accounts: dict[str, int]
    decree: int
    agency: int


@pytest.fixture
def shelf(world: Any) -> Shelf:
    """Return open books."""
    from kawal.ledger.models import Books, Period
    from kawal.nomenclature.models import Account, Decree

    decree = Decree.objects.create(code="uji", title="Uji", valid_from=date(2026, 1, 1))
    made = {
        name: Account.objects.create(decree=decree, code=code, name=name, level=6).pk
        for name, code in CODES.items()
    }
    made["group"] = Account.objects.create(decree=decree, code="8.1", name="x", level=2).pk
    books = Books.objects.create(year=2027, accounts=decree, opened_at=AT)
    Period.objects.bulk_create(
        Period(id=202700 + month, books=books, month=month) for month in range(15)
    )
    return Shelf(made, decree.pk, world.government.agencies["Disdik"])
