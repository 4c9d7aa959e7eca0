"""Kept balances: sums of journals by month, by day and by activity, folded after the fact.

A posting touches none of them: it leaves its journals in ``Unfolded``, and a worker adds them
up later (``balance_sql.py``). What is true now is kept balances and unfolded journals together,
read in one statement. ``0`` stands for none in what is unique.
"""

from django.db import models
from django.db.models import Q

from kawal.kernel.kept_by_triggers import kept_by_triggers
from kawal.ledger.models.journals import Journal
from kawal.regions.models.guards import never_deleted


class Unfolded(models.Model):
    """A journal that is in no kept balance yet."""

    journal = models.OneToOneField(
        Journal, models.PROTECT, primary_key=True, related_name="+", db_constraint=False
    )

    class Meta:
        triggers = kept_by_triggers()


class Kept(models.Model):
    """What every kept balance has: whose, of which account, how much on each side."""

    entity = models.CharField(max_length=4)
    agency_id = models.BigIntegerField()
    account_id = models.BigIntegerField()
    about_id = models.BigIntegerField(default=0)
    debit = models.DecimalField(max_digits=22, decimal_places=2)
    credit = models.DecimalField(max_digits=22, decimal_places=2)

    class Meta:
        abstract = True


class MonthBalance(Kept):
    """What a period moved on an account of an agency."""

    period_id = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["period_id", "agency_id", "account_id", "about_id", "entity"],
                name="ledger_month_key",
            )
        ]
        triggers = kept_by_triggers()


class DayBalance(Kept):
    """What a day moved on an account of an agency; of the twelve months only."""

    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["on", "agency_id", "account_id", "about_id", "entity"],
                name="ledger_day_key",
            )
        ]
        triggers = kept_by_triggers()


class DetailBalance(Kept):
    """What a period moved on a budget account, by unit, activity and source of money."""

    period_id = models.PositiveIntegerField()
    unit_id = models.BigIntegerField()
    activity_id = models.BigIntegerField()
    fund_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    *("agency_id", "period_id", "unit_id", "activity_id", "account_id"),
                    *("about_id", "fund_id", "entity"),
                ],
                name="ledger_detail_key",
            )
        ]
        triggers = kept_by_triggers()


class Fold(models.Model):
    """The one row whose update folds: how many journals at most this time, how many it were."""

    most = models.PositiveIntegerField(default=0)
    folded = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(name="ledger_fold_one", condition=Q(id=1))]
        triggers = never_deleted()
