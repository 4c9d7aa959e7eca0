"""Budgets as DJPK publishes them: whose, by jenis as last told, and which do not close."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import ExpressionWrapper, F, Q

from kawal.budget.facts import Record
from kawal.budget.models.record import Recorded, recorded
from kawal.kernel.append_only import append_only


def _rupiah(**more: Any) -> Any:
    return models.DecimalField(max_digits=20, decimal_places=2, **more)


class PublishedBudget(models.Model):
    """A government and a year of which something was published; ``code`` is DJPK's (02.14)."""

    code = models.CharField(max_length=5)
    bps = models.CharField(max_length=4, blank=True)
    name = models.CharField(max_length=120)
    year = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "year"], name="budget_published_key"),
            models.CheckConstraint(
                name="budget_published_year", condition=Q(year__range=(2000, 2199))
            ),
        ]
        triggers = append_only()


class PublishedAmount(Recorded):
    """What was published of one jenis, as it stood; the last row of a jenis counts.

    Nothing is mended here: also a budget that does not close is kept as it came.
    """

    budget = models.ForeignKey(PublishedBudget, models.PROTECT, related_name="amounts")
    jenis = models.CharField(max_length=4)
    amount = _rupiah()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["budget", "jenis", "import_batch"], name="budget_published_once_a_batch"
            ),
            models.CheckConstraint(
                name="budget_published_jenis", condition=Q(jenis__regex=r"^[456][0-9]{3}$")
            ),
            models.CheckConstraint(
                name="budget_published_is_imported",
                condition=Q(record=Record.SIPD.value, import_batch__isnull=False),
            ),
            *recorded("published"),
        ]
        triggers = append_only()


class PublishedFinding(models.Model):
    """What an import found of a budget's closing, in rupiah; the last row of a budget counts.

    One with a difference of nothing says that a later publication closes.
    """

    budget = models.ForeignKey(PublishedBudget, models.PROTECT, related_name="findings")
    revenue, spending, received, spent = _rupiah(), _rupiah(), _rupiah(), _rupiah()
    difference = models.GeneratedField(
        expression=ExpressionWrapper(
            F("revenue") - F("spending") + F("received") - F("spent"), output_field=_rupiah()
        ),
        output_field=_rupiah(),
        db_persist=True,
    )
    suspects = ArrayField(models.CharField(max_length=4), default=list)
    import_batch = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
