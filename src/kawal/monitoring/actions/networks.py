"""Which private networks checks may reach: opened and closed by an administrator, in public."""

from django.db import transaction

from kawal.kernel.refusals import NotThere, Refused
from kawal.monitoring import network_rules as rules
from kawal.monitoring.actions.rows import person_of
from kawal.monitoring.models import AllowedNetwork
from kawal.monitoring.permissions import OPEN_NETWORK
from kawal.regions.facts import Actor
from kawal.regions.permissions import require
from kawal.trail import actions as trail


@transaction.atomic
def open_network(network: str, *, first_port: int, last_port: int, why: str, actor: Actor) -> int:
    """Let checks reach a private network on some ports; return the opening's id.

    That it was opened and why is public; which network is only committed to.

    :raises Refused: when the actor may not, or with every reason of the rules.
    """
    require(actor, OPEN_NETWORK)
    canonical = rules.canonical(network)
    same = AllowedNetwork.objects.filter(
        network=canonical, first_port=first_port, last_port=last_port, closed_at=None
    )
    reasons = rules.opening_refusals(
        network, first_port, last_port, why, is_open=bool(canonical) and same.exists()
    )
    if reasons:
        raise Refused(reasons)
    row = AllowedNetwork.objects.create(
        network=canonical,
        first_port=first_port,
        last_port=last_port,
        why=why.strip(),
        by_id=person_of(actor),
        at=actor.at,
    )
    private = {"network": canonical, "first_port": first_port, "last_port": last_port}
    facts = {"opening": row.pk, "why": row.why}
    trail.append("network.opened", facts, at=actor.at, private=private)
    return row.pk


@transaction.atomic
def close_network(network_id: int, *, actor: Actor) -> None:
    """Keep checks out of a network from now on.

    :raises Refused: when the actor may not.
    :raises NotThere: when it is not open.
    """
    require(actor, OPEN_NETWORK)
    rows = AllowedNetwork.objects.filter(pk=network_id, closed_at=None)
    if not rows.update(closed_at=actor.at):
        raise NotThere(f"network {network_id}")
    trail.append("network.closed", {"opening": network_id}, at=actor.at)
