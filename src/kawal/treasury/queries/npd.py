"""Reads of NPD and of the amount of UP."""

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django.db.models import F, Prefetch, Sum

from kawal.kernel.refusals import NotThere
from kawal.treasury.facts.cash_books import CASH, NIL, CashMove, Stock
from kawal.treasury.facts.npd import NpdFacts, NpdLineFacts, NpdState, UpLimitFacts
from kawal.treasury.models import CashBalance, CashEntry, Npd, NpdLine, UpLimit

ACCOUNT = {"code": F("line__account__code"), "title": F("line__account__name")}


def npd(npd_id: int) -> NpdFacts:
    """Return an NPD.

    :raises NotThere: when there is none.
    """
    row = _rows().filter(pk=npd_id).first()
    if row is None:
        raise NotThere(f"NPD {npd_id}")
    return _facts(row)


def npds(
    year: int, unit_ids: Collection[int] | None = None, *, state: NpdState | None = None
) -> list[NpdFacts]:
    """Return a year's NPD of some units (all when none are named), the newest first."""
    rows = _rows().filter(year=year).exclude(state=NpdState.DROPPED.value)
    if unit_ids is not None:
        rows = rows.filter(sheet__unit__in=unit_ids)
    if state is not None:
        rows = rows.filter(state=state.value)
    return [_facts(row) for row in rows.order_by("-pk")]


def up_limit(year: int, unit_id: int) -> UpLimitFacts | None:
    """Return the decree on a unit's UP that is in force; nothing when there is none."""
    row = UpLimit.objects.filter(year=year, unit=unit_id).order_by("-number").first()
    if row is None:
        return None
    return UpLimitFacts(year, unit_id, row.number, row.amount, row.kkpd, row.decree, row.decree_on)


def up_received(year: int, unit_id: int) -> Decimal:
    """Return the UP that came in as cash, in rupiah."""
    rows = CashEntry.objects.filter(
        account__year=year, account__unit=unit_id, kind=CashMove.UP.value
    )
    return rows.aggregate(came=Sum("debit"))["came"] or NIL


def cash_of(year: int, unit_id: int, stock: Stock) -> Decimal:
    """Return tunai and bank of a stock, in rupiah."""
    rows = CashBalance.objects.filter(
        account__year=year,
        account__unit=unit_id,
        account__stock=stock.value,
        account__purse__in=[purse.value for purse in CASH],
    )
    return rows.aggregate(cash=Sum("balance"))["cash"] or NIL


def promised(year: int, unit_id: int, stock: Stock) -> Decimal:
    """Return what validated NPD of a unit still take out of a stock, in rupiah."""
    rows = Npd.objects.filter(
        year=year, sheet__unit=unit_id, stock=stock.value, state=NpdState.VALIDATED.value
    )
    return rows.aggregate(sum=Sum("total"))["sum"] or NIL


def _rows() -> Any:
    lines = NpdLine.objects.annotate(**ACCOUNT).order_by("line__account__code", "pk")
    return Npd.objects.select_related("sheet").prefetch_related(Prefetch("lines", lines))


def _facts(row: Any) -> NpdFacts:
    return NpdFacts(
        id=row.pk,
        year=row.year_id,
        sheet_id=row.sheet_id,
        unit_id=row.sheet.unit_id,
        stock=Stock(row.stock),
        is_panjar=row.is_panjar,
        purpose=row.purpose,
        state=NpdState(row.state),
        version=row.version,
        drafted_by=row.drafted_by_id,
        drafted_at=row.drafted_at,
        lines=tuple(NpdLineFacts(x.line_id, x.code, x.title, x.amount) for x in row.lines.all()),
        number=row.number,
        requested_by=row.requested_by_id,
        requested_at=row.requested_at,
        approved_by=row.approved_by_id,
        approved_at=row.approved_at,
        validated_by=row.validated_by_id,
        validated_at=row.validated_at,
        refused_by=row.refused_by_id,
        refused_at=row.refused_at,
        reasons=tuple(row.reasons),
        note=row.note,
    )
