"""Who may see the wall and let a room's screen read it."""

from kawal.regions.facts import Reach, Role
from kawal.regions.permissions import city, grant

SEE = "command_centre.see_wall"
PAIR = "command_centre.pair_screen"


def register() -> None:
    """Grant the acts; every officer may see the wall, which names no person."""
    grant(SEE, city(*Role))
    grant(PAIR, {Role.OPERATOR_PUSAT_KENDALI: Reach.ALL, Role.PENGELOLA_SISTEM: Reach.ALL})
