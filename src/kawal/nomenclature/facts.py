"""All that crosses this module's border: decrees, accounts, activities, funds, parameters."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from kawal.kernel.words import N_


class Certainty(StrEnum):
    """How sure a reference value is; shown beside it until somebody compares it with the law."""

    VERIFIED = "verified"  # read in the decree itself
    RECALLED = "recalled"  # believed right, the article not read again
    UNVERIFIED = "unverified"  # differs by source; decide it before relying on it


CERTAINTY_LABELS = {
    Certainty.VERIFIED: N_("Sudah dibandingkan dengan peraturannya"),
    Certainty.RECALLED: N_("Diingat dari peraturannya, belum dibandingkan"),
    Certainty.UNVERIFIED: N_("Belum dipastikan"),
}


class ActivityLevel(StrEnum):
    """A rung of the urusan chain (Permendagri 90/2019)."""

    URUSAN = "urusan"
    BIDANG = "bidang"
    PROGRAM = "program"
    KEGIATAN = "kegiatan"
    SUB_KEGIATAN = "sub_kegiatan"


ACTIVITY_LEVEL_LABELS = {
    ActivityLevel.URUSAN: N_("Urusan"),
    ActivityLevel.BIDANG: N_("Bidang urusan"),
    ActivityLevel.PROGRAM: N_("Program"),
    ActivityLevel.KEGIATAN: N_("Kegiatan"),
    ActivityLevel.SUB_KEGIATAN: N_("Sub kegiatan"),
}

ACCOUNT_LEVEL_LABELS: Mapping[int, str] = {
    1: N_("Akun rekening"),
    2: N_("Kelompok"),
    3: N_("Jenis rekening"),
    4: N_("Objek rekening"),
    5: N_("Rincian objek"),
    6: N_("Sub rincian objek"),
}


class CodeKind(StrEnum):
    """The trees of codes that a budget line stands on."""

    ACCOUNT = "account"
    ACTIVITY = "activity"
    FUND = "fund"


CODE_KIND_LABELS = {
    CodeKind.ACCOUNT: N_("Rekening"),
    CodeKind.ACTIVITY: N_("Program, kegiatan dan sub kegiatan"),
    CodeKind.FUND: N_("Sumber dana"),
}


@dataclass(frozen=True, slots=True)
class DecreeFacts:
    """A decree that defines codes; silent where it says nothing, and then ``amends`` speaks."""

    id: int
    code: str
    title: str
    amends_id: int | None
    valid_from: date
    valid_until: date | None
    certainty: Certainty
    ending_digits: int | None


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """An account; ``flags`` say how its lines behave (see ``flags.py``)."""

    id: int
    code: str
    name: str
    level: int
    parent_id: int | None
    flags: frozenset[str]
    decree_id: int
    is_active: bool


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """An urusan, bidang, program, kegiatan or sub kegiatan."""

    id: int
    code: str
    name: str
    level: ActivityLevel
    parent_id: int | None
    indicator: str
    unit: str
    decree_id: int
    is_active: bool

    @property
    def of_city(self) -> bool:
        """Tell whether a city may use it: 2 in the place of the kewenangan, or none there yet."""
        parts = self.code.split(".")
        return len(parts) < 4 or parts[3] == "2"


@dataclass(frozen=True, slots=True)
class FundFacts:
    """A source of money."""

    id: int
    code: str
    name: str
    level: int
    parent_id: int | None
    is_earmarked: bool
    decree_id: int
    is_active: bool


@dataclass(frozen=True, slots=True)
class FunctionFacts:
    """A function of government, and the bidang urusan that serve it."""

    code: str
    name: str
    bidang: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CodeDraft:
    """A code as a list names it; ``line`` is where, ``parent`` the code above it."""

    line: int
    decree: str
    code: str
    name: str
    parent: str
    is_active: bool = True
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ParameterFacts:
    """A rate, limit or deadline of the law, as it holds from a day to another, both included.

    One of ``number`` and ``text`` is there. ``id`` is nothing for what the product came with.
    """

    key: str
    label: str
    number: Decimal | None
    text: str
    unit: str
    valid_from: date
    valid_until: date | None
    legal_basis: str
    certainty: Certainty
    id: int | None = None


@dataclass(frozen=True, slots=True)
class ParameterDraft:
    """An amendment as somebody proposes it."""

    key: str
    number: Decimal | None
    text: str
    valid_from: date
    legal_basis: str
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """An amendment that waits for a second person, or what became of it."""

    id: int
    state: str
    value: ParameterFacts
    proposed_by: int
    proposed_at: datetime
    decided_by: int | None
    decided_at: datetime | None
