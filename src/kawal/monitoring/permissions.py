"""Who may see and do what in monitoring; refused to everybody else."""

from kawal.regions.facts import Reach, Role
from kawal.regions.permissions import city, grant, own

SEE = "monitoring.see"
SEE_WATCHERS = "monitoring.see_watchers"
SEE_NETWORKS = "monitoring.see_networks"
REGISTER = "monitoring.register_application"
AMEND = "monitoring.amend_application"
RETIRE = "monitoring.retire_application"
DECIDE = "monitoring.decide_application"
CONFIGURE = "monitoring.configure_checks"
RESPOND = "monitoring.respond_to_incidents"
OPEN_NETWORK = "monitoring.open_network"
SET_POLICY = "monitoring.set_policy"

_OWN_READERS = (Role.OPERATOR_OPD, Role.PA, Role.KPA, Role.CAMAT, Role.LURAH)
_CITY_READERS = (
    Role.KEPALA_DAERAH,
    Role.SEKDA,
    Role.OPERATOR_PUSAT_KENDALI,
    Role.PENGELOLA_SISTEM,
    Role.WALIDATA,
    Role.APIP,
    Role.BPK,
    Role.AUDITOR,
)
_ROOM = {Role.OPERATOR_PUSAT_KENDALI: Reach.ALL, Role.SEKDA: Reach.ALL}
_OPERATORS = _ROOM | {Role.OPERATOR_OPD: Reach.OWN}


def register() -> None:
    """Grant this module's acts; called once, at start-up."""
    watchers = city(*_CITY_READERS)
    grant(SEE, own(*_OWN_READERS) | watchers)
    grant(SEE_WATCHERS, watchers)
    grant(SEE_NETWORKS, _ROOM | {Role.PENGELOLA_SISTEM: Reach.ALL, Role.AUDITOR: Reach.ALL})
    grant(REGISTER, _OPERATORS)
    grant(AMEND, _OPERATORS)
    grant(CONFIGURE, _OPERATORS)
    grant(RESPOND, _OPERATORS | {Role.PA: Reach.OWN})
    deciding = {Role.SEKDA: Reach.ALL, Role.KEPALA_DAERAH: Reach.ALL, Role.PA: Reach.OWN}
    grant(DECIDE, deciding)
    grant(RETIRE, deciding | {Role.OPERATOR_PUSAT_KENDALI: Reach.ALL})
    grant(OPEN_NETWORK, {Role.PENGELOLA_SISTEM: Reach.ALL})
    grant(SET_POLICY, {Role.SEKDA: Reach.ALL})
