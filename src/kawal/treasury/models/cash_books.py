"""A treasurer's cash: purses, entries that only grow, and balances that only a trigger writes.

The trigger and the functions are SQL of their own: ``cash_books_sql.py``.
"""

from typing import Any

from django.db import models
from django.db.models import Q

from kawal.kernel.append_only import append_only
from kawal.kernel.kept_by_triggers import kept_by_triggers
from kawal.treasury.facts.cash_books import CashMove, Purse, Stock


def rupiah(**options: Any) -> Any:
    """Return a column of rupiah and sen."""
    return models.DecimalField(max_digits=20, decimal_places=2, **options)


def person(**options: Any) -> Any:
    """Return a column that names who did it."""
    return models.ForeignKey("identity.Person", models.PROTECT, related_name="+", **options)


class CashAccount(models.Model):
    """One purse of UP or TU of a unit's treasurer in a year."""

    year = models.ForeignKey("budget.FiscalYear", models.PROTECT, related_name="+")
    unit = models.ForeignKey("regions.Agency", models.PROTECT, related_name="+")
    stock = models.CharField(max_length=2)
    purse = models.CharField(max_length=6)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year", "unit", "stock", "purse"], name="treasury_cash_account_key"
            ),
            models.CheckConstraint(
                name="treasury_cash_account_words",
                condition=Q(stock__in=[s.value for s in Stock], purse__in=[p.value for p in Purse])
                & (~Q(stock=Stock.TU.value) | ~Q(purse=Purse.KKPD.value)),
            ),
        ]
        triggers = append_only()


class CashBalance(models.Model):
    """What a purse holds now, the sum of its entries: never below zero, on no day."""

    account = models.OneToOneField(
        CashAccount, models.PROTECT, primary_key=True, related_name="balance"
    )
    balance = rupiah()
    last_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="treasury_cash_balance", condition=Q(balance__gte=0))
        ]
        triggers = kept_by_triggers()


class CashEntry(models.Model):
    """One purse's part of a movement: rupiah in or out, by which document, when and why.

    ``key`` names the movement, ``place`` the entry in it from 0: no two movements share a key.
    """

    account = models.ForeignKey(CashAccount, models.PROTECT, related_name="entries")
    key = models.CharField(max_length=100)
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=7)
    debit, credit = rupiah(), rupiah()
    on = models.DateField()
    document_kind = models.CharField(max_length=30)
    document_id = models.CharField(max_length=100)
    text = models.CharField(max_length=300)
    at = models.DateTimeField()
    person = person(null=True)

    class Meta:
        indexes = [models.Index(fields=["account", "on", "id"], name="treasury_cash_entry_day")]
        constraints = [
            models.UniqueConstraint(fields=["key", "place"], name="treasury_cash_entry_key"),
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(kind=CashMove.UP.value),
                name="treasury_cash_up_once",  # a year's UP comes once
            ),
            models.CheckConstraint(
                name="treasury_cash_entry_side",
                condition=Q(debit__gt=0, debit__lt=10**18, credit=0)
                | Q(credit__gt=0, credit__lt=10**18, debit=0),
            ),
            models.CheckConstraint(
                name="treasury_cash_entry_says_why",
                condition=Q(kind__in=[kind.value for kind in CashMove])
                & ~Q(key="")
                & ~Q(document_kind="")
                & ~Q(document_id="")
                & ~Q(text=""),
            ),
        ]
        triggers = append_only()


class CashClosing(models.Model):
    """A month of a treasurer's book that is closed: nothing is booked in it any more."""

    year = models.ForeignKey("budget.FiscalYear", models.PROTECT, related_name="+")
    unit = models.ForeignKey("regions.Agency", models.PROTECT, related_name="+")
    month = models.PositiveSmallIntegerField()
    cash = rupiah()  # tunai and bank of both stocks at its end
    by = person()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year", "unit", "month"], name="treasury_cash_closing_key"
            ),
            models.CheckConstraint(
                name="treasury_cash_closing_month", condition=Q(month__range=(1, 12))
            ),
        ]
        triggers = append_only()
