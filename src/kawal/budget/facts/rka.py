"""An RKA sheet as it crosses the border: what an officer writes, and what is read of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from kawal.budget.facts.sheets import IndicatorKind, Record, RevisionState, SheetKind
from kawal.kernel.words import N_

ZERO = Decimal("0.00")
MOST_VOLUMES = 4


class Step(StrEnum):
    """A step in the life of a revision."""

    BEGUN = "begun"
    SUBMITTED = "submitted"
    SENT_BACK = "sent_back"
    VERIFIED = "verified"
    DROPPED = "dropped"


STEP_LABELS = {
    Step.BEGUN: N_("Rancangan dibuka"),
    Step.SUBMITTED: N_("Diajukan"),
    Step.SENT_BACK: N_("Dikembalikan"),
    Step.VERIFIED: N_("Diverifikasi TAPD"),
    Step.DROPPED: N_("Dibatalkan"),
}
INDICATOR_KIND_LABELS = {
    IndicatorKind.OUTCOME: N_("Capaian program"),
    IndicatorKind.RESULT: N_("Hasil kegiatan"),
    IndicatorKind.OUTPUT: N_("Keluaran sub kegiatan"),
}


@dataclass(frozen=True, slots=True)
class Volume:
    """One factor of a component's coefficient: 3 Orang."""

    amount: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class ComponentDraft:
    """A component as written: one to four volumes x price in rupiah x (1 + tax percent)."""

    name: str
    price: Decimal
    volumes: tuple[Volume, ...]
    tax: Decimal = Decimal(0)
    specification: str = ""
    group: str = ""
    note: str = ""
    price_item_id: int | None = None  # the standard price that it was taken from


@dataclass(frozen=True, slots=True)
class LineDraft:
    """An account and fund with its components; ``previous_id`` is last year's line it goes on."""

    account_id: int
    fund_id: int
    previous_id: int | None = None
    components: tuple[ComponentDraft, ...] = ()
    rkpd_item: UUID | None = None


