"""Who may see what was sent, and try it again."""

from kawal.regions.facts import Reach, Role
from kawal.regions.permissions import grant

SEE_DELIVERIES = "messages.see_deliveries"
RETRY_DELIVERY = "messages.retry_delivery"


def register() -> None:
    """Grant the acts of this module."""
    grant(
        SEE_DELIVERIES,
        {
            Role.PENGELOLA_SISTEM: Reach.ALL,
            Role.OPERATOR_PUSAT_KENDALI: Reach.ALL,
            Role.AUDITOR: Reach.ALL,
        },
    )
    grant(
        RETRY_DELIVERY, {Role.PENGELOLA_SISTEM: Reach.ALL, Role.OPERATOR_PUSAT_KENDALI: Reach.ALL}
    )
