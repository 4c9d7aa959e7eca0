"""Ticks of obligations: who said that something was done, on which day; only ever added to."""

from django.db import models
from django.db.models import Q

from kawal.budget.models.years import FiscalYear
from kawal.kernel.append_only import append_only


class ObligationMark(models.Model):
    """One tick, or the taking back of one; the latest of an obligation and agency counts.

    ``agency`` is nothing for what is due once for the city.
    """

    year = models.ForeignKey(FiscalYear, models.PROTECT, related_name="+")
    obligation = models.CharField(max_length=40)
    agency = models.ForeignKey("regions.Agency", models.PROTECT, null=True, related_name="+")
    done_on = models.DateField(null=True)  # nothing: taken back
    note = models.CharField(max_length=500)
    at = models.DateTimeField()
    person = models.ForeignKey("identity.Person", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="budget_obligation_mark_says_why", condition=~Q(note="")),
        ]
        indexes = [
            models.Index(fields=["year", "obligation", "agency"], name="budget_obligation_mark_of")
        ]
        triggers = append_only()
