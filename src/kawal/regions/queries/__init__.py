"""Reads of this module, as frozen facts; each takes the day or instant that it speaks of."""

from kawal.regions.queries.agencies import (
    agencies,
    agency,
    agency_by_code,
    agency_history,
    agency_names,
    predecessors,
    successors,
    units_below,
    units_of,
)
from kawal.regions.queries.appointments import (
    actor,
    appointments_of,
    has_appointments,
    holders,
)
from kawal.regions.queries.city import (
    calendar,
    city,
    has_city,
    holidays,
    is_open,
    opened_modules,
    openings,
    today,
    zone,
)
from kawal.regions.queries.regions import region, region_by_code, regions_below, regions_of_kind
from kawal.regions.queries.shapes import shapes

__all__ = [
    "actor",
    "agencies",
    "agency",
    "agency_by_code",
    "agency_history",
    "agency_names",
    "appointments_of",
    "calendar",
    "city",
    "has_appointments",
    "has_city",
    "holders",
    "holidays",
    "is_open",
    "opened_modules",
    "openings",
    "predecessors",
    "region",
    "region_by_code",
    "regions_below",
    "regions_of_kind",
    "shapes",
    "successors",
    "today",
    "units_below",
    "units_of",
    "zone",
]
