"""The table of what the public may see: a module, by the number of a decree."""

from django.db import models
from django.db.models import Q

from kawal.regions.facts import OpeningFacts
from kawal.regions.models.guards import written_once


class PublicOpening(models.Model):
    """A module shown to the public, by the number of the decree that says so."""

    module = models.CharField(max_length=40)
    decree = models.CharField(max_length=100)
    decree_date = models.DateField()
    opened_by = models.ForeignKey("identity.Person", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["module"], condition=Q(closed_at__isnull=True), name="module_opened_once"
            ),
            models.CheckConstraint(name="opening_names_its_decree", condition=~Q(decree="")),
            models.CheckConstraint(
                name="opening_closed_by_somebody",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
            ),
        ]
        triggers = written_once(
            fixed=("module", "decree", "decree_date", "opened_by_id", "opened_at"),
            once=("closed_by_id", "closed_at"),
        )

    def as_facts(self) -> OpeningFacts:
        """Return what others may know of it."""
        return OpeningFacts(
            self.module,
            self.decree,
            self.decree_date,
            self.opened_at,
            self.closed_at,
            self.opened_by_id,
        )
