"""What a line has left, and what moves it."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kawal.kernel.words import N_


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
MONEY_NEWS = '{"kind": "budget"}'  # announced to live pages when ceilings or releases change
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
