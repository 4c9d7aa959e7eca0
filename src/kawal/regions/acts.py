"""This module's own acts, and the roles that may do them."""

from kawal.regions.facts import AppointmentFacts, Reach, Role
from kawal.regions.permissions import city, grant
from kawal.regions.roles import BY_BUDGET_USER

SEE_AGENCIES = "regions.see_agencies"
SEE_APPOINTMENTS = "regions.see_appointments"
PROPOSE = "regions.propose_appointment"
DECIDE = "regions.decide_appointment"
END = "regions.end_appointment"
KEEP_AGENCIES = "regions.keep_agencies"
KEEP_CALENDAR = "regions.keep_calendar"
OPEN_MODULES = "regions.open_modules"
BREAK_GLASS = "regions.break_glass"
SEE_EMERGENCIES = "regions.see_emergencies"

WATCHERS = (Role.KEPALA_DAERAH, Role.SEKDA, Role.APIP, Role.BPK, Role.AUDITOR)


def _is_his_to_give(appointment: AppointmentFacts, about: object) -> bool:
    """Tell whether who holds this appointment may give the role asked about."""
    return appointment.role is not Role.PA or about in BY_BUDGET_USER


def register() -> None:
    """Grant this module's acts; called once, at start-up."""
    everywhere = {
        Role.PENGELOLA_SISTEM: Reach.ALL,
        Role.KEPALA_DAERAH: Reach.ALL,
        Role.SEKDA: Reach.ALL,
        Role.PA: Reach.OWN,
    }
    watching = city(*WATCHERS)
    administering = {Role.PENGELOLA_SISTEM: Reach.ALL}
    grant(SEE_AGENCIES, city(*Role))
    grant(SEE_APPOINTMENTS, everywhere | watching | {Role.KPA: Reach.OWN})
    for act in (PROPOSE, DECIDE, END):
        grant(act, everywhere, only_if=_is_his_to_give)
    grant(KEEP_AGENCIES, administering)
    grant(KEEP_CALENDAR, administering)
    grant(OPEN_MODULES, administering)
    grant(BREAK_GLASS, administering)
    grant(SEE_EMERGENCIES, administering | watching)
