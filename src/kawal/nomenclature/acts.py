"""This module's own acts, and the roles that may do them."""

from kawal.regions.facts import Reach, Role
from kawal.regions.permissions import grant

SEE = "nomenclature.see"
AMEND = "nomenclature.amend_parameter"


def register() -> None:
    """Grant this module's acts; called once, at start-up."""
    grant(SEE, dict.fromkeys(Role, Reach.ALL))
    grant(AMEND, dict.fromkeys((Role.PENGELOLA_SISTEM, Role.PPKD), Reach.ALL))
