"""Sheets and lines: the identities that survive every version of the budget."""

from django.db import models
from django.db.models import Q

from kawal.budget.facts import SheetKind
from kawal.budget.models.years import FiscalYear
from kawal.kernel.append_only import append_only


class Sheet(models.Model):
    """One unit's plan of one sub kegiatan, or of its revenue or financing, in one year.

    Its content is in its revisions; a version of the budget names one sealed revision of each.
    """

    year = models.ForeignKey(FiscalYear, models.PROTECT, related_name="+")
    unit = models.ForeignKey("regions.Agency", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    activity = models.ForeignKey(
        "nomenclature.Activity", models.PROTECT, null=True, related_name="+"
    )
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year", "unit", "kind", "activity"],
                nulls_distinct=False,
                name="budget_sheet_key",
            ),
            models.CheckConstraint(
                name="budget_sheet_kind", condition=Q(kind__in=[kind.value for kind in SheetKind])
            ),
            models.CheckConstraint(
                name="budget_sheet_spending_has_activity",
                condition=Q(kind=SheetKind.SPENDING.value, activity__isnull=False)
                | ~Q(kind=SheetKind.SPENDING.value) & Q(activity=None),
            ),
        ]
        triggers = append_only()


class Line(models.Model):
    """One account and fund of a sheet: what is enacted, released, committed and paid.

    ``previous`` is last year's line that it goes on with (multi-year contract, DPAL);
    ``rkpd_item`` is the item of the RKPD that it comes from, null while planning knows none.
    """

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="lines")
    account = models.ForeignKey("nomenclature.Account", models.PROTECT, related_name="+")
    fund = models.ForeignKey("nomenclature.Fund", models.PROTECT, related_name="+")
    previous = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    rkpd_item = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "account", "fund"], name="budget_line_key"),
        ]
        triggers = append_only()
