"""Tables of monitoring: the inventory, the checks, what was found, and the incidents."""

from kawal.monitoring.models.checks import (
    AllowedNetwork,
    Check,
    CheckChange,
    CheckState,
    Proposal,
)
from kawal.monitoring.models.findings import Finding
from kawal.monitoring.models.incidents import Incident, IncidentEvent
from kawal.monitoring.models.inventory import Application, ApplicationChange
from kawal.monitoring.models.policy import Policy
from kawal.monitoring.models.results import Hour, RolledHour, Transition
from kawal.monitoring.models.watchers import Verdict, Watcher

__all__ = [
    "AllowedNetwork",
    "Application",
    "ApplicationChange",
    "Check",
    "CheckChange",
    "CheckState",
    "Finding",
    "Hour",
    "Incident",
    "IncidentEvent",
    "Policy",
    "Proposal",
    "RolledHour",
    "Transition",
    "Verdict",
    "Watcher",
]
