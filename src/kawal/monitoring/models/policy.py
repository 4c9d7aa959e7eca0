"""Table of the numbers that steer monitoring: dated, with who set them and on what ground."""

from django.db import models
from django.db.models import Q

from kawal.kernel.append_only import append_only


class Policy(models.Model):
    """The thresholds in force from a day on; the latest such day decides."""

    valid_from = models.DateField(unique=True)
    many_users = models.PositiveIntegerField()
    reopen_within = models.PositiveIntegerField()
    unused_after_days = models.PositiveSmallIntegerField()
    contract_soon_days = models.PositiveSmallIntegerField()
    red_after = models.PositiveIntegerField()
    stale_after = models.PositiveIntegerField()
    legal_basis = models.CharField(max_length=200)
    set_by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="monitoring_policy_has_a_ground", condition=~Q(legal_basis="")
            )
        ]
        triggers = append_only()
