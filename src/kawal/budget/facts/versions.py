"""Words of the year's versions and of the papers that give them force."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from kawal.budget.facts.funds import NIL
from kawal.budget.facts.sheets import RevisionState
from kawal.kernel.words import N_


class VersionKind(StrEnum):
    """What a version of the year's budget is, in the order in which they follow."""

    RKA = "rka"  # every RKA-SKPD, verified
    RAPBD = "rapbd"  # handed to the DPRD
    APBD = "apbd"  # enacted by Perda
    PENJABARAN = "penjabaran"  # detailed by Perkada; the DPA are made from it
    INTERIM = "interim"  # Perkada for urgent and binding spending while there is no APBD
    SHIFT = "shift"  # pergeseran
    EFFICIENCY = "efficiency"  # cut ordered from above in mid-year
    PERUBAHAN = "perubahan"  # P-APBD by Perda, once a year
    PENJABARAN_PERUBAHAN = "penjabaran_perubahan"


VERSION_KIND_LABELS = {
    VersionKind.RKA: N_("RKA"),
    VersionKind.RAPBD: N_("RAPBD"),
    VersionKind.APBD: N_("APBD"),
    VersionKind.PENJABARAN: N_("Penjabaran APBD"),
    VersionKind.INTERIM: N_("Perkada sebelum APBD"),
    VersionKind.SHIFT: N_("Pergeseran"),
    VersionKind.EFFICIENCY: N_("Efisiensi"),
    VersionKind.PERUBAHAN: N_("Perubahan APBD"),
    VersionKind.PENJABARAN_PERUBAHAN: N_("Penjabaran Perubahan APBD"),
}


class Instrument(StrEnum):
    """The paper that gives a version its force."""

    NONE = ""
    PERDA = "perda"
    PERKADA = "perkada"
    SEKDA = "sekda"  # approval of the Sekda
    PPKD = "ppkd"  # approval of the PPKD
    PA = "pa"  # approval of the PA


INSTRUMENT_LABELS = {
    Instrument.NONE: N_("Tanpa dasar hukum tersendiri"),
    Instrument.PERDA: N_("Peraturan Daerah"),
    Instrument.PERKADA: N_("Peraturan Kepala Daerah"),
    Instrument.SEKDA: N_("Persetujuan Sekretaris Daerah"),
    Instrument.PPKD: N_("Persetujuan PPKD"),
    Instrument.PA: N_("Persetujuan PA"),
}


@dataclass(frozen=True, slots=True)
class Totals:
    """What a budget adds up to, in rupiah, and the identities of its structure (PP 12/2019)."""

    revenue: Decimal = NIL
    spending: Decimal = NIL
    financing_in: Decimal = NIL
    financing_out: Decimal = NIL

    def __add__(self, other: "Totals") -> "Totals":
        """Return both together."""
        return Totals(
            self.revenue + other.revenue,
            self.spending + other.spending,
            self.financing_in + other.financing_in,
            self.financing_out + other.financing_out,
        )

    @property
    def surplus(self) -> Decimal:
        """Return revenue - spending; a deficit is negative."""
        return self.revenue - self.spending

    @property
    def financing(self) -> Decimal:
        """Return financing in - financing out (pembiayaan neto)."""
        return self.financing_in - self.financing_out

    @property
    def left(self) -> Decimal:
        """Return SILPA of the year: what no line uses; zero in a budget that balances."""
        return self.surplus + self.financing


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """A version of a year's budget: what it is, what gives it force, who made it and when."""

    id: int
    year: int
    number: int
    kind: VersionKind
    parent_id: int | None
    stage: str
    instrument: Instrument
    instrument_number: str
    instrument_date: date | None
    title: str
    digest: str
    made_at: datetime
    made_by: int | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A verified revision that may become part of the next version.

    ``head_revision_id`` is what the newest version holds of its sheet, ``none`` for a new sheet.
    """

    revision_id: int
    sheet_id: int
    unit_id: int
    state: RevisionState
    based_on_id: int | None
    head_revision_id: int | None
    verified_by: int | None
    label: str


@dataclass(frozen=True, slots=True)
class Node:
    """A code of a tree with the sum of all lines under it, in rupiah; ``level`` counts from 1."""

    code: str
    name: str
    level: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Compared:
    """A line, account or agency in two versions, in rupiah; what is less is negative."""

    key: str
    name: str
    before: Decimal
    after: Decimal

    @property
    def difference(self) -> Decimal:
        """Return after - before."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """A line in two versions, in rupiah, with where it stands."""

    line_id: int
    sheet_id: int
    unit_id: int
    activity: str
    activity_name: str
    account: str
    account_name: str
    fund: str
    fund_name: str
    before: Decimal
    after: Decimal

    @property
    def difference(self) -> Decimal:
        """Return after - before."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class ComparedLines:
    """A page of lines that two versions hold, with the sums and number of all of them."""

    lines: tuple[ComparedLine, ...]
    count: int
    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class Enacted:
    """What is enacted for an account of a unit and fund, in rupiah: the ledger's budget column."""

    unit_id: int
    account_id: int
    account: str
    fund_id: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class VersionFault:
    """Where what is stored is not what was enacted: the version, the place, both values."""

    version: str
    place: str
    what: str
    stored: str
    found: str
