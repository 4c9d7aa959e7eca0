"""The budget's papers as plain facts: what each form of the regulation says, before it is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from kawal.budget.facts.funds import NIL
from kawal.budget.facts.rka import HeaderDraft, LineFacts
from kawal.kernel.words import N_

MONTHS = 12


class Form(StrEnum):
    """A form of Permendagri 77/2020, or of the Perda and Perkada about the APBD."""

    RKA_SUMMARY = "rka_summary"
    RKA_REVENUE = "rka_revenue"
    RKA_SPENDING = "rka_spending"  # all sub kegiatan, one line each
    RKA_DETAIL = "rka_detail"  # one sub kegiatan, to the component
    RKA_FINANCING = "rka_financing"
    DPA_SUMMARY = "dpa_summary"
    DPA_REVENUE = "dpa_revenue"
    DPA_SPENDING = "dpa_spending"
    DPA_DETAIL = "dpa_detail"
    DPA_FINANCING = "dpa_financing"
    CASH_PLAN = "cash_plan"
    SPD = "spd"
    APBD_SUMMARY = "apbd_summary"
    APBD_DETAIL = "apbd_detail"
    SHIFT = "shift"


@dataclass(frozen=True, slots=True)
class CodedName:
    """A code and what it stands for; a name alone has no code."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Head:
    """Whose form it is: government, year, number (empty before it has one), stage, its codes.

    ``chain`` are label, code and name from urusan to sub kegiatan, agency and unit.
    """

    government: str
    year: int
    number: str = ""
    stage: str = ""
    chain: tuple[tuple[str, CodedName], ...] = ()


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: the post, the name on record, the day; ``acted_at`` when he did so in Kawal."""

    post: str
    name: str = ""
    heading: str = ""
    place: str = ""
    day: date | None = None
    acted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Knowledge:
    """How well a form's layout is known: by which decree, from what, compared by somebody or not.

    It is a parameter of the law (``budget.form_compared.<form>``), so that whoever compares it
    can say so.
    """

    basis: str
    source: str
    is_compared: bool


@dataclass(frozen=True, slots=True)
class AmountRow:
    """A code with its amounts in rupiah; ``depth`` from 1. ``before`` only in a comparison."""

    code: str
    name: str
    amount: Decimal
    depth: int = 1
    before: Decimal | None = None
    months: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Leaf:
    """What stands at the bottom of a tree of codes, in rupiah."""

    code: str
    amount: Decimal
    before: Decimal | None = None
    months: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """What all forms have: which form, whose, who signs, how well its layout is known."""

    form: Form
    head: Head
    knowledge: Knowledge
    signers: tuple[Signer, ...] = ()
    team: tuple[Signer, ...] = ()  # the TAPD


@dataclass(frozen=True, slots=True)
class DetailSheet(Sheet):
    """One sub kegiatan to the component; ``names`` are those of the accounts above its lines.

    ``before`` holds what each line (by code of account and fund) had in the version before;
    without it nothing is compared. ``months`` is the cash plan of the sub kegiatan.
    """

    header: HeaderDraft = field(default_factory=HeaderDraft)
    places: str = ""
    lines: tuple[LineFacts, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    before: Mapping[tuple[str, str], Decimal] | None = None
    before_names: Mapping[tuple[str, str], str] = field(default_factory=dict)
    months: tuple[Decimal, ...] = ()

    @property
    def total(self) -> Decimal:
        """Return what the lines add up to."""
        return sum((line.amount for line in self.lines), NIL)


@dataclass(frozen=True, slots=True)
class TreeSheet(Sheet):
    """Accounts from the top down to some level; with ``before`` in its rows it compares.

    ``months`` is the cash plan of all its spending.
    """

    rows: tuple[AmountRow, ...] = ()
    compares: bool = False
    months: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class RecapRow:
    """A part of the urusan chain and what is spent below it, in rupiah by kind of spending."""

    code: str
    name: str
    depth: int
    operating: Decimal
    capital: Decimal
    contingency: Decimal
    transfer: Decimal
    before: Decimal | None = None
    fund: str = ""
    places: str = ""
    last_year: Decimal | None = None
    next_year: Decimal | None = None

    @property
    def total(self) -> Decimal:
        """Return all that is spent below it."""
        return self.operating + self.capital + self.contingency + self.transfer


@dataclass(frozen=True, slots=True)
class RecapSheet(Sheet):
    """What an agency spends, sub kegiatan by sub kegiatan."""

    rows: tuple[RecapRow, ...] = ()
    compares: bool = False


@dataclass(frozen=True, slots=True)
class PlanSheet(Sheet):
    """A cash plan: each row with its twelve months."""

    rows: tuple[AmountRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """A code of an SPD, in rupiah: enacted, released by SPD before, by this one."""

    code: str
    name: str
    depth: int
    ceiling: Decimal
    released: Decimal
    now: Decimal

    @property
    def left(self) -> Decimal:
        """Return what stays to be released after it."""
        return self.ceiling - self.released - self.now


@dataclass(frozen=True, slots=True)
class ReleaseSheet(Sheet):
    """An SPD: for whom, for which months, what it releases; ``total`` is its row of sums."""

    agency: CodedName = field(default_factory=lambda: CodedName("", ""))
    treasurer: str = ""
    first_month: int = 1
    last_month: int = MONTHS
    total: ReleaseRow = field(default_factory=lambda: ReleaseRow("", "", 0, NIL, NIL, NIL))
    rows: tuple[ReleaseRow, ...] = ()
    dpa_number: str = ""
    terms: str = ""


AnySheet = DetailSheet | TreeSheet | RecapSheet | PlanSheet | ReleaseSheet


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of one or more forms; a draft says so on every page."""

    title: str
    government: str
    year: int
    sheets: tuple[AnySheet, ...]
    is_draft: bool = True
    as_of: str = ""  # which version or revision it shows, in words


class Subject(StrEnum):
    """What is issued once, with a code by which anybody can check it."""

    DPA = "dpa"
    SPD = "spd"
    SUMMARY = "summary"  # of an enacted version
    DETAIL = "detail"  # its Penjabaran, one paper an agency


SUBJECT_LABELS = {
    Subject.DPA: N_("DPA"),
    Subject.SPD: N_("SPD"),
    Subject.SUMMARY: N_("Ringkasan APBD"),
    Subject.DETAIL: N_("Penjabaran APBD"),
}


@dataclass(frozen=True, slots=True)
class Issue:
    """A paper to issue: what, which one (its id), whose; ``on`` its day, ``number`` its number."""

    subject: Subject
    id: int
    agency_id: int | None
    on: date
    number: str = ""


@dataclass(frozen=True, slots=True)
class IssuedPaperFacts:
    """A paper that was issued: its code, where it is kept, whose it is (the city's: nobody's)."""

    subject: Subject
    code: str
    document_id: UUID
    agency_id: int | None
