"""Tables of the rooms' screens: each a kiosk browser that may read the wall and nothing else."""

from django.db import models
from django.db.models import F, Q


class Screen(models.Model):
    """A screen that asked to be let in; a person who may pairs it by the code that it shows.

    Only the hash of its secret is kept. It reads until ``expires_at`` or until it is revoked.
    """

    secret_hash = models.BinaryField(unique=True)
    code = models.CharField(max_length=8)
    name = models.CharField(max_length=80, blank=True)
    asked_at = models.DateTimeField()
    asked_from = models.GenericIPAddressField(null=True)
    paired_at = models.DateTimeField(null=True)
    paired_by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    last_seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(paired_at=None), name="screen_code_waits_once"
            ),
            models.CheckConstraint(
                condition=Q(paired_at=None, paired_by=None)
                | Q(paired_at__isnull=False, paired_by__isnull=False),
                name="screen_paired_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("asked_at")), name="screen_expires_after_asking"
            ),
        ]
