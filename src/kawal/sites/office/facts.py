"""What the desk shows, put together from the modules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from kawal.budget.facts import Execution
from kawal.monitoring.facts import (
    ApplicationFacts,
    Criticality,
    IncidentFacts,
    Light,
    State,
    Uptime,
)
from kawal.monitoring.overviews import AgencyMonth, Need
from kawal.regions.facts import AgencyFacts


@dataclass(frozen=True, slots=True)
class Desk:
    """One officer's morning: what waits for him, and how what he looks after stands."""

    needs: Sequence[Need]
    needs_total: int
    lights: Sequence[Light]
    counts: Mapping[State, int]
    incidents: Sequence[IncidentFacts]
    unread: int
    proposals: int
    names: Mapping[int, AgencyFacts]

    @property
    def total(self) -> int:
        """Return how many applications he looks after."""
        return sum(self.counts.values())

    @property
    def hidden(self) -> int:
        """Return how many run and are not shown one by one."""
        return self.total - len(self.lights)

    @property
    def down(self) -> int:
        """Return how many applications fail."""
        return self.counts[State.DOWN]


@dataclass(frozen=True, slots=True)
class Inventory:
    """An agency's inventory in figures; rupiah a year."""

    applications: Sequence[ApplicationFacts]
    cost: Decimal
    idle: int
    idle_cost: Decimal
    undecided: int
    ending: Sequence[ApplicationFacts]
    critical: int = field(default=0)

    @classmethod
    def of(
        cls,
        applications: Sequence[ApplicationFacts],
        idle: Sequence[ApplicationFacts],
        ending: Sequence[ApplicationFacts],
    ) -> "Inventory":
        """Return the figures of these applications."""
        return cls(
            applications=applications,
            cost=sum((one.cost or Decimal(0) for one in applications), Decimal(0)),
            idle=len(idle),
            idle_cost=sum((one.cost or Decimal(0) for one in idle), Decimal(0)),
            undecided=sum(one.decision.value == "undecided" for one in applications),
            ending=ending,
            critical=sum(one.criticality is Criticality.CRITICAL for one in applications),
        )


@dataclass(frozen=True, slots=True)
class AgencyPage:
    """How an agency is doing: now, and over a month."""

    agency: AgencyFacts
    units: Sequence[AgencyFacts]
    light: Light | None
    lights: Sequence[Light]
    needs: Sequence[Need]
    month: AgencyMonth
    uptimes: Mapping[int, Uptime]
    inventory: Inventory
    months: Sequence[date]
    money: Execution | None = None  # of this year, for who may see the funds
