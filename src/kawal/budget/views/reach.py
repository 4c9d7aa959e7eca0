"""How far a reader of the year's budget sees: his agencies, one of them chosen, their sums."""

from dataclasses import dataclass

from django.http import HttpRequest

from kawal.budget import queries
from kawal.budget.facts import Totals
from kawal.budget.queries.dpa import units_of_skpd
from kawal.budget.queries.years import above
from kawal.kernel.refusals import NotThere
from kawal.regions.facts import AgencyFacts
from kawal.regions.middleware import actor_of
from kawal.regions.permissions import scope

Units = frozenset[int] | None


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """An SKPD with what it and its units add up to, in rupiah."""

    agency: AgencyFacts
    totals: Totals


def within(request: HttpRequest, act: str) -> Units:
    """Return the units in which the reader may do an act; ``None`` for the whole city."""
    return scope(actor_of(request), act).only


def agencies_within(year: int, reach: Units) -> list[AgencyFacts]:
    """Return the SKPD (or the units, for who sees only those) that a reader sees, by code."""
    units = queries.standing(year)
    if reach is None:
        found = [one for one in units.values() if one.parent_id is None]
    else:
        found = [one for one in units.values() if one.id in reach and one.parent_id not in reach]
    return sorted(found, key=lambda one: one.code)


def chosen_units(asked: str, year: int, reach: Units) -> tuple[AgencyFacts | None, Units]:
    """Return the agency asked for, and the units to show: its own, or all that the reader sees.

    :raises NotThere: when it does not exist or the reader may not see it.
    """
    if not asked:
        return None, reach
    agency = queries.standing(year).get(int(asked)) if asked.isdigit() else None
    if agency is None or (reach is not None and agency.id not in reach):
        raise NotThere(f"agency {asked}")
    return agency, frozenset(units_of_skpd(agency.id, year))


def agency_rows(version_id: int, year: int, reach: Units) -> list[AgencyRow]:
    """Return what each SKPD that the reader sees adds up to in a version, by code."""
    units = queries.standing(year)
    sums: dict[int, Totals] = {}
    seen = {one.id for one in agencies_within(year, reach)}
    for unit, own in queries.totals_by_unit(version_id).items():
        top = next((one for one in reversed(above(unit, units)) if one in seen), None)
        if top is not None:
            sums[top] = sums.get(top, Totals()) + own
    rows = [AgencyRow(units[top], totals) for top, totals in sums.items()]
    return sorted(rows, key=lambda row: row.agency.code)
