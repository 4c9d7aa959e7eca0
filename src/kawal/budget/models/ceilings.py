"""Ceilings (plafon) from the KUA-PPAS: how much a unit may plan for a sub kegiatan."""

from django.db import models
from django.db.models import Q

from kawal.budget.models.record import Recorded, recorded
from kawal.budget.models.years import FiscalYear
from kawal.kernel.append_only import append_only


class Ceiling(Recorded):
    """A ceiling in rupiah; the latest round counts. Round 1 is PPAS, later ones its changes.

    Without an activity it is that of the whole unit; without a fund it covers all funds.
    """

    year = models.ForeignKey(FiscalYear, models.PROTECT, related_name="+")
    unit = models.ForeignKey("regions.Agency", models.PROTECT, related_name="+")
    activity = models.ForeignKey(
        "nomenclature.Activity", models.PROTECT, null=True, related_name="+"
    )
    fund = models.ForeignKey("nomenclature.Fund", models.PROTECT, null=True, related_name="+")
    round = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=20, decimal_places=2)
    agreement_number = models.CharField(max_length=100)
    agreement_date = models.DateField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year", "unit", "activity", "fund", "round"],
                nulls_distinct=False,
                name="budget_ceiling_key",
            ),
            models.CheckConstraint(name="budget_ceiling_amount", condition=Q(amount__gte=0)),
            *recorded("ceiling"),
        ]
        triggers = append_only()
