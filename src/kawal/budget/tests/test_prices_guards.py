"""What the database itself promises about standard prices, tried with raw SQL as kawal_app."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from kawal.budget.models import Price, PriceAccount, PriceItem
from kawal.nomenclature.models import Account, Decree

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


@pytest.fixture
def item() -> PriceItem:
    return PriceItem.objects.create(
        code="1.1.01", family="ssh", name="Kertas HVS A4", unit="rim", recorded_at=AT
    )


@pytest.fixture
def account() -> Account:
    decree = Decree.objects.create(code="uji", title="Uji", valid_from=date(2026, 1, 1))
    made: Account = Account.objects.create(
        decree=decree, code="5.1.02.01.01.0024", level=6, name="Belanja alat tulis kantor"
    )
    return made


def proposed(item: PriceItem, world: Any, **values: Any) -> Price:
    people, agencies = world.government.persons, world.government.agencies
    given = {
        "price": Decimal("51000.50"),
        "valid_from": date(2026, 1, 1),
        "legal_basis": "Perwal 1/2026",
        "agency_id": agencies["Disdik"],
        "proposed_by_id": people["siti"],
        "proposed_at": AT,
    }
    return Price.objects.create(item=item, **(given | values))


def refused(sql: str, *values: int) -> None:
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, values)


def step(price: Price, **values: Any) -> None:
    Price.objects.filter(pk=price.pk).update(**values)


def approved(price: Price, world: Any) -> Price:
    people = world.government.persons
    step(price, state="checked", checked_by_id=people["ppkd"], checked_at=AT)
    step(price, state="approved", approved_by_id=people["tapd"], approved_at=AT)
    price.refresh_from_db()
    return price


@pytest.mark.parametrize(
    ("checker", "approver"), [("siti", "tapd"), ("ppkd", "siti"), ("ppkd", "ppkd")]
)
def test_proposer_checker_and_approver_are_three_persons(item, world, checker, approver):
    price = proposed(item, world)
    people = world.government.persons
    with pytest.raises(IntegrityError, match="budget_price_persons_differ"), transaction.atomic():
        step(price, state="checked", checked_by_id=people[checker], checked_at=AT)
        step(price, state="approved", approved_by_id=people[approver], approved_at=AT)


def test_no_price_is_approved_without_both_steps(item, world):
    price = proposed(item, world)
    tapd = world.government.persons["tapd"]
    for sql in (
        "UPDATE budget_price SET state = 'approved' WHERE id = %s",
        f"UPDATE budget_price SET state = 'approved', approved_by_id = {tapd},"
        " approved_at = now() WHERE id = %s",
        "UPDATE budget_price SET state = 'checked' WHERE id = %s",
        "UPDATE budget_price SET state = 'rejected' WHERE id = %s",
    ):
        refused(sql, price.pk)
    price.refresh_from_db()
    assert price.state == "proposed"


def test_an_approved_price_never_changes_but_may_end(item, world):
    price = approved(proposed(item, world), world)
    for sql in (
        "UPDATE budget_price SET price = 1 WHERE id = %s",
        "UPDATE budget_price SET state = 'proposed' WHERE id = %s",
        "UPDATE budget_price SET approved_by_id = proposed_by_id WHERE id = %s",
        "UPDATE budget_price SET reason = 'x' WHERE id = %s",
        "UPDATE budget_price SET legal_basis = 'lain' WHERE id = %s",
        "DELETE FROM budget_price WHERE id = %s",
    ):
        refused(sql, price.pk)
    step(price, valid_until=date(2026, 6, 30))
    refused("UPDATE budget_price SET valid_until = NULL WHERE id = %s", price.pk)
    price.refresh_from_db()
    assert (price.price, price.valid_until) == (Decimal("51000.50"), date(2026, 6, 30))


def test_two_prices_never_hold_on_one_day_nor_wait_at_once(item, world):
    first = approved(proposed(item, world), world)
    second = proposed(item, world, valid_from=date(2026, 7, 1))
    with pytest.raises(IntegrityError, match="budget_price_one_proposal"), transaction.atomic():
        proposed(item, world, valid_from=date(2026, 8, 1))
    with pytest.raises(IntegrityError, match="budget_price_once"), transaction.atomic():
        approved(second, world)
    step(first, valid_until=date(2026, 6, 30))
    assert approved(second, world).state == "approved"


def test_items_and_accounts_only_grow_and_accounts_come_before_the_check(item, account, world):
    price = proposed(item, world)
    PriceAccount.objects.create(price=price, account=account)
    refused("UPDATE budget_priceitem SET name = 'lain' WHERE id = %s", item.pk)
    refused("DELETE FROM budget_priceitem WHERE id = %s", item.pk)
    refused("DELETE FROM budget_priceaccount WHERE price_id = %s", price.pk)
    other = Account.objects.create(
        decree=account.decree, code="5.1.02.01.01.0025", level=6, name="Kertas dan cover"
    )
    approved(price, world)
    with pytest.raises(IntegrityError, match="accounts of a checked price"), transaction.atomic():
        PriceAccount.objects.create(price=price, account=other)
    assert list(PriceAccount.objects.values_list("account_id", flat=True)) == [account.pk]


def test_only_a_batch_without_persons_stands_as_enacted(item, world):
    enacted = {"batch": uuid4(), "proposed_by_id": None, "agency_id": None}
    price = proposed(item, world, **enacted)
    step(price, state="approved")
    other = PriceItem.objects.create(
        code="1.1.02", family="ssh", name="Map", unit="lembar", recorded_at=AT
    )
    with pytest.raises(IntegrityError, match="budget_price_state"), transaction.atomic():
        proposed(other, world, batch=uuid4())
    with pytest.raises(IntegrityError, match="begins as a proposal"), transaction.atomic():
        proposed(other, world, **enacted, state="approved")
