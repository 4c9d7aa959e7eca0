"""The ids of the codes that the demo's budget stands on, and its plan as drafts of sheets."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kawal.budget import queries as budget
from kawal.budget.facts import (
    ComponentDraft,
    HeaderDraft,
    IndicatorDraft,
    IndicatorKind,
    LineDraft,
    SheetDraft,
    SheetKind,
    Volume,
)
from kawal.demo.budget.sheets import PlannedComponent, PlannedLine, PlannedSheet
from kawal.demo.chance import dice
from kawal.nomenclature import queries as nomenclature
from kawal.nomenclature.facts import ActivityLevel

GROUPS = ("Masyarakat kota", "Perangkat daerah", "Pelaku usaha", "Peserta didik", "Pasien", "ASN")
SIMULATED = "simulasi"


@dataclass(frozen=True, slots=True)
class Codes:
    """Ids by code: accounts and funds of six levels, sub kegiatan, goods; units by short name."""

    accounts: Mapping[str, int]
    funds: Mapping[str, int]
    activities: Mapping[str, int]
    items: Mapping[str, int]
    units: Mapping[str, int]

    def sheet(self, planned: PlannedSheet) -> SheetDraft:
        """Return a planned sheet as its PPTK would bring it."""
        activity = self.activities[planned.activity] if planned.activity else None
        lines = tuple(self.line(one) for one in planned.lines)
        kind = SheetKind(planned.kind)
        return SheetDraft(self.units[planned.unit], kind, activity, header_of(planned), lines)

    def line(self, planned: PlannedLine) -> LineDraft:
        """Return a planned line."""
        parts = tuple(self.component(one) for one in planned.components)
        account, fund = self.accounts[planned.account], self.funds[planned.fund]
        return LineDraft(account, fund, components=parts)

    def component(self, planned: PlannedComponent) -> ComponentDraft:
        """Return a planned component."""
        return ComponentDraft(
            planned.name[:300],
            Decimal(planned.price),
            tuple(Volume(Decimal(amount), unit) for amount, unit in planned.volumes),
            specification=planned.specification,
            price_item_id=self.items[planned.item] if planned.item else None,
        )


def read(year: int, units: Mapping[str, int], goods: Mapping[str, int]) -> Codes:
    """Return the ids of all codes of a budget year."""
    opened = budget.year(year)
    spoken = [nomenclature.decree(one) for one in (opened.accounts_id, opened.funds_id)]
    lists = nomenclature.decree(opened.activities_id)
    subs = nomenclature.activities(lists, level=ActivityLevel.SUB_KEGIATAN)
    return Codes(
        {one.code: one.id for one in nomenclature.accounts(spoken[0], level=6)},
        {one.code: one.id for one in nomenclature.funds(spoken[1], level=6)},
        {one.code: one.id for one in subs},
        goods,
        units,
    )


def header_of(planned: PlannedSheet) -> HeaderDraft:
    """Return an invented header: where, when, for whom, and what the sheet promises."""
    if planned.kind != SheetKind.SPENDING.value:
        return HeaderDraft(labels=(SIMULATED,))
    seed = (planned.unit, planned.activity)
    first = 1 if dice(3, "year round", *seed) else 2 + dice(4, "first", *seed)
    last = 12 if first == 1 else first + 3 + dice(12 - first - 2, "last", *seed)
    outputs = 1 + dice(24, "output", *seed)
    return HeaderDraft(
        places=(planned.place,),
        first_month=first,
        last_month=min(last, 12),
        target_group=GROUPS[dice(len(GROUPS), "group", *seed)],
        last_year=Decimal(planned.amount * (85 + dice(20, "before", *seed)) // 100),
        next_year=Decimal(planned.amount * (98 + dice(12, "after", *seed)) // 100),
        labels=(SIMULATED,),
        indicators=(
            IndicatorDraft(
                IndicatorKind.OUTCOME, "Capaian program", Decimal(60 + outputs), "persen"
            ),
            IndicatorDraft(IndicatorKind.RESULT, "Kegiatan terlaksana", Decimal(100), "persen"),
            IndicatorDraft(
                IndicatorKind.OUTPUT, f"Keluaran: {planned.name}"[:500], Decimal(outputs), "laporan"
            ),
        ),
    )
