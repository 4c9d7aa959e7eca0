"""Reads of monitoring, as frozen facts; few statements whatever the size."""

from kawal.monitoring.queries.checks import (
    check,
    check_changes,
    checks,
    checks_of,
    networks,
    proposals,
    results_of,
    transitions_of,
)
from kawal.monitoring.queries.days import agency_month, day_summary
from kawal.monitoring.queries.findings import open_findings
from kawal.monitoring.queries.happenings import latest_events
from kawal.monitoring.queries.incidents import (
    incident,
    incidents,
    incidents_of,
    open_incidents,
    timeline,
)
from kawal.monitoring.queries.inventory import (
    application,
    application_facts,
    application_named,
    application_names,
    applications,
    applications_of,
    changes_of,
    idle_sums,
    paid_and_unused,
)
from kawal.monitoring.queries.lights import (
    agency_lights,
    application_light,
    application_lights,
    freshness,
    public_freshness,
)
from kawal.monitoring.queries.needs import EVERYTHING, needs_decision
from kawal.monitoring.queries.policy import policies, policy
from kawal.monitoring.queries.public import public_applications, public_incidents
from kawal.monitoring.queries.standing import Standing
from kawal.monitoring.queries.uptime import dailies as daily_uptimes
from kawal.monitoring.queries.uptime import daily as daily_uptime
from kawal.monitoring.queries.uptime import uptimes
from kawal.monitoring.queries.watchers import checks_per_minute, verdicts, watchers
from kawal.monitoring.queries.whole_city import city as city_uptime

__all__ = [
    "EVERYTHING",
    "Standing",
    "agency_lights",
    "agency_month",
    "application",
    "application_facts",
    "application_light",
    "application_lights",
    "application_named",
    "application_names",
    "applications",
    "applications_of",
    "changes_of",
    "check",
    "check_changes",
    "checks",
    "checks_of",
    "checks_per_minute",
    "city_uptime",
    "daily_uptime",
    "daily_uptimes",
    "day_summary",
    "freshness",
    "idle_sums",
    "incident",
    "incidents",
    "incidents_of",
    "latest_events",
    "needs_decision",
    "networks",
    "open_findings",
    "open_incidents",
    "paid_and_unused",
    "policies",
    "policy",
    "proposals",
    "public_applications",
    "public_freshness",
    "public_incidents",
    "results_of",
    "timeline",
    "transitions_of",
    "uptimes",
    "verdicts",
    "watchers",
]
