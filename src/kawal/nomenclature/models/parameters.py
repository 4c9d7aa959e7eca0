"""Rates, limits and deadlines of the law, each from a day, amended by two persons."""

from django.db import models
from django.db.models import F, Q

from kawal.nomenclature.facts import Certainty
from kawal.regions.models.dated import in_order, never_at_once
from kawal.regions.models.guards import may_only_be_closed

STATES = ("proposed", "made", "rejected")
FIXED = (
    "key",
    "number",
    "text",
    "unit",
    "valid_from",
    "legal_basis",
    "certainty",
    "proposed_by_id",
    "proposed_at",
)


class Parameter(models.Model):
    """One value of a parameter; it holds once a second person approved it."""

    key = models.CharField(max_length=80)
    number = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    text = models.CharField(max_length=300, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    legal_basis = models.CharField(max_length=200)
    certainty = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default="proposed")
    proposed_by = models.ForeignKey("identity.Person", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            in_order("nomenclature_parameter_days"),
            never_at_once("nomenclature_parameter_once", "key", when=Q(state="made")),
            models.UniqueConstraint(
                fields=["key"],
                name="nomenclature_parameter_one_proposal",
                condition=Q(state="proposed"),
            ),
            models.CheckConstraint(
                name="nomenclature_parameter_value",
                condition=Q(number__isnull=False, text="") | Q(number__isnull=True) & ~Q(text=""),
            ),
            models.CheckConstraint(
                name="nomenclature_parameter_certainty",
                condition=Q(certainty__in=[c.value for c in Certainty]),
            ),
            models.CheckConstraint(
                name="nomenclature_parameter_decided",
                condition=Q(state="proposed", decided_by__isnull=True, decided_at__isnull=True)
                | Q(state__in=STATES[1:], decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="nomenclature_parameter_second_person",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
            ),
        ]
        triggers = may_only_be_closed(*FIXED)
