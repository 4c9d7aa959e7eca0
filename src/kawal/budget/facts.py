"""All that crosses this module's border: the words and states of the budget."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kawal.kernel.words import N_


class Record(StrEnum):
    """Where a document is kept first: its system of record; each document has one."""

    HERE = "here"  # made, checked and enacted in Kawal
    SIPD = "sipd"  # the ministry's application; imported, checked, explained and published here
    FALLBACK = "fallback"  # kept here while SIPD is down, exported for later entry there


RECORD_LABELS = {
    Record.HERE: N_("Dikelola di sini"),
    Record.SIPD: N_("Sumber resmi: SIPD"),
    Record.FALLBACK: N_("Dikelola di sini sementara SIPD terganggu"),
}


class SheetKind(StrEnum):
    """What an RKA sheet plans (Permendagri 77/2020)."""

    SPENDING = "spending"  # RKA-Rincian Belanja of one sub kegiatan
    REVENUE = "revenue"  # RKA-Pendapatan
    FINANCING = "financing"  # RKA-Pembiayaan


SHEET_KIND_LABELS = {
    SheetKind.SPENDING: N_("Belanja"),
    SheetKind.REVENUE: N_("Pendapatan"),
    SheetKind.FINANCING: N_("Pembiayaan"),
}


class RevisionState(StrEnum):
    """How far a revision of a sheet is; sealed ones never change."""

    DRAFT = "draft"
    SUBMITTED = "submitted"  # by the PA or KPA
    VERIFIED = "verified"  # by the TAPD
    SEALED = "sealed"  # part of a version
    DROPPED = "dropped"  # given up; the sheet stays as it was


REVISION_STATE_LABELS = {
    RevisionState.DRAFT: N_("Rancangan"),
    RevisionState.SUBMITTED: N_("Diajukan"),
    RevisionState.VERIFIED: N_("Diverifikasi TAPD"),
    RevisionState.SEALED: N_("Ditetapkan"),
    RevisionState.DROPPED: N_("Dibatalkan"),
}


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


class IndicatorKind(StrEnum):
    """What an indicator of a sheet measures."""

    OUTCOME = "outcome"  # capaian program
    RESULT = "result"  # hasil kegiatan
    OUTPUT = "output"  # keluaran sub kegiatan


class Movement(StrEnum):
    """What moves a line's funds; each kind may touch only its own balances."""

    CEILING = "ceiling"  # enacted, or changed by a later version
    SHIFT = "shift"  # between lines; the sum stays
    RELEASE = "release"  # SPD, or less: its withdrawal
    COMMIT = "commit"  # a contract's value
    REDUCE = "reduce"  # less of it, or its end
    RESERVE = "reserve"  # a payment request begins
    UNRESERVE = "unreserve"  # it is refused or withdrawn
    PAY = "pay"  # SP2D settled
    RETURN = "return"  # money comes back to the same year's line


MOVEMENT_LABELS = {
    Movement.CEILING: N_("Penetapan pagu"),
    Movement.SHIFT: N_("Pergeseran"),
    Movement.RELEASE: N_("SPD"),
    Movement.COMMIT: N_("Komitmen kontrak"),
    Movement.REDUCE: N_("Pengurangan komitmen"),
    Movement.RESERVE: N_("Reservasi permintaan pembayaran"),
    Movement.UNRESERVE: N_("Pelepasan reservasi"),
    Movement.PAY: N_("Pembayaran"),
    Movement.RETURN: N_("Pengembalian pembayaran"),
}
NIL = Decimal("0.00")
BALANCES = ("ceiling", "released", "reserved", "committed", "paid")


@dataclass(frozen=True, slots=True)
class Delta:
    """What a movement adds to each balance of a line, in rupiah; less is negative."""

    ceiling: Decimal = NIL
    released: Decimal = NIL
    reserved: Decimal = NIL
    committed: Decimal = NIL
    paid: Decimal = NIL


@dataclass(frozen=True, slots=True)
class FundsFacts:
    """What a line has, in rupiah: enacted, released by SPD, requested, under contract, paid.

    ``committed`` is the value of contracts that is not yet requested; ``reserved`` are payment
    requests under way. UP and TU charge no line: they move cash.
    """

    line_id: int
    ceiling: Decimal = NIL
    released: Decimal = NIL
    reserved: Decimal = NIL
    committed: Decimal = NIL
    paid: Decimal = NIL

    @property
    def uncommitted(self) -> Decimal:
        """Return what new contracts or requests may still take of the ceiling."""
        return self.ceiling - self.committed - self.reserved - self.paid

    @property
    def payable(self) -> Decimal:
        """Return what requests may still take of the money released."""
        return self.released - self.reserved - self.paid

    @property
    def unreleased(self) -> Decimal:
        """Return what SPD may still release of the ceiling."""
        return self.ceiling - self.released

    def after(self, delta: Delta) -> "FundsFacts":
        """Return the balances with a movement added; they may be impossible."""
        return FundsFacts(
            self.line_id,
            self.ceiling + delta.ceiling,
            self.released + delta.released,
            self.reserved + delta.reserved,
            self.committed + delta.committed,
            self.paid + delta.paid,
        )


@dataclass(frozen=True, slots=True)
class FundSums:
    """Sums over the lines of a sheet, a unit or an agency, in rupiah."""

    ceiling: Decimal = NIL
    released: Decimal = NIL
    reserved: Decimal = NIL
    committed: Decimal = NIL
    paid: Decimal = NIL


@dataclass(frozen=True, slots=True)
class Paper:
    """The document that moves funds: its kind (``spd``, ``contract``, ``sp2d``...) and id."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A movement as booked, and its lines' balances: after it, or now when it was done before."""

    key: str
    deltas: dict[int, Delta]
    funds: dict[int, FundsFacts]
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class FundsFault:
    """A balance that differs from the sum of its entries, in rupiah."""

    line_id: int
    balance: str
    stored: Decimal
    entries: Decimal
