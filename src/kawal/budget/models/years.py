"""The fiscal year: which decrees' codes it uses."""

from django.db import models
from django.db.models import Q

from kawal.regions.models.guards import never_deleted


class FiscalYear(models.Model):
    """One budget year, 1 January to 31 December; its codes are those of its decrees."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    accounts = models.ForeignKey("nomenclature.Decree", models.PROTECT, related_name="+")
    activities = models.ForeignKey("nomenclature.Decree", models.PROTECT, related_name="+")
    funds = models.ForeignKey("nomenclature.Decree", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="budget_year_sane", condition=Q(year__range=(2000, 2199)))
        ]
        triggers = never_deleted()
