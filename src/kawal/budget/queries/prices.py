"""Standard prices: the price of a day, search, an item with its history, what waits."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, QuerySet

from kawal.budget.facts import (
    OPEN_PRICES,
    ItemFacts,
    PriceFacts,
    PriceFamily,
    PriceState,
    ProductType,
    StandardPrice,
)
from kawal.budget.models import Price, PriceAccount, PriceItem
from kawal.kernel.refusals import NotThere
from kawal.nomenclature.queries.codes import narrowed
from kawal.regions.models.dated import on as held_on

A_PAGE = 50
Priced = tuple[ItemFacts, PriceFacts | None]


def standard_prices(item_ids: Iterable[int], on: date) -> dict[int, StandardPrice]:
    """Return what items may cost on a day, by item; those without a price are left out."""
    return {one.item_id: one for one in _standard(_in_force(on).filter(item_id__in=set(item_ids)))}


def find_prices(
    typed: str, on: date, *, account_id: int | None = None, limit: int = 20
) -> list[StandardPrice]:
    """Return items with a price on a day by words, cut short or not, or the beginning of a code.

    ``account_id`` narrows to those that may stand on an account. Nothing typed finds nothing.
    """
    items = narrowed(PriceItem.objects.order_by("code"), typed)
    if items is None:
        return []
    rows = _in_force(on).filter(item__in=items.values("pk"))
    if account_id is not None:
        stands = PriceAccount.objects.filter(price=OuterRef("pk"), account=account_id)
        rows = rows.filter(Exists(stands))
    return list(_standard(rows.order_by("item__code")[:limit]))


def price_page(
    typed: str,
    on: date,
    number: str,
    *,
    family: PriceFamily | None = None,
    account: str = "",
) -> Page[Priced]:
    """Return one page of the items with what they cost on a day; ``account`` begins a code."""
    items = PriceItem.objects.defer("words").order_by("code")
    found = narrowed(items, typed)
    items = items if found is None else found
    items = items.filter(family=family.value) if family else items
    if account:
        held = _in_force(on).filter(item=OuterRef("pk"))
        items = items.filter(Exists(held.filter(accounts__account__code__startswith=account)))
    page: Page[Any] = Paginator(items, A_PAGE).get_page(number)
    rows = list(page.object_list)
    prices = {one.item_id: one for one in _facts(_in_force(on).filter(item__in=rows))}
    page.object_list = [(item_facts(row), prices.get(row.pk)) for row in rows]
    return page


def price_item(item_id: int) -> ItemFacts:
    """Return an item.

    :raises NotThere: when there is none of that id.
    """
    row = PriceItem.objects.defer("words").filter(pk=item_id).first()
    if row is None:
        raise NotThere(f"price item {item_id}")
    return item_facts(row)


def price_history(item_id: int) -> list[PriceFacts]:
    """Return an item's prices, also those proposed and rejected, the newest first."""
    return _facts(Price.objects.filter(item=item_id).order_by("-valid_from", "-pk"))


def approved_of(item_ids: Iterable[int]) -> list[PriceFacts]:
    """Return every approved price of some items, of all days."""
    state = PriceState.APPROVED.value
    return _facts(Price.objects.filter(item__in=set(item_ids), state=state))


def price(price_id: int) -> PriceFacts:
    """Return one price.

    :raises NotThere: when there is none of that id.
    """
    found = _facts(Price.objects.filter(pk=price_id))
    if not found:
        raise NotThere(f"price {price_id}")
    return found[0]


def price_proposals() -> list[tuple[ItemFacts, PriceFacts]]:
    """Return the proposals that wait for the PPKD or the TAPD, the oldest first."""
    rows = Price.objects.filter(state__in=[one.value for one in OPEN_PRICES], batch=None)
    facts = _facts(rows.order_by("proposed_at", "pk"))
    items = PriceItem.objects.defer("words").in_bulk([one.item_id for one in facts])
    return [(item_facts(items[one.item_id]), one) for one in facts]


def item_facts(row: PriceItem) -> ItemFacts:
    """Return an item as facts."""
    return ItemFacts(
        row.pk,
        row.code,
        PriceFamily(row.family),
        row.name,
        row.specification,
        row.unit,
        ProductType(row.product_type),
        row.local_content,
    )


def price_facts(row: Price, accounts: Iterable[tuple[int, str]]) -> PriceFacts:
    """Return a price as facts, with the accounts (id, code) on which it may stand."""
    known = sorted(accounts, key=lambda one: one[1])
    return PriceFacts(
        id=row.pk,
        item_id=row.item_id,
        price=row.price,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        legal_basis=row.legal_basis,
        letter=row.letter,
        note=row.note,
        state=PriceState(row.state),
        accounts=tuple(code for _, code in known),
        account_ids=frozenset(one for one, _ in known),
        agency_id=row.agency_id,
        proposed_by=row.proposed_by_id,
        proposed_at=row.proposed_at,
        checked_by=row.checked_by_id,
        checked_at=row.checked_at,
        approved_by=row.approved_by_id,
        approved_at=row.approved_at,
        rejected_by=row.rejected_by_id,
        rejected_at=row.rejected_at,
        reason=row.reason,
        batch=row.batch,
    )


def _in_force(on: date) -> QuerySet[Price]:
    return Price.objects.filter(held_on(on), state=PriceState.APPROVED.value)


def _standard(rows: QuerySet[Price]) -> Iterable[StandardPrice]:
    fields = ("item_id", "item__code", "item__family", "item__name", "item__specification")
    more = ("item__unit", "price", "item__local_content")
    for row in rows.annotate(ids=ArrayAgg("accounts__account_id")).values(*fields, *more, "ids"):
        yield _of(row)


def _of(row: dict[str, Any]) -> StandardPrice:
    return StandardPrice(
        row["item_id"],
        row["item__code"],
        PriceFamily(row["item__family"]),
        row["item__name"],
        row["item__specification"],
        row["item__unit"],
        row["price"],
        frozenset(one for one in row["ids"] if one is not None),
        row["item__local_content"],
    )


def _facts(rows: QuerySet[Price]) -> list[PriceFacts]:
    found = list(rows)
    accounts: dict[int, list[tuple[int, str]]] = {row.pk: [] for row in found}
    held = PriceAccount.objects.filter(price__in=found)
    for price_id, account, code in held.values_list("price_id", "account_id", "account__code"):
        accounts[price_id].append((account, code))
    return [price_facts(row, accounts[row.pk]) for row in found]
