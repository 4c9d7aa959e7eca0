"""A Perkada's list of standard prices, written set by set; a second time nothing changes."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from kawal.budget.facts import EnactedPrice, ItemDraft, PriceDraft, PriceFacts, PriceState
from kawal.budget.models import Price, PriceAccount, PriceItem
from kawal.budget.queries import prices as queries
from kawal.budget.rules import prices as rules
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_
from kawal.trail import actions as trail

COLUMNS = ("family", "name", "specification", "unit", "product_type", "local_content")


@dataclass(slots=True)
class Listed:
    """What became of a list's rows, by their lines."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[tuple[int, list[Reason]]] = field(default_factory=list)
    written: list[PriceDraft] = field(default_factory=list)


def enact_prices(rows: Sequence[EnactedPrice], *, batch: UUID, at: datetime) -> Listed:
    """Write prices that a Perkada enacted, in the caller's transaction; codes occur once.

    New is an item that was not known, changed one that gets another price; what held before ends.
    """
    listed = Listed()
    items = _items([row.item for row in rows])
    held = _held(items.values())
    taken: list[tuple[EnactedPrice, PriceItem]] = []
    for row in rows:
        known = items.get(row.item.code)
        prices = held[known.pk] if known else []
        if known and any(_same(row, one) for one in prices):
            listed.unchanged += 1
        elif reasons := _refusals(row, known, prices):
            listed.refused.append((row.line, reasons))
        else:
            taken.append((row, known or _new(row.item, at)))
            listed.written.append(row.price)
            listed.new, listed.changed = listed.new + (not known), listed.changed + bool(known)
    _write(taken, batch, at)
    return listed


def tell_enacted(rows: dict[tuple[str, date], int], *, at: datetime) -> None:
    """Tell in public how many prices a Perkada enacted, by (legal basis, first day)."""
    for (basis, first), number in sorted(rows.items()):
        told = {"legal_basis": basis, "valid_from": first, "prices": number}
        trail.append("price.list_enacted", told, at=at)


def _items(drafts: Sequence[ItemDraft]) -> dict[str, PriceItem]:
    codes = [draft.code for draft in drafts]
    return {row.code: row for row in PriceItem.objects.defer("words").filter(code__in=codes)}


def _held(items: Any) -> dict[int, list[PriceFacts]]:
    held: dict[int, list[PriceFacts]] = defaultdict(list)
    for one in queries.approved_of([row.pk for row in items]):
        held[one.item_id].append(one)
    return held


def _same(row: EnactedPrice, held: PriceFacts) -> bool:
    draft = row.price
    ends = row.valid_until is None or held.valid_until == row.valid_until
    return ends and (
        (held.price, held.valid_from, held.legal_basis, held.account_ids)
        == (draft.price, draft.valid_from, draft.legal_basis, frozenset(draft.account_ids))
    )


def _refusals(
    row: EnactedPrice, known: PriceItem | None, held: Sequence[PriceFacts]
) -> list[Reason]:
    reasons = rules.item_refusals(row.item, code_taken=False) + rules.amount_refusals(row.price)
    if known and any(getattr(known, name) != getattr(row.item, name) for name in COLUMNS):
        text = N_("Kode ini sudah dipakai barang lain.")
        reasons.append(Reason("price.code_taken", text, at="code"))
    if any(one.valid_from >= row.price.valid_from for one in held):
        reasons.append(rules.later_price())
    if row.valid_until is not None and row.valid_until < row.price.valid_from:
        text = N_("Berakhir sebelum mulai berlaku.")
        reasons.append(Reason("price.days", text, at="valid_until"))
    return reasons


def _new(item: ItemDraft, at: datetime) -> PriceItem:
    values = {name: getattr(item, name) for name in COLUMNS}
    return PriceItem(code=item.code, recorded_at=at, **values)


def _write(taken: Sequence[tuple[EnactedPrice, PriceItem]], batch: UUID, at: datetime) -> None:
    PriceItem.objects.bulk_create([item for _, item in taken if item.pk is None])
    _end(taken)
    made = Price.objects.bulk_create(
        Price(
            item=item,
            price=row.price.price,
            valid_from=row.price.valid_from,
            valid_until=row.valid_until,
            legal_basis=row.price.legal_basis,
            letter=row.price.letter,
            note=row.price.note,
            batch=batch,
            proposed_at=at,
        )
        for row, item in taken
    )
    PriceAccount.objects.bulk_create(_accounts(taken, made))
    Price.objects.filter(pk__in=[one.pk for one in made]).update(state=PriceState.APPROVED.value)


def _end(taken: Sequence[tuple[EnactedPrice, PriceItem]]) -> None:
    """End what holds on the first day of the prices that come, the day before."""
    by_day: dict[date, list[int]] = defaultdict(list)
    for row, item in taken:
        by_day[row.price.valid_from].append(item.pk)
    for first, items in by_day.items():
        rows = Price.objects.filter(item__in=items, state=PriceState.APPROVED.value)
        rows = rows.filter(Q(valid_until=None) | Q(valid_until__gte=first))
        rows.update(valid_until=first - timedelta(days=1))


def _accounts(
    taken: Sequence[tuple[EnactedPrice, PriceItem]], made: Sequence[Price]
) -> Iterator[PriceAccount]:
    for (row, _), price in zip(taken, made, strict=True):
        for account in sorted(set(row.price.account_ids)):
            yield PriceAccount(price=price, account_id=account)
