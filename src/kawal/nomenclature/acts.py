"""This module's own acts, and the roles that may do them."""

from kawal.regions.facts import Role
from kawal.regions.permissions import city, grant

SEE = "nomenclature.see"
AMEND = "nomenclature.amend_parameter"


def register() -> None:
    """Grant this module's acts; called once, at start-up."""
    grant(SEE, city(*Role))
    grant(AMEND, city(Role.PENGELOLA_SISTEM, Role.PPKD))
