"""Tables of regions, agencies, appointments and the city itself."""

from kawal.regions.models.agencies import Agency, AgencySuccession, AgencyVersion
from kawal.regions.models.city import City, Holiday, WorkingSpan, WorkingWeek
from kawal.regions.models.regions import Region, RegionCode, RegionShape, RegionVersion

__all__ = [
    "Agency",
    "AgencySuccession",
    "AgencyVersion",
    "City",
    "Holiday",
    "Region",
    "RegionCode",
    "RegionShape",
    "RegionVersion",
    "WorkingSpan",
    "WorkingWeek",
]
