"""The year's money on the wall: released and bound beside the plan, by agency."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from kawal.budget.facts import MONEY_NEWS, Execution
from kawal.budget.queries import execution, last_movement
from kawal.regions import queries as regions
from kawal.regions.facts import AgencyFacts
from kawal.sites.command_centre.facts import Money, MoneyBar
from kawal.ui.live import News

Marker = tuple[int, int, int]  # the newest movement, the year, the span of SLOT
SLOT = 300  # seconds after which plans and late commits are looked for as well


class Purse:
    """The money as a live page last read it: read again only when some moved, or in a new span."""

    def __init__(self) -> None:
        self._marker: Marker | None = None
        self._money: Money | None = None

    def read(self, at: datetime, news: News) -> Money | None:
        """Return the money at an instant; nothing while the year has no enacted budget."""
        if news is None or MONEY_NEWS in news:
            marker = _marker(at)
            if marker != self._marker:
                self._marker, self._money = marker, money(at)
        return self._money


def money(at: datetime) -> Money | None:
    """Return what became of this year's spending; nothing while it has no enacted budget."""
    today, last = regions.today(at), last_movement()
    found = execution(today.year, today) if last else []
    if last is None or not found:
        return None
    agencies = {one.id: one for one in regions.agencies(today, with_closed=True)}
    bars = tuple(_bar(one, agencies, today.year) for one in found)
    return Money(today.year, last[1], _city(bars, today.year), bars)


def _marker(at: datetime) -> Marker:
    today, last = regions.today(at), last_movement()
    return last[0] if last else 0, today.year, int(at.timestamp()) // SLOT


def _bar(one: Execution, agencies: Mapping[int, AgencyFacts], year: int) -> MoneyBar:
    agency = agencies[one.agency_id]
    return MoneyBar(
        name=agency.name,
        short=agency.short or agency.name,
        href=reverse("budget:agency_funds", args=[year, agency.id]),
        ceiling=one.ceiling,
        released=one.released,
        bound=one.committed + one.reserved + one.paid,
        paid=one.paid,
        plan=one.plan,
    )


def _city(bars: tuple[MoneyBar, ...], year: int) -> MoneyBar:
    sums = [
        sum((getattr(bar, name) for bar in bars), Decimal(0))
        for name in ("ceiling", "released", "bound", "paid", "plan")
    ]
    return MoneyBar(
        _("Seluruh kota"), _("Seluruh kota"), reverse("budget:funds", args=[year]), *sums
    )
