"""Puts the wall together from what the modules answer: current state only, no person's name."""

from collections.abc import Mapping
from datetime import date, datetime

from kawal.kernel.refusals import NotThere
from kawal.monitoring import queries as monitoring
from kawal.monitoring.facts import IncidentFacts, Light
from kawal.regions import queries as regions
from kawal.regions.facts import AgencyFacts, AgencyKind, Scope, ShapeMap
from kawal.sites.command_centre import presenters
from kawal.sites.command_centre.facts import CityMap, Figure, Money, Need, Place, Tile, Wall
from kawal.sites.command_centre.figures import figures_of
from kawal.sites.command_centre.money import money as money_of

MOST_NEEDS = 12
MOST_LINES = 24
MOST_INCIDENTS = 10


def wall(at: datetime) -> Wall:
    """Return everything that the wall shows at an instant."""
    today = regions.today(at)
    agencies = {agency.id: agency for agency in regions.agencies(today)}
    lights = {light.id: light for light in monitoring.agency_lights(today)}
    figures = figures_of(monitoring.day_summary(today, at), monitoring.policy(today))
    return assembled(at, agencies, lights, shapes_of(today), figures, money_of(at))


def assembled(
    at: datetime,
    agencies: Mapping[int, AgencyFacts],
    lights: Mapping[int, Light],
    shapes: ShapeMap | None,
    figures: tuple[Figure, ...],
    money: Money | None = None,
) -> Wall:
    """Return the wall made of these, with what waits and what happened until an instant."""
    tiles = tiles_of(agencies, lights)
    waiting = monitoring.needs_decision(at)
    happened = monitoring.latest_events(MOST_LINES)
    return Wall(
        at=at,
        tiles=tiles,
        needs=tuple(presenters.need(one, agencies) for one in waiting[:MOST_NEEDS]),
        lines=tuple(presenters.line(one) for one in happened),
        figures=figures,
        map=map_of(agencies, lights, shapes),
        counts=counted(tiles),
        needs_total=len(waiting),
        money=money,
    )


def needs(at: datetime) -> list[Need]:
    """Return everything that waits for a decision, the most urgent first."""
    agencies = {agency.id: agency for agency in regions.agencies(regions.today(at))}
    return [presenters.need(one, agencies) for one in monitoring.needs_decision(at)]


def tiles_of(agencies: Mapping[int, AgencyFacts], lights: Mapping[int, Light]) -> tuple[Tile, ...]:
    """Return a tile for each agency that has something to watch, always in the same order.

    A kelurahan's office stands on the map instead; without a data source there is no tile.
    """
    shown = [a for a in agencies.values() if a.id in lights and a.kind is not AgencyKind.KELURAHAN]
    ordered = sorted(shown, key=lambda agency: agency.code)
    return tuple(presenters.tile(agency, lights[agency.id]) for agency in ordered)


def counted(tiles: tuple[Tile, ...]) -> dict[str, int]:
    """Return how many agencies stand in each state."""
    found: dict[str, int] = {}
    for tile in tiles:
        found[tile.state.word] = found.get(tile.state.word, 0) + 1
    return found


def shapes_of(today: date) -> ShapeMap | None:
    """Return the outlines of the city's kelurahan; ``None`` without a city."""
    return regions.shapes("kelurahan", today) if regions.has_city() else None


def map_of(
    agencies: Mapping[int, AgencyFacts], lights: Mapping[int, Light], drawn: ShapeMap | None
) -> CityMap | None:
    """Return the city's kelurahan, each in the state of its office.

    A kelurahan of whose office nothing is watched is drawn without a state, and says so.
    """
    if drawn is None:
        return None
    kelurahan = [one for one in agencies.values() if one.kind is AgencyKind.KELURAHAN]
    offices = {office.region_id: office.id for office in kelurahan}
    places = []
    for shape in drawn.shapes:
        office_id = offices.get(shape.region_id, 0)
        light = lights.get(office_id)
        href = presenters.agency_href(office_id) if light else ""
        state = light.state if light else None
        places.append(Place(href, shape.name, shape.path, shape.label_x, shape.label_y, state))
    return CityMap(drawn.view_box, tuple(places), drawn.schematic)


def agency(agency_id: int, at: datetime) -> presenters.AgencyPage:
    """Return what lies behind an agency's light.

    :raises NotThere: when there is no such agency, or nothing of it is watched.
    """
    today = regions.today(at)
    facts = regions.agency(agency_id, today)
    light = next((one for one in monitoring.agency_lights(today) if one.id == agency_id), None)
    if light is None:
        raise NotThere(f"agency {agency_id}")
    return presenters.AgencyPage(
        name=facts.name,
        light=light,
        applications=[presenters.row(one) for one in monitoring.application_lights(agency_id)],
        incidents=_told(monitoring.open_incidents(Scope(agency_ids=frozenset({agency_id})))),
    )


def application(application_id: int, at: datetime) -> presenters.ApplicationPage:
    """Return the cause: an application's checks as they stand, and its incidents.

    :raises NotThere: when there is no such application, or nothing of it is watched.
    """
    facts = monitoring.application(application_id, Scope(everything=True))
    light = monitoring.application_light(application_id)
    if light is None:
        raise NotThere(f"application {application_id}")
    owner = regions.agency(facts.agency_id, regions.today(at))
    return presenters.ApplicationPage(
        name=facts.name,
        agency=owner.name,
        agency_href=presenters.agency_href(owner.id),
        serves=facts.serves,
        light=light,
        checks=[presenters.check_row(one) for one in monitoring.checks_of(application_id)],
        incidents=_told(monitoring.incidents_of(application_id, MOST_INCIDENTS)),
    )


def _told(found: list[IncidentFacts]) -> list[presenters.Incident]:
    return presenters.incidents([(one, monitoring.timeline(one.id)) for one in found])
