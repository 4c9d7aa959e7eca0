"""Who acts for which unit on which day of the demo's past."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from kawal.demo.budget.sheets import BudgetPlan, PlannedSheet
from kawal.demo.facts.agencies import AGENCIES, BY_SHORT, DemoAgency
from kawal.demo.facts.people import POSTS
from kawal.demo.filling.government import Government
from kawal.regions import queries as regions
from kawal.regions.facts import Actor

TEN_IN_THE_MORNING = 3  # of UTC, in Sumatra


@dataclass(slots=True)
class Officers:
    """The city's officers, asked for by role and unit, and the plan that they carry out."""

    government: Government
    plan: BudgetPlan
    known: dict[tuple[str, datetime], Actor] = field(default_factory=dict)

    def of_city(self, role: str, at: datetime) -> Actor:
        """Return who holds a role of the whole city."""
        return self._actor(_holders()[role, ""][0], at)

    def of_unit(self, role: str, unit: str, at: datetime, *, but: Collection[str] = ()) -> Actor:
        """Return who holds a role in a unit, by its short name, on a day; else in its agency.

        ``but`` are keys of persons who may not: they take another step on the same paper.

        :raises LookupError: when nobody does.
        """
        agency = BY_SHORT[unit]
        while True:
            for key in _holders().get((role, agency.short), ()):
                if key in but:
                    continue
                actor = self._actor(key, at)
                if any(
                    one.role.value == role and one.agency_id == self.id_of(agency.short)
                    for one in actor.appointments
                ):
                    return actor
            if not agency.parent:
                raise LookupError(f"no {role} of {unit} at {at}")
            agency = top_of(agency)

    def id_of(self, unit: str) -> int:
        """Return a unit's id."""
        return self.government.agencies[unit]

    def sheets(self, unit: str = "") -> list[PlannedSheet]:
        """Return the planned sheets; of one unit when it is named."""
        return [one for one in self.plan.sheets if unit in ("", one.unit)]

    def agencies(self) -> list[str]:
        """Return the short names of the agencies that plan something, each with its units."""
        return list(dict.fromkeys(top_short(one.unit) for one in self.plan.sheets))

    def units(self) -> list[str]:
        """Return the short names of the units that plan something."""
        return list(dict.fromkeys(one.unit for one in self.plan.sheets))

    def _actor(self, key: str, at: datetime) -> Actor:
        if (key, at) not in self.known:
            person = self.government.persons[key]
            self.known[key, at] = regions.actor(person, None, at)
        return self.known[key, at]


def top_of(unit: DemoAgency) -> DemoAgency:
    """Return the agency that a unit belongs to, itself for an agency."""
    return next(one for one in AGENCIES if one.code == (unit.parent or unit.code))


def top_short(unit: str) -> str:
    """Return the short name of the agency that a unit belongs to."""
    return top_of(BY_SHORT[unit]).short


def moment(year: int, month: int, day: int, minute: int = 0) -> datetime:
    """Return an instant of office hours on a day."""
    return datetime(year, month, day, TEN_IN_THE_MORNING, tzinfo=UTC) + timedelta(minutes=minute)


def _holders() -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for post in POSTS:
        found.setdefault((post.role, post.agency), []).append(post.person)
    return found
