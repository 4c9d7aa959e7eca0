"""What the wall shows: frozen facts without a personal name, each with its age and its owner."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from kawal.monitoring.facts import State


@dataclass(frozen=True, slots=True)
class Tile:
    """One agency's light: why it is so, since when, and until when the data count as fresh."""

    agency_id: int
    short: str
    name: str
    state: State
    why: str
    since: datetime | None
    as_of: datetime | None
    stale_at: datetime | None
    total: int
    bad: int

    @property
    def element(self) -> str:
        """Return the id of its element on the page."""
        return f"opd-{self.agency_id}"


@dataclass(frozen=True, slots=True)
class Need:
    """Something that waits for a decision: what, whose, since when, and what happens next."""

    href: str
    state: State
    what: str
    whose: str
    since: datetime
    next: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the live feed."""

    at: datetime
    state: State
    what: str
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the day with its source, owner, time and (where one is set) its target."""

    key: str
    label: str
    value: str
    unit: str
    target: str
    owner: str
    as_of: datetime | None
    href: str
    is_missed: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A kelurahan on the map: its outline and the state of its office's applications."""

    href: str
    name: str
    path: str
    x: float
    y: float
    state: State | None


@dataclass(frozen=True, slots=True)
class CityMap:
    """The map ready to draw."""

    view_box: str
    places: tuple[Place, ...]
    is_schematic: bool

    @property
    def label_size(self) -> float:
        """Return a letter's height in the map's own units."""
        return round(float(self.view_box.split()[3]) / 14, 2)


@dataclass(frozen=True, slots=True)
class MoneyBar:
    """One agency's year in rupiah and as shares of its ceiling (0 to 1); ``plan`` is to date.

    ``bound`` is under contract, requested or paid.
    """

    name: str
    short: str
    href: str
    ceiling: Decimal
    released: Decimal
    bound: Decimal
    paid: Decimal
    plan: Decimal

    def share(self, amount: Decimal) -> float:
        """Return an amount's share of the ceiling, for drawing."""
        return float(amount / self.ceiling) if self.ceiling else 0.0


@dataclass(frozen=True, slots=True)
class Money:
    """What became of the year's spending: the city's, and each agency's."""

    year: int
    as_of: datetime
    city: MoneyBar
    agencies: tuple[MoneyBar, ...]


@dataclass(frozen=True, slots=True)
class Wall:
    """Everything on the wall at one instant."""

    at: datetime
    tiles: tuple[Tile, ...]
    needs: tuple[Need, ...]
    lines: tuple[Line, ...]
    figures: tuple[Figure, ...]
    map: CityMap | None = None
    counts: Mapping[str, int] = field(default_factory=dict)  # by the state's word
    needs_total: int = 0
    money: Money | None = None


@dataclass(frozen=True, slots=True)
class ScreenFacts:
    """A screen as the people who look after the room see it."""

    id: int
    code: str
    name: str
    asked_at: datetime
    asked_from: str
    paired_at: datetime | None
    paired_by_id: int | None
    expires_at: datetime
    revoked_at: datetime | None
    last_seen_at: datetime | None
