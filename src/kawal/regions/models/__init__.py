"""Tables of regions, agencies, appointments and the city itself."""

from kawal.regions.models.agencies import Agency, AgencySuccession, AgencyVersion
from kawal.regions.models.appointments import Appointment, AppointmentStep
from kawal.regions.models.city import City, Holiday, WorkingSpan, WorkingWeek
from kawal.regions.models.emergencies import BreakGlass
from kawal.regions.models.intake import RegionIncoming
from kawal.regions.models.openings import PublicOpening
from kawal.regions.models.regions import Region, RegionCode, RegionShape, RegionVersion

__all__ = [
    "Agency",
    "AgencySuccession",
    "AgencyVersion",
    "Appointment",
    "AppointmentStep",
    "BreakGlass",
    "City",
    "Holiday",
    "PublicOpening",
    "Region",
    "RegionCode",
    "RegionIncoming",
    "RegionShape",
    "RegionVersion",
    "WorkingSpan",
    "WorkingWeek",
]
