"""Sets the thresholds of monitoring, from a day on, by a decree."""

from dataclasses import asdict

from django.db import transaction

from kawal.kernel.refusals import Refused
from kawal.monitoring import policy_rules as rules
from kawal.monitoring.actions.rows import person_of, repaint
from kawal.monitoring.models import Policy
from kawal.monitoring.overviews import PolicyFacts
from kawal.monitoring.permissions import SET_POLICY
from kawal.monitoring.queries import policies
from kawal.regions import queries as regions
from kawal.regions.facts import Actor
from kawal.regions.permissions import require
from kawal.trail import actions as trail


@transaction.atomic
def set_policy(policy: PolicyFacts, *, actor: Actor) -> PolicyFacts:
    """Set the thresholds from a day on; what was in force before stays readable.

    :raises Refused: when the actor may not, or with every reason of the rules.
    """
    require(actor, SET_POLICY)
    days = {one.valid_from for one in policies()}
    reasons = rules.refusals(
        policy, on=regions.today(actor.at), day_taken=policy.valid_from in days
    )
    if reasons:
        raise Refused(reasons)
    values = asdict(policy) | {"legal_basis": policy.legal_basis.strip()}
    Policy.objects.create(**values, set_by_id=person_of(actor), recorded_at=actor.at)
    target = values.pop("uptime_target")
    public = {name: value for name, value in values.items() if value is not None}
    if target is not None:
        public["uptime_target"] = f"{target:.3f}"
    trail.append("monitoring.policy_set", public, at=actor.at)
    repaint()
    return policy
