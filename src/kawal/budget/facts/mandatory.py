"""Mandatory spending and limits of the APBD: what a rule asks, what a budget gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from kawal.budget.facts.rka import FundBalance
from kawal.budget.facts.versions import Totals
from kawal.kernel.refusals import Reason
from kawal.kernel.words import N_
from kawal.nomenclature.facts import Certainty


class Bound(StrEnum):
    """Which side of its limit a sum must keep to."""

    LEAST = "least"
    MOST = "most"
    WITHIN = "within"


class Verdict(StrEnum):
    """What a rule says of a budget."""

    MET = "met"
    NOT_MET = "not_met"
    TRANSITION = "transition"  # not met, and the law still gives time
    UNDECIDABLE = "undecidable"  # a figure or a limit is missing; the reason names it
    ENDED = "ended"  # the law asks for it no more


VERDICT_LABELS = {
    Verdict.MET: N_("Terpenuhi"),
    Verdict.NOT_MET: N_("Belum terpenuhi"),
    Verdict.TRANSITION: N_("Belum terpenuhi, masih masa peralihan"),
    Verdict.UNDECIDABLE: N_("Belum dapat dinilai"),
    Verdict.ENDED: N_("Tidak berlaku lagi"),
}


class Trait(StrEnum):
    """What of a line a condition looks at; the value is the word that an officer writes."""

    ACCOUNT = "rekening"
    ACTIVITY = "kegiatan"
    FUNCTION = "fungsi"
    FUND = "dana"
    LABEL = "label"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Condition:
    """A line's trait is one of some values; codes count with all that stands below them."""

    trait: Trait
    values: tuple[str, ...]


Clause = tuple[Condition, ...]  # all of them


@dataclass(frozen=True, slots=True)
class Selection:
    """Which lines count: those of any clause, without those of any exclusion."""

    any_of: tuple[Clause, ...]
    none_of: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class CountedLine:
    """What of a line decides whether it counts: its codes, labels and the kind of its unit."""

    account: str
    activity: str = ""
    fund: str = ""
    labels: frozenset[str] = frozenset()
    unit_kind: str = ""


@dataclass(frozen=True, slots=True)
class Tier:
    """From which base, in rupiah, which rate and least amount hold; names of parameters."""

    from_amount: str  # "" is from nothing
    rate: str
    least: str = ""


@dataclass(frozen=True, slots=True)
class MandatoryRule:
    """A rule: its parts are names of parameters below ``budget.<key>.``, so that all are dated.

    The texts ``counts`` and ``base`` select lines, and ``less`` those to take off. The rate of the
    last tier that fits is in percent of the base. ``binding``: the first budget year in which it
    binds. ``ended``: the law that ended it. ``advisory``: good practice, not a duty.
    """

    key: str
    label: str
    bound: Bound
    tiers: tuple[Tier, ...] = (Tier("", "rate"),)
    most: str = ""
    binding: str = ""
    less: str = ""
    ended: str = ""
    advisory: bool = False
    without_villages: bool = False


@dataclass(frozen=True, slots=True)
class Sums:
    """What a budget plans for a rule, and the base of it, in rupiah; per rule's key."""

    counted: Decimal
    base: Decimal


@dataclass(frozen=True, slots=True)
class Context:
    """What else a rule needs to know: the budget's year, and whether the region has desa."""

    year: int
    has_villages: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says: its figures in rupiah, its verdict, and the law it stands on.

    ``difference`` is planned less required (at least), or allowed less planned (at most):
    negative is what is missing, or too much. Nothing where it cannot be said.
    """

    key: str
    label: str
    bound: Bound
    verdict: Verdict
    planned: Decimal | None = None
    base: Decimal | None = None
    rate: Decimal | None = None
    required: Decimal | None = None
    most: Decimal | None = None
    difference: Decimal | None = None
    share: Decimal | None = None
    advisory: bool = False
    binding: int | None = None
    legal_basis: str = ""
    certainty: Certainty | None = None
    why: Reason | None = None


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The whole answer: every rule's finding, the structure, the earmarked funds."""

    findings: tuple[Finding, ...]
    structure: Totals
    funds: tuple[FundBalance, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What one sheet gives to a rule, in rupiah, beside the rule's finding for the whole."""

    finding: Finding
    counted: Decimal


@dataclass(frozen=True, slots=True)
class CountingLine:
    """A line that counts for a rule, for the drill-down; amount in rupiah."""

    line_id: int
    sheet_id: int
    unit_id: int
    activity: str
    activity_name: str
    account: str
    account_name: str
    fund: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Law:
    """The parameters of one rule as they hold: values by name, and where they come from."""

    numbers: Mapping[str, Decimal] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    legal_basis: str = ""
    certainty: Certainty | None = None
