"""The decrees that define codes: each a version, in force for a time."""

from django.db import models
from django.db.models import Q

from kawal.nomenclature.facts import Certainty, DecreeFacts
from kawal.regions.models.dated import in_order
from kawal.regions.models.guards import never_deleted


class Decree(models.Model):
    """One decree; where it says nothing of a code, the decree that it amends still speaks."""

    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=300)
    amends = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    certainty = models.CharField(max_length=10, default=Certainty.RECALLED.value)
    ending_digits = models.PositiveSmallIntegerField(null=True)  # of its sub kegiatan: 2 or 4

    class Meta:
        constraints = [
            in_order("nomenclature_decree_days"),
            models.CheckConstraint(
                name="nomenclature_decree_certainty",
                condition=Q(certainty__in=[c.value for c in Certainty]),
            ),
        ]
        triggers = never_deleted()

    def as_facts(self) -> DecreeFacts:
        """Return the row as facts."""
        return DecreeFacts(
            self.pk,
            self.code,
            self.title,
            self.amends_id,
            self.valid_from,
            self.valid_until,
            Certainty(self.certainty),
            self.ending_digits,
        )
