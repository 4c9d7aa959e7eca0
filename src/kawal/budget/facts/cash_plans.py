"""Words of the cash plan (anggaran kas, RAK): twelve months a line, and its way over the desks."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from kawal.budget.facts.funds import NIL
from kawal.budget.facts.sheets import SheetKind
from kawal.kernel.words import N_

MONTHS = 12
Months = tuple[Decimal, ...]  # twelve amounts in rupiah, January first
NO_MONTHS: Months = (NIL,) * MONTHS


class PlanState(StrEnum):
    """How far a cash plan is: drafted by the PPTK, validated by PA, Sekda and BUD in turn."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHECKED_PA = "checked_pa"
    CHECKED_SEKDA = "checked_sekda"
    VALIDATED = "validated"
    DROPPED = "dropped"


PLAN_STATE_LABELS = {
    PlanState.DRAFT: N_("Rancangan"),
    PlanState.SUBMITTED: N_("Diajukan"),
    PlanState.CHECKED_PA: N_("Divalidasi PA"),
    PlanState.CHECKED_SEKDA: N_("Divalidasi Sekda"),
    PlanState.VALIDATED: N_("Divalidasi BUD"),
    PlanState.DROPPED: N_("Dibatalkan"),
}
PLAN_DESKS = {  # who does the next step
    PlanState.DRAFT: N_("PPTK"),
    PlanState.SUBMITTED: N_("Pengguna Anggaran (PA)"),
    PlanState.CHECKED_PA: N_("Sekretaris Daerah"),
    PlanState.CHECKED_SEKDA: N_("Bendahara Umum Daerah (BUD)"),
}
NEXT_STATE = {
    PlanState.DRAFT: PlanState.SUBMITTED,
    PlanState.SUBMITTED: PlanState.CHECKED_PA,
    PlanState.CHECKED_PA: PlanState.CHECKED_SEKDA,
    PlanState.CHECKED_SEKDA: PlanState.VALIDATED,
}
OPEN_PLANS = tuple(NEXT_STATE)
WAITING_PLANS = OPEN_PLANS[1:]


class Way(StrEnum):
    """From what a line's twelve months are proposed."""

    CONTRACTS = "contracts"  # schedules of payments that the treasury knows
    LAST_YEAR = "last_year"  # the curve of last year's payments, else of its cash plan
    SHEET = "sheet"  # the months in which the sub kegiatan runs


WAY_LABELS = {
    Way.CONTRACTS: N_("Jadwal kontrak"),
    Way.LAST_YEAR: N_("Pola tahun lalu"),
    Way.SHEET: N_("Bulan pelaksanaan sub kegiatan"),
}


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """One writing of a unit's cash plan; ``version`` is what a writer must have read."""

    id: int
    year: int
    unit_id: int
    number: int
    state: PlanState
    version: int
    changed_at: datetime
    submitted_by: int | None = None
    pa_by: int | None = None
    sekda_by: int | None = None
    bud_by: int | None = None
    validated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PlanLineFacts:
    """A line in a plan: its months beside what is enacted, released and paid, in rupiah."""

    line_id: int
    sheet_id: int
    kind: SheetKind
    activity_code: str
    activity_name: str
    account_code: str
    account_name: str
    fund_code: str
    months: Months
    ceiling: Decimal
    released: Decimal = NIL
    paid: Decimal = NIL

    @property
    def total(self) -> Decimal:
        """Return the sum of the twelve months."""
        return sum(self.months, NIL)

    @property
    def spends(self) -> bool:
        """Tell whether money goes out on it: belanja, or pengeluaran pembiayaan."""
        is_out = self.kind is SheetKind.FINANCING and self.account_code.startswith("6.2")
        return self.kind is SheetKind.SPENDING or is_out

    @property
    def difference(self) -> Decimal:
        """Return what is planned more (or, negative, less) than what is enacted."""
        return self.total - self.ceiling


@dataclass(frozen=True, slots=True)
class PlanStepFacts:
    """A step in a plan's life: what, by whom, when, and why it was returned."""

    step: str
    by: int | None
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class UnitPlans:
    """A unit's place in the list: the plan in force, the one under way, and what does not fit."""

    unit_id: int
    ceiling: Decimal
    in_force: PlanFacts | None
    planned: Decimal
    under_way: PlanFacts | None
    unfit: int  # lines whose plan in force no longer is what is enacted (rak_belum_sesuai)

    @property
    def fits(self) -> bool:
        """Tell whether the plan in force plans exactly what is enacted."""
        return self.in_force is not None and self.unfit == 0