@dataclass(frozen=True, slots=True)
class IndicatorDraft:
    """What the sheet promises: a measure, a target and its unit."""

    kind: IndicatorKind
    measure: str
    target: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class HeaderDraft:
    """The head of a sheet; ``places`` are region codes, months 1 to 12, amounts in rupiah."""

    places: tuple[str, ...] = ()
    place_text: str = ""
    first_month: int = 1
    last_month: int = 12
    target_group: str = ""
    last_year: Decimal = ZERO
    next_year: Decimal = ZERO
    labels: tuple[str, ...] = ()
    indicators: tuple[IndicatorDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class CeilingDraft:
    """A ceiling in rupiah; without an activity the whole unit's, without a fund of all funds."""

    unit_id: int
    amount: Decimal
    activity_id: int | None = None
    fund_id: int | None = None


@dataclass(frozen=True, slots=True)
class CodedCeiling:
    """A ceiling in rupiah as people write it, by codes; empty as in :class:`CeilingDraft`."""

    unit: str
    amount: Decimal
    activity: str = ""
    fund: str = ""


@dataclass(frozen=True, slots=True)
class CeilingFacts:
    """A ceiling in force and what is planned against it, in rupiah."""

    unit_id: int
    activity_id: int | None
    fund_id: int | None
    round: int
    amount: Decimal
    agreement_number: str
    planned: Decimal = ZERO
    unit_name: str = ""
    activity_code: str = ""
    activity_name: str = ""
    fund_code: str = ""
    fund_name: str = ""

    @property
    def left(self) -> Decimal:
        """Return what may still be planned; below zero it is planned too much."""
        return self.amount - self.planned


@dataclass(frozen=True, slots=True)
class YearFacts:
    """A budget year and the decrees whose codes it uses."""

    year: int
    accounts_id: int
    activities_id: int
    funds_id: int
    opened_at: datetime
    opened_by: int | None


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """A sheet: whose it is and what it plans; an activity only when it plans spending."""

    id: int
    year: int
    unit_id: int
    kind: SheetKind
    activity_id: int | None = None
    activity_code: str = ""
    activity_name: str = ""
    unit_code: str = ""
    unit_name: str = ""
    top_code: str = ""  # of the SKPD that the unit belongs to


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A sheet in a list: its newest revision that was not dropped, its total, its ceiling."""

    id: int
    unit_id: int
    unit_name: str
    kind: SheetKind
    activity_id: int | None
    activity_code: str
    activity_name: str
    revision_id: int | None
    state: RevisionState | None
    record: Record
    total: Decimal
    ceiling: Decimal | None
    open_notes: int = 0
    changed_at: datetime | None = None

    @property
    def left(self) -> Decimal | None:
        """Return what the ceiling still has; nothing where no ceiling is set."""
        return None if self.ceiling is None else self.ceiling - self.total


@dataclass(frozen=True, slots=True)
class RevisionFacts:
    """How far a revision is and by whom; ``version`` is what a writer must have read."""

    id: int
    sheet_id: int
    number: int
    state: RevisionState
    record: Record
    version: int
    changed_at: datetime
    changed_by: int | None
    submitted_by: int | None = None
    submitted_at: datetime | None = None
    verified_by: int | None = None
    verified_at: datetime | None = None
    based_on_id: int | None = None


@dataclass(frozen=True, slots=True)
class ComponentFacts:
    """A component as kept; ``amount`` is the database's, in rupiah, rounded to the sen."""

    id: int
    position: int
    draft: ComponentDraft
    amount: Decimal
    standard_price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class LineFacts:
    """A line of a revision with its components; ``amount`` in rupiah is their sum."""

    line_id: int
    account_id: int
    account_code: str
    account_name: str
    fund_id: int
    fund_code: str
    fund_name: str
    amount: Decimal
    flags: frozenset[str] = frozenset()
    account_level: int = 6
    previous_id: int | None = None
    rkpd_item: UUID | None = None
    components: tuple[ComponentFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """All that a revision says; ``total`` in rupiah is the sum of its lines."""

    revision: RevisionFacts
    header: HeaderDraft
    lines: tuple[LineFacts, ...]
    total: Decimal

    @property
    def indicators(self) -> tuple[IndicatorDraft, ...]:
        """Return what the sheet promises."""
        return self.header.indicators

    def components(self) -> Iterator[ComponentFacts]:
        """Yield the components of all lines in their order."""
        for line in self.lines:
            yield from line.components


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save made: the revision's new version, and the line and component written."""

    version: int
    line_id: int | None = None
    component_id: int | None = None


@dataclass(frozen=True, slots=True)
class NoteFacts:
    """A verifier's note on a line (none: on the whole sheet), open until it is answered."""

    id: int
    revision_id: int
    line_id: int | None
    text: str
    author_id: int
    at: datetime
    answer: str = ""
    answered_by: int | None = None
    answered_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether nobody answered yet."""
        return self.answered_at is None


@dataclass(frozen=True, slots=True)
class StepFacts:
    """A step in a revision's life: which, by whom, when, and why it was sent back or dropped."""

    step: Step
    by: int | None
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class HandOverFacts:
    """A document that changed its system of record: from where to where, by whom, when, why."""

    document_kind: str
    document_id: int
    from_record: Record
    to_record: Record
    reason: str
    by: int
    at: datetime
    source: str = ""
    external_id: str = ""
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """A sum of planned lines in rupiah, under a code: an account's, a fund's or a unit's."""

    code: str
    name: str
    amount: Decimal
    level: int = 0


@dataclass(frozen=True, slots=True)
class Room:
    """What a sheet is measured against, in rupiah; nothing where no ceiling is set.

    ``unit`` is the ceiling of the whole unit less what its other sheets plan; ``funds`` are
    ceilings of the sheet by fund. ``exact``: at submission the ceiling must be used whole.
    """

    sheet: Decimal | None = None
    unit: Decimal | None = None
    funds: dict[int, Decimal] = field(default_factory=dict)
    exact: bool = False


@dataclass(frozen=True, slots=True)
class FundBalance:
    """A fund in a year's plan: what comes in and what is planned out of it, in rupiah."""

    code: str
    name: str
    is_earmarked: bool
    revenue: Decimal = ZERO
    planned: Decimal = ZERO

    @property
    def difference(self) -> Decimal:
        """Return what comes in and is not planned yet; negative is spent twice."""
        return self.revenue - self.planned


@dataclass(frozen=True, slots=True)
class Law:
    """What the rules of RKA take from the dated parameters, each a tuple of codes.

    Accounts by prefix; sub kegiatan by what follows the bidang; agencies by bidang urusan, where
    ``*`` is any of them.
    """

    salary_accounts: tuple[str, ...]
    salary_activities: tuple[str, ...]
    treasury_bidang: tuple[str, ...]
    treasury_accounts: tuple[str, ...]
    grant_bidang: tuple[str, ...]
    works_accounts: tuple[str, ...]
