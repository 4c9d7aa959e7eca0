"""What the public status page shows, put together: public applications and incidents only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from kawal.monitoring import presenters
from kawal.monitoring import queries as monitoring
from kawal.monitoring.facts import ApplicationFacts, IncidentFacts, Light, State
from kawal.regions import queries as regions

DAYS = 90


@dataclass(frozen=True, slots=True)
class Service:
    """One public application: how it stands, whose it is."""

    facts: ApplicationFacts
    light: Light
    agency: str

    @property
    def element(self) -> str:
        """Return the id of its element on the page."""
        return f"app-{self.facts.id}"


@dataclass(frozen=True, slots=True)
class Status:
    """Everything public at an instant."""

    at: datetime
    services: Sequence[Service]
    incidents: Sequence[IncidentFacts]

    @property
    def counts(self) -> Mapping[State, int]:
        """Return how many applications stand in each state."""
        return {one: sum(s.light.state is one for s in self.services) for one in State}

    @property
    def as_of(self) -> datetime | None:
        """Return the time of the latest result."""
        return max((s.light.as_of for s in self.services if s.light.as_of), default=None)

    @property
    def open(self) -> list[IncidentFacts]:
        """Return the incidents that are not over."""
        return [one for one in self.incidents if one.resolved_at is None]

    @property
    def over(self) -> list[IncidentFacts]:
        """Return the recent ones that are."""
        return [one for one in self.incidents if one.resolved_at is not None]


def status(at: datetime) -> Status:
    """Return what is public now, what is in trouble first."""
    pairs = monitoring.public_applications()
    names = regions.agency_names({facts.agency_id for facts, _ in pairs}, regions.today(at))
    services = [Service(facts, light, names.get(facts.agency_id, "")) for facts, light in pairs]
    services.sort(key=lambda one: -one.light.state.weight)
    return Status(at, services, monitoring.public_incidents(at))


def strips(found: Status) -> dict[int, tuple[Any, str]]:
    """Return for each application its last days as a drawing, and its availability in them."""
    today = regions.today(found.at)
    first, red_after = first_day(today), monitoring.policy(today).red_after
    ids = [one.facts.id for one in found.services]
    days = monitoring.daily_uptimes(ids, first, today, at=found.at)
    return {
        id: (presenters.days_strip(each, first, red_after), presenters.share(each))
        for id, each in days.items()
    }


def first_day(today: date) -> date:
    """Return the first day of the strips."""
    return today - timedelta(days=DAYS - 1)
