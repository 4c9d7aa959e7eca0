"""Locks: agencies and sheets that may not be drafted for now, with who said so and why."""

from django.db import models
from django.db.models import Q

from kawal.budget.models.sheets import Sheet
from kawal.budget.models.years import FiscalYear
from kawal.regions.models.guards import written_once


class Lock(models.Model):
    """A lock on an agency with all its units, or on one sheet; released once, and kept."""

    year = models.ForeignKey(FiscalYear, models.PROTECT, related_name="+")
    agency = models.ForeignKey("regions.Agency", models.PROTECT, null=True, related_name="+")
    sheet = models.ForeignKey(Sheet, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300)
    locked_at = models.DateTimeField()
    locked_by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")
    release_reason = models.CharField(max_length=300, null=True)  # noqa: DJ001 - null: it holds
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey("identity.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="budget_lock_one_thing",
                condition=Q(agency=None, sheet__isnull=False) | Q(agency__isnull=False, sheet=None),
            ),
            models.UniqueConstraint(
                fields=["year", "agency", "sheet"],
                condition=Q(released_at=None),
                nulls_distinct=False,
                name="budget_lock_one_open",
            ),
            models.CheckConstraint(
                name="budget_lock_says_why",
                condition=~Q(reason="")
                & (
                    Q(released_at=None, release_reason=None, released_by=None)
                    | Q(released_at__isnull=False, release_reason__isnull=False)
                    & ~Q(release_reason="")
                ),
            ),
        ]
        triggers = written_once(
            ("year_id", "agency_id", "sheet_id", "reason", "locked_at", "locked_by_id"),
            ("release_reason", "released_at", "released_by_id"),
        )
