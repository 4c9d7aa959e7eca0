"""Puts the desk's pages together from what the modules answer, inside the reader's scope."""

from datetime import date, datetime, timedelta

from kawal.budget import queries as budget
from kawal.budget.facts import Execution
from kawal.budget.queries.execution import together
from kawal.messages import queries as messages
from kawal.monitoring import idleness
from kawal.monitoring import queries as monitoring
from kawal.monitoring.facts import Light, State
from kawal.monitoring.permissions import CONFIGURE
from kawal.regions import permissions
from kawal.regions import queries as regions
from kawal.regions.facts import Actor, AgencyFacts, Scope
from kawal.sites.office.facts import AgencyPage, Desk, Inventory

MOST_NEEDS = 12
FEW = 12
MONTHS_BACK = 11


def desk(actor: Actor, scope: Scope) -> Desk:
    """Return what waits for an officer and how what he looks after stands."""
    on = regions.today(actor.at)
    needs = monitoring.needs_decision(actor.at, scope=scope)
    lights = [one for one in monitoring.application_lights() if one.agency_id in scope]
    ids = {one.agency_id for one in lights} | {one.agency_id for one in needs if one.agency_id}
    return Desk(
        needs=needs[:MOST_NEEDS],
        needs_total=len(needs),
        lights=_shown(lights),
        counts={state: sum(one.state is state for one in lights) for state in State},
        incidents=monitoring.open_incidents(scope),
        unread=messages.unread(actor.person_id) if actor.person_id else 0,
        proposals=len(monitoring.proposals(permissions.scope(actor, CONFIGURE))),
        names={one.id: one for one in regions.agencies(on, ids=ids, with_closed=True)},
    )


def _shown(lights: list[Light]) -> list[Light]:
    """Return all of a few; of many only those that need a look."""
    return lights if len(lights) <= FEW else [one for one in lights if one.state is not State.UP]


def agencies(scope: Scope, on: date) -> list[AgencyFacts]:
    """Return the active agencies inside a scope, by code."""
    return regions.agencies(on, ids=scope.only)


def agency_page(
    agency_id: int, month: date, at: datetime, *, with_money: bool = False
) -> AgencyPage:
    """Return how an agency is doing now and did over a month.

    :raises NotThere: when there is no such agency.
    """
    on = regions.today(at)
    only = Scope(agency_ids=frozenset({agency_id}))
    policy = monitoring.policy(on)
    applications = monitoring.applications_of([agency_id])
    found = monitoring.agency_month(agency_id, month, at)
    return AgencyPage(
        agency=regions.agency(agency_id, on),
        units=regions.units_of(agency_id, on),
        light=next((one for one in monitoring.agency_lights(on) if one.id == agency_id), None),
        lights=monitoring.application_lights(agency_id),
        needs=monitoring.needs_decision(at, scope=only),
        month=found,
        uptimes={one.application_id: one for one in found.uptimes},
        inventory=Inventory.of(
            applications,
            [one.application for one in monitoring.paid_and_unused(on, only)],
            [one for one in applications if idleness.contract_is_due(one, on, policy)],
        ),
        months=last_months(on),
        money=money_of(agency_id, on) if with_money else None,
    )


def money_of(agency_id: int, on: date) -> Execution | None:
    """Return what an agency with its units did with this year's spending; nothing without any."""
    units = budget.unit_execution(on.year, on)
    own = {agency_id, *regions.units_below([agency_id], on)[agency_id]} & units.keys()
    return together(agency_id, [units[unit] for unit in own]) if own else None


def last_months(on: date) -> list[date]:
    """Return the first days of this month and of those before it, the last first."""
    months = [on.replace(day=1)]
    while len(months) <= MONTHS_BACK:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return months


def asked_month(text: str, on: date) -> date:
    """Return the month that an address asks for (``2026-11``); this one when it says none."""
    known = {one.strftime("%Y-%m"): one for one in last_months(on)}
    return known.get(text, on.replace(day=1))
