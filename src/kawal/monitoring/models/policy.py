"""Table of the numbers that steer monitoring: dated, with who set them and on what ground."""

from dataclasses import fields

from django.db import models
from django.db.models import Q

from kawal.kernel.append_only import append_only
from kawal.monitoring.overviews import PolicyFacts


class Policy(models.Model):
    """The thresholds in force from a day on; the latest such day decides.

    ``take_within``, ``solve_within`` (seconds) and ``uptime_target`` (percent) are targets: the
    city sets them or there is none.
    """

    valid_from = models.DateField(unique=True)
    many_users = models.PositiveIntegerField()
    reopen_within = models.PositiveIntegerField()
    unused_after_days = models.PositiveSmallIntegerField()
    contract_soon_days = models.PositiveSmallIntegerField()
    red_after = models.PositiveIntegerField()
    stale_after = models.PositiveIntegerField()
    take_within = models.PositiveIntegerField(null=True)
    solve_within = models.PositiveIntegerField(null=True)
    uptime_target = models.DecimalField(max_digits=6, decimal_places=3, null=True)
    legal_basis = models.CharField(max_length=200)
    set_by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="monitoring_policy_has_a_ground", condition=~Q(legal_basis="")
            ),
            models.CheckConstraint(
                name="monitoring_policy_uptime_target",
                condition=Q(uptime_target=None) | Q(uptime_target__gt=0, uptime_target__lte=100),
            ),
        ]
        triggers = append_only()

    def as_facts(self) -> PolicyFacts:
        """Return what others may know of it."""
        return PolicyFacts(**{one.name: getattr(self, one.name) for one in fields(PolicyFacts)})
