"""Cash plans, SPD and funds as their pages show them: months, states, whose desk, rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Literal

from babel.dates import get_month_names
from django.utils.translation import gettext as _

from kawal.budget.actions.cash_plans import DESK_ACTS
from kawal.budget.facts import (
    MONTHS,
    NIL,
    PLAN_DESKS,
    PLAN_STATE_LABELS,
    SPD_STATE_LABELS,
    Months,
    PlanFacts,
    PlanLineFacts,
    PlanState,
    SpdFacts,
    SpdState,
    UnitPlans,
)
from kawal.budget.queries.years import above
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_
from kawal.regions.facts import Actor, AgencyFacts
from kawal.regions.permissions import may
from kawal.ui.formats import as_typed, language

TONES = {
    PlanState.DRAFT: "neutral",
    PlanState.SUBMITTED: "info",
    PlanState.CHECKED_PA: "info",
    PlanState.CHECKED_SEKDA: "info",
    PlanState.VALIDATED: "good",
    PlanState.DROPPED: "paused",
}
STEP_WORDS = {
    "submitted": N_("Diajukan"),
    "checked_pa": N_("Divalidasi PA"),
    "checked_sekda": N_("Divalidasi Sekda"),
    "validated": N_("Divalidasi BUD"),
    "returned": N_("Dikembalikan"),
    "dropped": N_("Dibatalkan"),
}


def month_names(width: Literal["wide", "abbreviated"] = "wide") -> list[str]:
    """Return the names of the twelve months in the reader's language; ``abbreviated`` is short."""
    names = get_month_names(width, locale=language())
    return [names[month] for month in range(1, MONTHS + 1)]


def months_words(first: int, last: int) -> str:
    """Return ``Januari-Maret``, or one month's name."""
    names = month_names()
    return names[first - 1] if first == last else f"{names[first - 1]}\u2013{names[last - 1]}"


def typed(amount: Decimal) -> str:
    """Return an amount as it stands in a field that is written: nothing for zero."""
    return as_typed(amount) if amount else ""


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit in the list of plans: who has it on his desk, and whether that is the reader."""

    unit: AgencyFacts
    depth: int
    plans: UnitPlans
    word: str
    tone: str
    desk: str
    is_mine: bool


def unit_rows(
    found: Iterable[UnitPlans], units: Mapping[int, AgencyFacts], actor: Actor
) -> list[UnitRow]:
    """Return the units in the order of their codes, those below an SKPD after it."""
    rows = [_unit_row(one, dict(units), actor) for one in found if one.unit_id in units]
    return sorted(rows, key=lambda row: row.unit.code)


def _unit_row(one: UnitPlans, units: dict[int, AgencyFacts], actor: Actor) -> UnitRow:
    unit, plan = units[one.unit_id], one.under_way or one.in_force
    depth = len(above(one.unit_id, units)) - 1
    if plan is None:
        return UnitRow(unit, depth, one, _("Belum disusun"), "warn", _("PPTK"), is_mine=False)
    mine = plan.state in DESK_ACTS and may(actor, DESK_ACTS[plan.state], one.unit_id)
    return UnitRow(
        unit, depth, one, _(PLAN_STATE_LABELS[plan.state]), TONES[plan.state], desk(plan), mine
    )


def desk(plan: PlanFacts) -> str:
    """Return whose step is next; nothing when the plan is in force."""
    return _(PLAN_DESKS[plan.state]) if plan.state in PLAN_DESKS else ""


@dataclass(frozen=True, slots=True)
class SheetSum:
    """A sub kegiatan of a unit in its plan: months, ceiling, lines that do not fit, warnings."""

    sheet_id: int
    code: str
    name: str
    months: Months
    ceiling: Decimal
    unfit: int
    warned: int

    @property
    def total(self) -> Decimal:
        """Return the sum of the months."""
        return sum(self.months, NIL)


def sheet_sums(lines: Sequence[PlanLineFacts], warned: Iterable[Reason]) -> list[SheetSum]:
    """Return the sums of a unit's sheets, in the order of its lines."""
    doubtful = {reason.at for reason in warned}
    return [
        _sheet_sum(sheet, list(part), doubtful)
        for sheet, part in groupby(lines, key=lambda line: line.sheet_id)
    ]


def _sheet_sum(sheet: int, lines: list[PlanLineFacts], doubtful: set[str]) -> SheetSum:
    first = lines[0]
    return SheetSum(
        sheet,
        first.activity_code,
        first.activity_name or first.kind.value,
        added(lines),
        sum((line.ceiling for line in lines), NIL),
        sum(1 for line in lines if line.difference),
        sum(1 for line in lines if str(line.line_id) in doubtful),
    )


def added(lines: Iterable[PlanLineFacts]) -> Months:
    """Return the sums of each month."""
    columns = zip(*(line.months for line in lines), strict=True)
    return tuple(sum(column, NIL) for column in columns) or (NIL,) * MONTHS


def by_sheet(reasons: Iterable[Reason], lines: Iterable[PlanLineFacts]) -> list[Reason]:
    """Return the reasons for a unit's page: of lines that do not fit one a sheet."""
    sheet_of = {str(line.line_id): line for line in lines}
    found, counted = [], dict[int, int]()
    for reason in reasons:
        if reason.at in sheet_of:
            sheet = sheet_of[reason.at].sheet_id
            counted[sheet] = counted.get(sheet, 0) + 1
        else:
            found.append(reason)
    text = N_("%(sheet)s: %(lines)s rincian belum sama dengan pagunya.")
    names = {line.sheet_id: line.activity_code or line.activity_name for line in sheet_of.values()}
    return found + [
        Reason(
            "cash_plan.rak_belum_sesuai",
            text,
            f"sheet_{sheet}",
            values={"sheet": names[sheet], "lines": lines_wrong},
        )
        for sheet, lines_wrong in counted.items()
    ]


def spd_word(spd: SpdFacts) -> tuple[str, str]:
    """Return an SPD's state in a word, and its tone."""
    if spd.is_withdrawn:
        return _("Ditarik"), "bad"
    if spd.withdrawn:
        return _("Ditarik sebagian"), "warn"
    tone = {SpdState.DRAFT: "neutral", SpdState.SIGNED: "good"}.get(spd.state, "paused")
    return _(SPD_STATE_LABELS[spd.state]), tone
