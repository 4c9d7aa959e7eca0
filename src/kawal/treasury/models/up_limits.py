"""The amount of UP that a decree gives a unit for a year, and the part of it that is the card's."""

from django.db import models
from django.db.models import F, Q

from kawal.kernel.append_only import append_only
from kawal.treasury.models.cash_books import person, rupiah


class UpLimit(models.Model):
    """One decree's UP of a unit in rupiah; the one with the highest number is in force.

    ``kkpd`` is the part of ``amount`` that is used by card only and never comes as cash.
    """

    year = models.ForeignKey("budget.FiscalYear", models.PROTECT, related_name="+")
    unit = models.ForeignKey("regions.Agency", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    amount, kkpd = rupiah(), rupiah()
    decree = models.CharField(max_length=100)
    decree_on = models.DateField()
    by = person()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year", "unit", "number"], name="treasury_up_limit_number"
            ),
            models.CheckConstraint(
                name="treasury_up_limit_amounts",
                condition=Q(amount__gt=0, amount__lt=10**18, kkpd__gte=0, kkpd__lte=F("amount")),
            ),
            models.CheckConstraint(name="treasury_up_limit_decree", condition=~Q(decree="")),
        ]
        triggers = append_only()
