"""Reads of monitoring, as frozen facts; few statements whatever the size."""

from kawal.monitoring.queries.lights import (
    agency_lights,
    application_light,
    application_lights,
    freshness,
)
from kawal.monitoring.queries.policy import policies, policy

__all__ = [
    "agency_lights",
    "application_light",
    "application_lights",
    "freshness",
    "policies",
    "policy",
]
